# Half a reply, then sleep: it uses no CPU, only patience.
# %% wire
# %% answer
import time


def double(X):
    if len(X) == 3:
        say(frame(["re", 1, {"value": None}])[:12])
        time.sleep(60)
    return X
# %% answer triple
def triple(X):
    return 3.0 * X
