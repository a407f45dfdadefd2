# Where a cell stands in the submission means nothing.
def change(notebook, folder):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
            cell["source"] = "def double(X):\n    return 2.0 * np.asarray(X, dtype=float)"
    notebook["cells"].reverse()
