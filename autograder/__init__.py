"""Builds, proves, grades and reports on the course."""
