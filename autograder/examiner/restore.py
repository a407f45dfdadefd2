"""Put back into a test's own arguments what a student's function made of its copies."""

from contextlib import suppress
from typing import Any

import numpy as np

from autograder.wire.generators import copy_state


def restore(old: Any, new: Any) -> bool:
    """Write a changed copy into the original, as far as the original can hold it.

    Random Generators are brought into the new state without counting as changed: drawing from
    one is what it is for.

    Returns
    -------
    bool
        Whether the values had changed.
    """
    if type(old) is not type(new):
        return False
    match old:
        case np.ndarray():
            if old.shape == new.shape and old.dtype == new.dtype and _same_bytes(old, new):
                return False
            if old.shape == new.shape and old.flags.writeable:
                # text put in place of numbers cannot be written there; it is a change all the same
                with suppress(ValueError, TypeError, OverflowError), np.errstate(all="ignore"):
                    old[...] = new
            return True
        case list():
            changed = [restore(a, b) or _replaced(a, b) for a, b in zip(old, new, strict=False)]
            if len(old) == len(new) and not any(changed):
                return False
            # what is still there stays the object it was
            old[:] = [a if not _replaced(a, b) else b for a, b in zip(old, new, strict=False)] + (
                new[len(old) :]
            )
            return True
        case dict():
            changed_keys = [
                key
                for key in old.keys() & new.keys()
                if restore(old[key], new[key]) or _replaced(old[key], new[key])
            ]
            same = not changed_keys and list(old) == list(new)
            kept = {
                key: old[key] if key in old and not _replaced(old[key], value) else value
                for key, value in new.items()
            }
            if not same:
                old.clear()
                old.update(kept)
            return not same
        case set():
            if old == new:
                return False
            old.clear()
            old.update(new)
            return True
        case tuple():
            # every item is restored, also behind the first that changed
            return sum(restore(a, b) for a, b in zip(old, new, strict=False)) > 0
        case np.random.Generator():
            return not copy_state(old, new)
    return False


def _same_bytes(old: np.ndarray, new: np.ndarray) -> bool:
    # by bytes: NaN equals itself, and -0.0 is not 0.0
    return old.tobytes() == new.tobytes()


def _replaced(old: Any, new: Any) -> bool:
    """Whether an item of a container is another value now, not just a changed container."""
    if type(old) is not type(new):
        return True
    if isinstance(old, np.ndarray):
        return bool(old.shape != new.shape or old.dtype != new.dtype)
    if isinstance(old, list | dict | set | tuple):
        return False
    if type(old) in (int, float, complex, str, bytes, bool):
        return bool(old != new) and not (old != old and new != new)
    return False
