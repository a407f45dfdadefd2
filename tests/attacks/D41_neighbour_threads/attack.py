# As many threads as may be, each computing without the interpreter's lock.
# %%
import hashlib
import threading

go = threading.Event()


def burn():
    go.wait()
    while True:
        hashlib.pbkdf2_hmac("sha256", b"x", b"y", 200_000)


threading.stack_size(64 << 10)
started = 0
try:
    while started < 101:
        threading.Thread(target=burn, daemon=True).start()
        started += 1
except RuntimeError:
    pass
print("more than", "a hundred" if started > 100 else started)
# %%
go.set()
burn()
# %% answer triple
def triple(X):
    return 3.0 * X
