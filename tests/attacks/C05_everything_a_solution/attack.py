# Test cells that claim to be answers, locked cells that claim to be tests.
def change(notebook, folder):
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"solution": True, "grade": True, "locked": False}
            cell["source"] = "check_array = lambda *a, **k: None"
