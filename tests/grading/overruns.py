"""Work that overruns in the ways an examiner can: in a module that each process imports quickly."""

import time
from pathlib import Path

import numpy as np

from autograder.examiner.notes import Deadline, Step, tell

GB = 2**30


def hang() -> None:
    """Never come back from a call into C: no signal's handler is run there."""
    bits = np.random.PCG64(0)
    # with an even increment it gives one number for ever
    inner = {"state": 2**64 - 1, "inc": (2**64 - 1) * (1 - 0x2360ED051FC65DA44385DF649FCCF645)}
    bits.state = {**bits.state, "state": {**inner, "inc": inner["inc"] % 2**128}}
    np.random.Generator(bits).permutation(200)


def eat() -> None:
    """Hold memory, and wait to be seen."""
    held = np.ones(GB // 4, dtype=np.uint8)
    time.sleep(600)
    assert held.size


OVERRUNS = {
    "in_c": (Deadline(1.0, 600.0, GB), hang),
    "asleep": (Deadline(60.0, 1.0, GB), lambda: time.sleep(600)),
    "memory": (Deadline(60.0, 600.0, GB // 4), eat),
}


def overrun(name: str) -> str:
    """Overrun, if there is anything of this name; else say the name."""
    if name in OVERRUNS:
        deadline, use_up = OVERRUNS[name]
        tell(deadline)
        use_up()
    if name == "in_c_for_long":
        tell(Deadline(600.0, 600.0, GB))
        hang()
    if name == "in_c_in_a_step":
        tell(Deadline(600.0, 600.0, GB))
        tell(Step(1.0))
        hang()
    return name


def overrun_once(mark: Path) -> str:
    """Overrun the first time."""
    if not mark.exists():
        mark.touch()
        overrun("in_c")
    return "graded"
