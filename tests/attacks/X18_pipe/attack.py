# Whoever opens a pipe waits for its writer.
def change(notebook, folder):
    import os

    (folder / "exam.ipynb").unlink()
    os.mkfifo(folder / "exam.ipynb")
