# A set of numbers whose hashes are all equal.
# %% wire
# %%
M = (1 << 61) - 1
reply_with(["s", *(M * i for i in range(1, 100_001))])
