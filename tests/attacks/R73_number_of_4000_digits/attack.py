# JSON can spell it; what multiplies and divides by it pays for every digit.
# %% wire
# %%
reply_with(10**4000)
