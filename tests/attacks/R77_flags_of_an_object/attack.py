# What an object can do is told in five words, not in a million.
# %% wire
# %%
reply_with(["o", "mine", 0, "X", "x", ["call"] * 1_000_000])
