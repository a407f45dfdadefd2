"""Authoring: one py:percent text per notebook, compiled to nbgrader's cells."""
