# %% wire
# %%
reply_with(["a", "<f8", [1 << 40], 0], [bytes(8)])
