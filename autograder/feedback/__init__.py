"""Feedback: what a student reads after grading."""
