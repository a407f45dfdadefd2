# %% answer
def double(X):
    raise KeyboardInterrupt
# %% answer triple
def triple(X):
    return 3.0 * X
