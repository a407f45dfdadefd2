"""Keeps students' code in: what a worker applies to itself, and how well a machine can.

`choose.choose_tier` finds out what this machine gives; `scratch.scratch_folder` holds a worker's
working folder; `entry.enter` is what a forked worker calls before any student code.
"""
