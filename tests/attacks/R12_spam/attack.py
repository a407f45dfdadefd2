# A thread that answers all the time.
# %% wire
# %%
import threading


def spam():
    while True:
        say(frame(["re", 3, {"value": 6.0}]), frame(["callback", 0, ["t"]]))


threading.Thread(target=spam, daemon=True).start()
