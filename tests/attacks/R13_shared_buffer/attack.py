# One megabyte that 1500 arrays claim for themselves.
# %% wire
# %%
reply_with(["l"] + [["a", "<f8", [1 << 17], 0]] * 1500, [bytes(1 << 20)])
