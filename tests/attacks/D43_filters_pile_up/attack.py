# Filters upon the filter: each is memory of the kernel's and slows down every call.
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
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]

    allow = Program(1, (6).to_bytes(2, "little") + bytes(2) + (0x7FFF0000).to_bytes(4, "little"))
    for _ in range(20):
        if libc.prctl(22, 2, ctypes.byref(allow), 0, 0):
            raise OSError("refused")
    print("filters", "pile up")
except OSError as error:
    print(type(error).__name__)
# %% answer triple
def triple(X):
    return 3.0 * X
