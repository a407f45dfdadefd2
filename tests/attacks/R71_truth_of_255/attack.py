# numpy counts such a truth value as 255 hits, and makes room for as many.
# %% wire
# %%
reply_with(["a", "|b1", [1000], 0], [b"\xff" * 1000])
