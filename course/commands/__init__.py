"""What `python -m course` does for students: check saved notebooks, pack them for submission."""
