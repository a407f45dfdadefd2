"""Grading: a class of submissions, over all cores, into nbgrader's gradebook."""
