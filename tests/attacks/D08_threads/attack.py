# %%
import threading
import time

started = 0
try:
    for _ in range(2000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        started += 1
except RuntimeError:
    pass
print("started", started)
# %% answer triple
def triple(X):
    return 3.0 * X
