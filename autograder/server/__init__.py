"""Jupyter server extension: no file of a student's and no page of formgrader acts on its origin.

Enabled by `jupyter_server_config.json`, which the wheel puts where Jupyter looks.
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "autograder.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from autograder.server.guard import install

    install(server.web_app)
    server.log.info("Pages of formgrader and files of students are shown without what could act")
