"""Imports that cost seconds and give nothing here are left out, before nbformat asks for them."""

import sys


def skip_slow_imports() -> None:
    """Keep jsonschema from building a grammar for a string format that no notebook uses.

    Importing nbformat imports jsonschema, which imports `rfc3987_syntax` if it is installed; that
    alone takes 1.4 CPU seconds of 1.6. jsonschema goes without where it is missing.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # "not to be had"
