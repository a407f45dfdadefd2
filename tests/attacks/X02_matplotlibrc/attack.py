# A configuration beside the notebook, which a library would load.
def change(notebook, folder):
    (folder / "matplotlibrc").write_text("font.family: my own style\n")
    (folder / "ipython_config.py").write_text("raise SystemExit")
    cell = {"cell_type": "code", "id": "look", "metadata": {}, "outputs": []}
    source = "import matplotlib\nprint(matplotlib.matplotlib_fname(), matplotlib.rcParams)"
    notebook["cells"].insert(0, {**cell, "execution_count": None, "source": source})
