"""Publish: the student edition, which holds the course without any answer."""
