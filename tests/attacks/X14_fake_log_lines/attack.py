# Escape sequences that clear a terminal and write another score.
# %%
print("\x1b]0;owned\x07\rmallory  6/6")
# %% answer
def double(X):
    raise ValueError("\x1b[2J\x1b[1;32mPASSED\rmallory  6/6\nall graded")
