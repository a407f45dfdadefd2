# To remove another program's queue takes its name.
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


import errno

try:
    call(241, 181, b"no-such-queue")
except OSError as error:
    print("the queues", "answer" if error.errno == errno.ENOENT else "are shut")
# %% answer triple
def triple(X):
    return 3.0 * X
