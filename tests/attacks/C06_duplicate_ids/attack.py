# The first answer counts; a second test cell of the same name does not.
def change(notebook, folder):
    for cell in list(notebook["cells"]):
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") == "double":
            cell["source"] = "def double(X):\n    return 2.0 * np.asarray(X, dtype=float)"
            notebook["cells"].append({**cell, "source": "def double(X): return None"})
        if meta.get("grade"):
            notebook["cells"].append({**cell, "source": "pass"})
