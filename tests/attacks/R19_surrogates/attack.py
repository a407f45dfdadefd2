# Half a surrogate pair can be written to no file.
# %%
print("\ud800")
# %% answer
def double(X):
    raise ValueError("\ud800")
# %% answer triple
def triple(X):
    return "\ud800"
