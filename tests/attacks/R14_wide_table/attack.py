# A table whose columns are ranges of millions.
# %% wire
# %%
reply_with(["p", ["frame", list(range(20)), [1.5] * 20, ["r", 0, 5_000_000, 1]]])
