def change(notebook, folder):
    (folder / "as_is").touch()
    with (folder / "exam.ipynb").open("wb") as file:
        file.truncate(21 << 20)
