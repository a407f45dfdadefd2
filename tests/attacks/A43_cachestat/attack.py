# The newest way to ask it.
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
    # newer kernels answer for one's own files only
    file = os.open("mine", os.O_RDWR | os.O_CREAT)
    span, told = (ctypes.c_uint64 * 2)(0, 0), (ctypes.c_uint64 * 5)()
    call(451, 451, file, span, told, 0)
    print("the cache", "was counted")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
