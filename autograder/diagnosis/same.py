"""Whether two results are the same, as far as two programs that do the same can agree."""

import math
from typing import Any

import numpy as np

from autograder.wire.tables import is_table


def same(a: Any, b: Any, rtol: float) -> bool:
    """Compare types, shapes and values; floats to a relative tolerance, NaN equal to itself."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return _same_arrays(a, b, rtol)
    if isinstance(a, float | complex | np.inexact):
        return bool(np.isclose(a, b, rtol=rtol, atol=rtol * 1e-3, equal_nan=True))
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(same(x, y, rtol) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key], rtol) for key in a)
    if is_table(a):
        return bool(a.equals(b))
    if isinstance(a, np.random.Generator):
        return bool(a.bit_generator.state == b.bit_generator.state)
    if isinstance(a, int | str | bytes | bool | set | frozenset | range | np.generic | type(None)):
        return bool(a == b)
    return False


def _same_arrays(a: np.ndarray, b: np.ndarray, rtol: float) -> bool:
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if a.dtype.kind not in "fc":
        return bool(np.array_equal(a, b))
    finite = np.abs(a[np.isfinite(a)])
    # what cancels out is as exact as the largest number it came from
    scale = float(finite.max()) if finite.size else 0.0
    atol = rtol * (scale if math.isfinite(scale) else 0.0)
    return bool(np.allclose(a, b, rtol=rtol, atol=max(atol, rtol * 1e-3), equal_nan=True))
