# A thousand views of one number, each sixteen million elements long.
# %% wire
# %%
reply_with(["l"] + [["v", 0, "|u1", [1 << 24], 0, [0]]] * 1000)
