"""Results and grades in the forms that other programs read: CI, Canvas, Moodle."""
