# %% wire
# %% answer
def double(X):
    text = b"[" * 100_000
    say(struct.pack(">II", len(text), 0) + text)
    return X
# %% answer triple
def triple(X):
    return 3.0 * X
