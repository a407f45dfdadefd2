# Bytes that would run if anybody unpickled them.
# %% wire
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
