# Kinds, names and abilities that no object has.
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
# %%
reply_with(["x", "mine", 10**30, "__class__", "double", ["call", "iter", "class"]])
