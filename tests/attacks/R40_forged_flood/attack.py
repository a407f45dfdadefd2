# Outputs of the size that a cell may have, in more cells than a notebook has room for.
# %% wire
# %%
told = []


def run(source):
    told.append("x" * 900_000 if len(told) < 4 else "the flood " + "arrived")
    return [{"output_type": "stream", "name": "stdout", "text": told[-1]}], False


SERVER._shell.run = run
# %%
1
# %%
1
# %%
1
# %%
1
# %%
1
