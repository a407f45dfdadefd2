"""Verify: prove that the tests accept right answers and refuse wrong ones."""
