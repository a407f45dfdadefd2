# Bytes that would run if anybody unpickled them.
# %%
import gc
import json
import struct

from autograder.worker.serve import Server

SERVER = [one for one in gc.get_objects() if type(one) is Server][0]
CHANNEL = SERVER._channel


def frame(message, buffers=()):
    head = json.dumps([[len(one) for one in buffers], message]).encode()
    return struct.pack(">II", len(head), sum(map(len, buffers))) + head + b"".join(buffers)


def say(*pieces):
    CHANNEL.settimeout(None)
    for piece in pieces:
        CHANNEL.sendall(piece)


def reply_with(value, buffers=()):
    def do(number, *_):
        say(frame(["re", number, {"value": value}], buffers))

    SERVER._do = do
# %% answer
def double(X):
    import pickle

    class Bomb:
        def __reduce__(self):
            return (print, ("un" + "pickled",))

    SERVER._do = lambda number, *_: say(pickle.dumps(Bomb()))
    return Bomb()
# %% answer triple
def triple(X):
    return 3.0 * X
