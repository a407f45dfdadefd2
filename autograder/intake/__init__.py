"""Intake: what a student handed in, put back into the notebook that was released."""
