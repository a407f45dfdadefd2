# An answer in another's place is still what it is: it is paid by its own tests (not for lists).
def change(notebook, folder):
    swap = {"double": "triple", "triple": "double", "test_double": "setup", "setup": "test_double"}
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") == "double":
            cell["source"] = "def double(X):\n    return 2.0 * X"
        meta["grade_id"] = swap.get(meta.get("grade_id"), meta.get("grade_id"))
