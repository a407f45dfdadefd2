# pandas makes a block of memory for each column, and copies them all.
# %% wire
# %%
COLUMN = ["l", "x"]
reply_with(["p", ["frame", list(range(20_000)), [COLUMN] * 20_000, ["index", COLUMN, None], None]])
