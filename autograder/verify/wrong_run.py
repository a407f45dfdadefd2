"""A notebook's names when one of its stubs is answered by a catalogue entry."""

import copy
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring.cells import Notebook
from autograder.authoring.run import Namespace, answers
from autograder.catalogue import Entry


@dataclass(frozen=True, slots=True)
class WrongRun:
    """Locked cells and solutions have run, with `entry` in the place of one stub's reference."""

    entry: Entry
    names: Namespace
    reference: Any


def run_with(notebook: Notebook, entry: Entry) -> WrongRun:
    """Run the notebook's locked cells and solutions with a catalogued answer among them."""
    references: list[Any] = []

    def replace(reference: Any, names: Namespace) -> Any:
        references.append(reference)
        if not callable(reference):
            return entry.answer()
        # what the answer calls is what the run defines, not what the catalogue was loaded with
        entry.answer.__globals__.update(
            {name: value for name, value in names.items() if not name.startswith("__")}
        )
        return entry.answer

    names = answers(notebook, replace={entry.target: replace})
    return WrongRun(entry, names, references[0])


def fresh(names: Namespace, text: str) -> Namespace:
    """The same names, with copies of the data that a text mentions: what it writes stays there."""
    words = set(re.findall(r"\w+", text))
    data = {name: value for name, value in names.items() if name in words and _is_data(value)}
    try:
        # together: two names of one array stay two names of one array
        return names | copy.deepcopy(data)
    except Exception:  # an object in a list may refuse to be copied, in its own way
        return dict(names)


def _is_data(value: Any) -> bool:
    return (
        isinstance(value, np.ndarray | np.random.Generator | list | dict | set)
        or type(value).__module__.partition(".")[0] == "pandas"
    )
