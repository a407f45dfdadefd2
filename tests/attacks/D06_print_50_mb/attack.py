# %%
for _ in range(50):
    print("x" * 1_000_000)
# %% answer triple
def triple(X):
    return 3.0 * X
