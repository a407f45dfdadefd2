"""Where the edition will lie on GitHub, and the links that open it."""

import re
from dataclasses import dataclass

from autograder.errors import GraderError

_ADDRESS = re.compile(
    r"https://github\.com/(?P<owner>[\w.-]+)/(?P<repository>[\w.-]+?)(?:\.git)?"
    r"(?:/tree/(?P<branch>[\w./-]+?))?/?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A public repository on GitHub."""

    owner: str
    repository: str
    branch: str = "main"

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read `https://github.com/OWNER/REPO`, with `/tree/BRANCH` if it is not `main`.

        Raises
        ------
        GraderError
            If it is another address: Colab opens notebooks of GitHub only.
        """
        match = _ADDRESS.fullmatch(text)
        if match is None:
            raise GraderError(
                f"--url {text}: no repository on GitHub",
                remedy="write https://github.com/OWNER/REPO, and /tree/BRANCH behind it if the "
                "branch is not main",
            )
        return cls(match["owner"], match["repository"], match["branch"] or "main")

    @property
    def home(self) -> str:
        """The repository's page."""
        return f"https://github.com/{self.owner}/{self.repository}"

    @property
    def package(self) -> str:
        """What pip installs."""
        return f"git+{self.home}" + ("" if self.branch == "main" else f"@{self.branch}")

    def colab(self, notebook: str) -> str:
        """Opens a notebook in Google Colab."""
        return (
            f"https://colab.research.google.com/github/{self.owner}/{self.repository}"
            f"/blob/{self.branch}/{notebook}"
        )

    def binder(self, place: str) -> str:
        """Opens a file or folder in JupyterLab on Binder."""
        return (
            f"https://mybinder.org/v2/gh/{self.owner}/{self.repository}/{self.branch}"
            f"?urlpath=lab/tree/{place}"
        )

    @property
    def vscode(self) -> str:
        """Clones the repository into VS Code."""
        return f"vscode://vscode.git/clone?url={self.home}.git"
