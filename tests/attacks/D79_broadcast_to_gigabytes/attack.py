# Small where it comes from: what a hidden test computes with it has gigabytes.
# %% answer
def double(X):
    return 2.0 * np.asarray(X, dtype=float)
# %% answer triple
def triple(X):
    if X.shape == (2,):
        return np.zeros((1 << 27, 1), dtype=np.uint8)
    return 3.0 * X
