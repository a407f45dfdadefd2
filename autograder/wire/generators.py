"""Random Generators as plain data: only in states that numpy itself can reach.

numpy takes any numbers for a state. A student who sets those of a PCG64 with an even increment
makes a Generator that gives one number for ever, and a `permutation` by trusted code never ends.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.wire.errors import WireError

_WORD = 1 << 32
_WIDE = 1 << 128


def generator_from(name: object, state: object) -> np.random.Generator:
    """Build a random Generator in a given state.

    Raises
    ------
    WireError
        If there is no such bit generator, or it can never be in this state.
    """
    if not isinstance(name, str) or name not in _STATES:
        raise WireError("a random generator of an unknown kind")
    kind = getattr(np.random, name)
    bits = kind(0)
    try:
        bits.state = _state(name, state)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise _impossible() from None
    return np.random.Generator(bits)


def copy_state(old: np.random.Generator, new: np.random.Generator) -> bool:
    """Bring a Generator into the state of one that travelled.

    Returns
    -------
    bool
        Whether that could be done: both are of one kind.
    """
    if type(old.bit_generator) is not type(new.bit_generator):
        return False
    old.bit_generator.state = new.bit_generator.state
    return True


def _state(name: str, state: object) -> dict[str, Any]:
    """A state made anew of checked numbers, so that nothing else of what was sent is used."""
    if not isinstance(state, dict) or len(state) != 4:
        raise _impossible()
    match state:
        case {
            "bit_generator": str(kind),
            "state": dict(inner),
            "has_uint32": int(has),
            "uinteger": int(half),
        } if kind == name and 0 <= has <= 1 and 0 <= half < _WORD:
            return {
                "bit_generator": name,
                "state": _STATES[name](inner),
                "has_uint32": int(has),
                "uinteger": int(half),
            }
    raise _impossible()


def _of_pcg(inner: Mapping[Any, Any]) -> dict[str, Any]:
    match inner:
        case {"state": int(state), "inc": int(increment)} if (
            len(inner) == 2
            and 0 <= state < _WIDE
            and 0 <= increment < _WIDE
            # an even one shortens the period, down to a single number
            and increment % 2 == 1
        ):
            return {"state": int(state), "inc": int(increment)}
    raise _impossible()


def _of_sfc(inner: Mapping[Any, Any]) -> dict[str, Any]:
    match inner:
        # its last number counts the draws: no state is a short circle
        case {"state": np.ndarray(shape=(4,), dtype=dtype) as words} if (
            len(inner) == 1 and dtype == np.uint64 and words[:3].any()
        ):
            return {"state": words.astype(np.uint64)}
    raise _impossible()


def _impossible() -> WireError:
    return WireError("a random generator in an impossible state")


# not MT19937 and Philox: numpy believes any position in them and then reads foreign memory
_STATES: dict[str, Callable[[Mapping[Any, Any]], dict[str, Any]]] = {
    "PCG64": _of_pcg,
    "PCG64DXSM": _of_pcg,
    "SFC64": _of_sfc,
}
BIT_GENERATORS = tuple(_STATES)
