"""Content-Security-Policies: what a browser may do with a page, whatever stands in it."""

import base64
import hashlib
import re
import secrets
from functools import cache
from pathlib import Path

# nbgrader's templates get this where a script begins, and each response a nonce in its place;
# nobody outside this process has read either
PLACE_OF_NONCE = secrets.token_urlsafe(24).encode()
_HANDLER = re.compile(r"""\son[a-z]+=(?:"([^"{]*)"|'([^'{]*)')""", re.IGNORECASE)

# for data that a script reads
NOTHING = "default-src 'none'; sandbox"
# for what somebody looks at: it has no origin, runs nothing, fetches nothing and sends nothing
LOOK = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; sandbox"
)


def new_nonce() -> bytes:
    """A nonce for one response, as long as its place."""
    return secrets.token_urlsafe(24).encode()


def page(nonce: str) -> str:
    """The policy of formgrader's pages: nbgrader's own scripts run, and no other.

    Jupyter's own policy stands beside it, and a browser keeps to both.

    Parameters
    ----------
    nonce : str
        Of this response; nbgrader's `<script>`s carry it.
    """
    handlers = " ".join(f"'{digest}'" for digest in _handlers())
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'unsafe-hashes' {handlers}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


@cache
def _handlers() -> tuple[str, ...]:
    """Digests of what nbgrader's templates do on a click."""
    from autograder.feedback.page import NBGRADERS_TEMPLATES

    files = [file for file in sorted(Path(NBGRADERS_TEMPLATES).rglob("*")) if file.is_file()]
    found = {
        double or single
        for file in files
        for double, single in _HANDLER.findall(file.read_text(encoding="utf-8"))
    }
    return tuple(
        f"sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}"
        for code in sorted(found)
    )
