# A thousand ranges, each as long as one may be: as an array they are eighty gigabytes.
# %% wire
# %%
reply_with(["l"] + [["r", 0, 9_999_999, 1]] * 1000)
