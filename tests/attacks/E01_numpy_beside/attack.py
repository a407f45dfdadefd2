# Modules of its own lie beside the notebook.
def change(notebook, folder):
    evil = "raise SystemExit\nclass ndarray: pass\ncheck_array = lambda *a, **k: None\n"
    for name in ("numpy.py", "course.py", "sitecustomize.py", "IPython.py", "json.py"):
        (folder / name).write_text(evil)
    (folder / "course").mkdir()
    (folder / "course" / "checks.py").write_text(evil)
