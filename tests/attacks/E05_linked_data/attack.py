# Links beside the notebook: nothing follows them.
def change(notebook, folder):
    (folder / "data.txt").symlink_to(folder.parents[2] / "source" / "week1" / "exam.py")
    (folder / "timestamp.txt").symlink_to(folder.parents[2] / "source" / "week1" / "exam.py")
    (folder / "all").symlink_to("/")
    cell = {"cell_type": "code", "id": "look", "metadata": {}, "outputs": []}
    source = "print(open('data.txt').read(), open('timestamp.txt').read())"
    notebook["cells"].insert(0, {**cell, "execution_count": None, "source": source})
