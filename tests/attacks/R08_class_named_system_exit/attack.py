# %% answer
class SystemExit(BaseException):
    pass


class KeyboardInterrupt(Exception):
    pass


def double(X):
    raise [SystemExit, KeyboardInterrupt][len(X) % 2]("exit")
# %% answer triple
def triple(X):
    return 3.0 * X
