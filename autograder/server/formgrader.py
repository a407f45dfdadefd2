"""nbgrader's formgrader, made to print names as names and to use the settings of its course."""

import re
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment
from jinja2.ext import Extension
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from autograder.feedback.formgrader import TEMPLATE_FOLDERS
from autograder.server.policies import PLACE_OF_NONCE

_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
# nbgrader's page of a submission whose file is gone names its macros as they were once called
_MOVED = {
    "formgrade_macros.tpl": "{% import 'formgrade/formgrade_macros.html.j2' as macros %}"
    "{% set nav = macros.nav %}{% set header = macros.header %}"
}
_EXPORTER, _JINJA = "nbgrader_exporter", "nbgrader_jinja2_env"
# under which the server's settings keep of which configuration the exporter was made
_MADE_OF = "autograder_exporter_of"


class OwnScripts(Extension):
    """Mark the scripts of a template, before anything that a student wrote is put into it.

    nbconvert's templates print outputs into scripts: theirs are not marked.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 # jinja2's form
        """Let each `<script>` of nbgrader's or of ours carry the place of the nonce."""
        if filename is not None and not filename.startswith(tuple(TEMPLATE_FOLDERS)):
            return source
        return _SCRIPT.sub(f'<script nonce="{PLACE_OF_NONCE.decode()}"', source)


def secure(settings: dict[str, Any]) -> None:
    """Change what nbgrader's handlers find in the server's settings, if it is not changed yet."""
    environment = settings[_JINJA]
    if OwnScripts.identifier not in environment.extensions:
        _escape_names(environment)
    # nbgrader makes one exporter when the server starts, and uses it for each course that
    # `?path=` opens later: with the settings of the first one, or of none
    config = settings["nbgrader_formgrader"].config
    made_of = repr(config)
    if settings.get(_MADE_OF) != made_of:
        settings[_EXPORTER] = _exporter(config)
        settings[_MADE_OF] = made_of


def _escape_names(environment: Environment) -> None:
    """Names in lists come from a roster, and from whatever address somebody was made to click."""
    environment.autoescape = True
    assert environment.loader is not None
    environment.loader = ChoiceLoader([environment.loader, DictLoader(_MOVED)])
    environment.add_extension(OwnScripts)
    if environment.cache is not None:
        environment.cache.clear()


def _exporter(config: Config) -> HTMLExporter:
    ours = Config(config)
    # MathJax would be fetched, and its scripts would need a policy that lets others run
    ours.HTMLExporter.extra_template_basedirs = TEMPLATE_FOLDERS
    exporter = HTMLExporter(config=ours)
    exporter.environment.add_extension(OwnScripts)
    return exporter
