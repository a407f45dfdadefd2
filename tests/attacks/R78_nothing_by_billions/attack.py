# An array without values: what is summed up along its first axis would be 64 GB.
# %% wire
# %%
reply_with(["a", "<f8", [0, 1 << 33], 0], [b""])
