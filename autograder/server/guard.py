"""Put headers on the server's responses under which nothing that a student wrote can act.

tornado asks a transform once for each response, whatever handler made it and in whatever order
extensions were loaded; so nbgrader's and Jupyter's own handlers stay as they are.
"""

import re
from functools import partial
from pathlib import PurePath
from typing import Any

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import Application, OutputTransform

from autograder.server import policies
from autograder.server.places import FOLDERS, Place, place

_META = re.compile(rb"<meta(?![a-z0-9-])", re.IGNORECASE)
# a browser shows these as they are, and none of them runs anything
_PICTURES = re.compile(r"image/(?:png|jpeg|gif|webp|bmp)\Z")
_TEXTS = re.compile(
    r"text/|image/svg|application/(?:.*\+)?(?:json|xml|javascript|ecmascript|yaml|x-sh)"
)


def install(application: Application) -> None:
    """Guard every response of a Jupyter server."""
    application.add_transform(partial(Guard, settings=application.settings))  # type: ignore[arg-type]


class Guard(OutputTransform):
    """The guard of one response."""

    def __init__(self, request: HTTPServerRequest, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._nonce = b""
        formgrader = settings.get("nbgrader_formgrader")
        names = FOLDERS | (_folders(formgrader.coursedir) if formgrader else set())
        self._place = place(request.path, settings.get("base_url", "/"), names)
        if self._place is Place.PAGE and formgrader is not None:
            # imported here: a student's JupyterLab starts without it
            from autograder.server.formgrader import secure

            secure(settings)

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Change headers before they leave."""
        match self._place:
            case Place.PAGE:
                self._nonce = policies.new_nonce()
                headers.add("Content-Security-Policy", policies.page(self._nonce.decode()))
                # an old page would not fit a new nonce, and grades are no matter for a cache
                headers["Cache-Control"] = "no-store"
                headers.pop("Etag", None)
            case Place.ANSWER:
                headers.add("Content-Security-Policy", policies.NOTHING)
                _as_text(headers)
            case Place.FILE:
                headers.add("Content-Security-Policy", policies.LOOK)
                _as_text(headers)
            case Place.SHOWN:
                headers.add("Content-Security-Policy", policies.LOOK)
                headers["X-Content-Type-Options"] = "nosniff"
            case _:
                pass
        return status_code, headers, self.transform_chunk(chunk, finishing)

    def transform_chunk(self, chunk: bytes, finishing: bool) -> bytes:  # noqa: ARG002 # tornado's
        """Give nbgrader's own scripts this response's nonce, which is as long as its place."""
        if not self._nonce:
            return chunk
        head, body, rest = chunk.replace(policies.PLACE_OF_NONCE, self._nonce).partition(b"<body")
        # no policy keeps a browser from following <meta http-equiv="refresh">: as an element that
        # nobody knows it is nothing. Neither change is of length, which has been sent
        return head + body + _META.sub(b"<x-me", rest)


def _as_text(headers: HTTPHeaders) -> None:
    """Let a browser show text and pictures, and keep everything else."""
    headers["X-Content-Type-Options"] = "nosniff"
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if _TEXTS.match(kind):
        headers["Content-Type"] = "text/plain; charset=utf-8"
    elif kind and not _PICTURES.match(kind):
        # Jupyter's own has the name of the file
        headers.setdefault("Content-Disposition", "attachment")


def _folders(course: Any) -> set[str]:
    """The folders of a course by the names that its configuration gives them."""
    kinds = ("autograded", "feedback", "submitted")
    return {PurePath(getattr(course, f"{kind}_directory")).name.casefold() for kind in kinds} - {""}
