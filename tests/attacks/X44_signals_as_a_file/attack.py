# Signals read as a file, and files of the kernel's own making.
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
    mask = ctypes.c_uint64(0)
    call(289, 74, -1, ctypes.byref(mask), 8, 0)
    print("signals", "are read")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
