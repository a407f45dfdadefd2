# Not a function but a cell never ends; it is skipped then, and the rest is graded.
# %%
while True:
    pass
# %% answer triple
def triple(X):
    return 3.0 * X
