# Numbers that Python's JSON reader takes and no standard knows.
def change(notebook, folder):
    notebook["nbformat"] = float("nan")
    for cell in notebook["cells"]:
        cell["metadata"]["points"] = float("inf")
        cell["execution_count"] = -1e308
