# The pages are never touched: no watcher of the resident set sees them.
# %%
import numpy as np

try:
    big = np.empty(3 << 30, dtype=np.uint8)
    print("allocated", "3 GB")
    del big
except MemoryError:
    print("MemoryError")
# %% answer triple
def triple(X):
    return 3.0 * X
