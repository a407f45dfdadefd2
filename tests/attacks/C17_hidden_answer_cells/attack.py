# Added cells that bear the id of a test cell, or the metadata of one.
def change(notebook, folder):
    for cell in list(notebook["cells"]):
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade"):
            fake = {**cell, "metadata": {}, "source": "print('fake')"}
            notebook["cells"].insert(0, fake)
            meta["grade_id"] = "test_of_my_own"
