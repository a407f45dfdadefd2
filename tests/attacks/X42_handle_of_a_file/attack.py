# A file's handle is a way to it without a path.
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
    handle, mount = (ctypes.c_char * 200)(128), ctypes.c_int()
    ctypes.memmove(handle, (128).to_bytes(4, "little"), 4)
    call(303, 264, -100, b".", handle, ctypes.byref(mount), 0)
    print("a handle", "is had")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
