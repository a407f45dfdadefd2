# A dtype that would hold objects, or none at all.
# %% wire
# %%
reply_with(["a", "|O", [1], 0], [bytes(8)])
