# %% wire
# %% answer
def double(X):
    say(b"\xff" * 8, b"x" * 1000)
    return X
# %% answer triple
def triple(X):
    return 3.0 * X
