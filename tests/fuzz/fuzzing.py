"""Two forms of each property test: a short one that is always the same, and a long random one.

The long one tries as many as the environment's FUZZ_EXAMPLES says: a nightly run says a hundred
thousand, `FUZZ_EXAMPLES=100000 .venv/bin/python -m pytest tests/fuzz -m whole_course`.

The corpus is kept as arguments in the tests themselves (`seen`): they can be read and reviewed,
and mean the same after a strategy or the tool's own file format has changed. The long form's folder
of failures, under build/, only saves time until one of them is written down there.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

_BUILD = Path(__file__).resolve().parent.parent.parent / "build" / "hypothesis"
_QUICK = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
_LONG = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "1000")),
    database=DirectoryBasedExampleDatabase(_BUILD),
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=list(Phase),
)


def fuzzed(
    *strategies: st.SearchStrategy[Any], seen: Sequence[tuple[Any, ...]] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try a check on whatever the strategies give.

    Parameters
    ----------
    seen : sequence of tuple
        The corpus: arguments that once failed, or are near to what did. Tried in both forms.
    """

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        def run(profile: settings) -> None:
            test = given(*strategies)(check)
            for arguments in seen:
                test = example(*arguments)(test)
            profile(test)()

        run.__name__, run.__doc__ = check.__name__, check.__doc__
        forms = [
            pytest.param(_QUICK, id="quick", marks=pytest.mark.slow),
            pytest.param(_LONG, id="long", marks=pytest.mark.whole_course),
        ]
        return pytest.mark.parametrize("profile", forms)(run)

    return decorate
