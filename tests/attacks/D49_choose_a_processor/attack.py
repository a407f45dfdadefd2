# All threads on the processor that another worker computes on.
# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
MACHINE = os.uname().machine


def call(x86_64, aarch64, *words):
    number = x86_64 if MACHINE == "x86_64" else aarch64
    longs = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    found = libc.syscall(ctypes.c_long(number), *longs)
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found


try:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print("the processor", "is chosen")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
