# %%
try:
    with open("big", "wb") as file:
        for _ in range(200):
            file.write(bytes(1 << 20))
    print("wrote", "200 MB")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
