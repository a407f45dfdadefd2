# Everything is of a type that it should not be.
def change(notebook, folder):
    notebook["metadata"] = []
    notebook["nbformat"] = "four"
    for i, cell in enumerate(list(notebook["cells"])):
        cell["metadata"] = [None, [], 7, {"nbgrader": 3}, {"nbgrader": {"grade_id": []}}][i % 5]
        cell["cell_type"] = ["code", None, [], {}, 5][i % 5]
        cell["source"] = [None, 5, ["a", 5], {"x": 1}, "1"][i % 5]
        cell["id"] = [[], {}, 5, None, "../x"][i % 5]
    notebook["cells"] += [None, 5, "cell", [], {}]
