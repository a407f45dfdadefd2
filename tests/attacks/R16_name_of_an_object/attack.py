# Kinds, names and abilities that no object has.
# %% wire
# %%
reply_with(["x", "mine", 10**30, "__class__", "double", ["call", "iter", "class"]])
