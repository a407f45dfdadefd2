"""`enter` refuses what would not hold, and says so."""

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.sandbox.entry import enter
from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import Tier


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="missing"):
        enter(
            Tier.NONE,
            scratch_bytes=1,
            readable=[tmp_path / "missing"],
            limits=Limits(),
            keep_fds=[],
            scratch=tmp_path,
        )


@pytest.mark.parametrize("tier", [Tier.LANDLOCK, Tier.NONE])
def test_without_namespaces_a_worker_needs_a_folder(tier: Tier) -> None:
    with pytest.raises(ValueError, match="needs a scratch folder"):
        enter(tier, scratch_bytes=1, readable=[], limits=Limits(), keep_fds=[])


def in_a_child(*lines: str) -> str:
    code = "\n".join(
        [
            "import os, threading, time",
            "from pathlib import Path",
            "from autograder.sandbox.entry import enter",
            "from autograder.sandbox.limits import Limits",
            "from autograder.sandbox.tiers import Tier",
            "usual = dict(scratch_bytes=1 << 20, readable=[], limits=Limits())",
            *lines,
        ]
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    return done.stdout + done.stderr


def test_a_folder_may_not_be_kept_open() -> None:
    said = in_a_child(
        "place = os.open('/', os.O_RDONLY)",
        "enter(Tier.NAMESPACES, keep_fds=[2, place], **usual)",
    )
    assert "is a folder's" in said


def test_a_process_with_threads_is_refused() -> None:
    said = in_a_child(
        "threading.Thread(target=time.sleep, args=[1], daemon=True).start()",
        "enter(Tier.NAMESPACES, keep_fds=[1, 2], **usual)",
    )
    assert "several threads" in said


def test_tier_3_still_sets_limits_and_closes_descriptors(tmp_path: Path) -> None:
    said = in_a_child(
        "import resource",
        "extra = os.open('/dev/null', os.O_RDONLY)",
        f"enter(Tier.NONE, keep_fds=[1, 2], scratch=Path({str(tmp_path)!r}), **usual)",
        "size = resource.getrlimit(resource.RLIMIT_FSIZE)",
        "print(os.getcwd(), size, os.path.exists(f'/proc/self/fd/{extra}'))",
    )
    assert said.split("\n")[0] == f"{tmp_path} ({1 << 20}, {1 << 20}) False"


def test_links_lead_to_the_same_place_inside(tmp_path: Path) -> None:
    """A virtual environment or a course may stand behind a symbolic link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_text("content")
    (tmp_path / "link").symlink_to("real")
    said = in_a_child(
        f"base = Path({str(tmp_path)!r})",
        "from autograder.sandbox import choose",
        "usual['readable'] = [base / 'link' / 'file', base / 'link']",
        "if choose.probe(Tier.NAMESPACES): raise SystemExit('content content')",
        "enter(Tier.NAMESPACES, keep_fds=[1, 2], **usual)",
        "print((base / 'link' / 'file').read_text(), (base / 'real' / 'file').read_text())",
    )
    assert said.strip() == "content content"
