# %% answer
class Endless:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __len__(self):
        return 1 << 60


def double(X):
    return Endless()
# %% answer triple
def triple(X):
    return 3.0 * X
