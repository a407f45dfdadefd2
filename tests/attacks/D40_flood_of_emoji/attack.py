# Each cell prints a megabyte of characters of four bytes each; limits for a cell do not add up.


def change(notebook, folder):
    for number in range(60):
        notebook["cells"].append(
            {
                "cell_type": "code",
                "metadata": {},
                "source": "print('\U0001f600' * 1040000)",
                "outputs": [],
                "execution_count": None,
                "id": f"flood-{number}",
            }
        )
