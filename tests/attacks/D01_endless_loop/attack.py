# %% answer
def double(X):
    while True:
        pass
# %% answer triple
def triple(X):
    return 3.0 * X
