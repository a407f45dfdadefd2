# %% answer
def double(X):
    return None
# %% answer triple
def triple(X):
    return {}
