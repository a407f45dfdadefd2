# The notebook is a link to the one with the answers.
def change(notebook, folder):
    (folder / "exam.ipynb").unlink()
    (folder / "exam.ipynb").symlink_to(folder.parents[2] / "source" / "week1" / "exam.ipynb")
