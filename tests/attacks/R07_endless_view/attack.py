# A view without strides has 2^35 elements and needs no memory, until somebody adds them up.
# %% wire
# %%
reply_with(["v", 0, "<f8", [1 << 35], 0, [0]])
