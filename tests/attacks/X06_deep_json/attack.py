def change(notebook, folder):
    (folder / "as_is").touch()
    (folder / "exam.ipynb").write_text("[" * 200_000 + "]" * 200_000)
