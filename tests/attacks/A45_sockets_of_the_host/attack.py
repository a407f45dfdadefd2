# The sockets of every program stand in a folder of one's own process.
# %%
try:
    with open("/proc/self/net/unix") as file:
        rows = len(file.readlines())
    print("many", "sockets" if rows > 3 else "none")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
