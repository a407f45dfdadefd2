def change(notebook, folder):
    notebook["cells"] += [{"cell_type": "code", "metadata": {}, "source": "1"}] * 2001
