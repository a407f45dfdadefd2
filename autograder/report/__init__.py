"""The instructor's report: what a graded class shows, on one page."""
