"""Results, grades and the grader itself as others read them: CI, Canvas, Moodle, Gradescope."""
