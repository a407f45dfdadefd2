# Less deep than the reader refuses, and where nobody expects it.
def change(notebook, folder):
    deep = []
    for _ in range(900):
        deep = [deep]
    notebook["cells"].append({"cell_type": deep, "metadata": {"nbgrader": deep}, "source": deep})
    notebook["cells"].append({"cell_type": [], "metadata": {}, "source": "1"})
