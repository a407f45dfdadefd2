# %% answer
import asyncio


def double(X):
    raise asyncio.CancelledError
# %% answer triple
def triple(X):
    return 3.0 * X
