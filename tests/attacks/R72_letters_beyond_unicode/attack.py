# A text that Python itself cannot make: SystemError.
# %% wire
# %%
reply_with(["n", "<U1", 0], [b"\xff" * 4])
