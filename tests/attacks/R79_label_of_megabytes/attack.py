# The name of a column stands in every message about it.
# %% wire
# %%
reply_with(["p", ["series", ["l", "x"], ["index", ["l", "x"], None], "y" * 20_000_000]])
