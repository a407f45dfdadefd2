"""Folder, zip and git: what is there is never lost, and the same gives the same."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.publish.place import RECORD, commit, write_archive, write_folder

FILES = {"README.md": b"# Hi\n", "binder/postBuild": b"#!/bin/bash\n", "notebooks/a/b.ipynb": b"{}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "students"


@pytest.fixture
def _somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Teacher")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "teacher@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
    ).stdout


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git/" not in path.as_posix()
    }


def test_a_folder_is_filled_and_filled_again_without_change(folder: Path) -> None:
    assert write_folder(FILES, folder) == [RECORD, *FILES]
    assert {name: text for name, text in content(folder).items() if name != RECORD} == FILES
    assert os.access(folder / "binder/postBuild", os.X_OK)
    assert write_folder(FILES, folder) == []


def test_what_is_no_longer_published_goes_and_what_changed_is_written(folder: Path) -> None:
    write_folder(FILES, folder)
    new = {"README.md": b"# Ho\n", "binder/postBuild": FILES["binder/postBuild"]}
    assert write_folder(new, folder) == ["notebooks/a/b.ipynb", "README.md", RECORD]
    assert not (folder / "notebooks").exists()


def test_a_folder_with_somebody_elses_file_is_refused_and_unchanged(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(GraderError, match=r"holds what no earlier run made: thesis\.txt"):
        write_folder(FILES, folder)
    assert list(content(folder)) == ["thesis.txt"]


def test_a_file_of_the_same_name_is_not_taken_for_ours(folder: Path) -> None:
    folder.mkdir()
    (folder / "README.md").write_bytes(FILES["README.md"])
    with pytest.raises(GraderError, match=r"README\.md"):
        write_folder(FILES, folder)


def test_an_edited_file_is_refused_by_name(folder: Path) -> None:
    write_folder(FILES, folder)
    (folder / "notebooks/a/b.ipynb").write_bytes(b"my answers")
    (folder / "extra.txt").touch()
    with pytest.raises(GraderError, match=r"extra\.txt, notebooks/a/b\.ipynb \(edited\)"):
        write_folder({**FILES, "README.md": b"new"}, folder)
    assert (folder / "README.md").read_bytes() == FILES["README.md"]


def test_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    write_folder(FILES, folder)
    (tmp_path / "outside.md").write_bytes(FILES["README.md"])
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(tmp_path / "outside.md")
    with pytest.raises(GraderError, match=r"README\.md \(edited\)"):
        write_folder({**FILES, "README.md": b"new"}, folder)


def test_a_run_that_was_cut_short_is_taken_up_again(folder: Path) -> None:
    write_folder(FILES, folder)
    new = {**FILES, "README.md": b"# Ho\n", "new.txt": b"new"}
    (folder / "README.md").write_bytes(new["README.md"])
    assert write_folder(new, folder) == ["new.txt", RECORD]


def test_a_first_run_that_was_cut_short_is_taken_up_again(folder: Path) -> None:
    write_folder(FILES, folder)
    (folder / "README.md").unlink()
    assert write_folder(FILES, folder) == ["README.md"]


def test_a_record_that_names_files_elsewhere_removes_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    write_folder(FILES, folder)
    record = (folder / RECORD).read_text(encoding="utf-8")
    (folder / RECORD).write_text(record.replace("README.md", "../thesis.txt"), encoding="utf-8")
    with pytest.raises(GraderError, match="names files elsewhere"):
        write_folder(FILES, folder)
    assert (tmp_path / "thesis.txt").exists()


def test_a_record_that_somebody_broke_is_named(folder: Path) -> None:
    write_folder(FILES, folder)
    (folder / RECORD).write_text("{", encoding="utf-8")
    with pytest.raises(GraderError, match="somebody edited it"):
        write_folder(FILES, folder)


def test_the_same_edition_gives_the_same_zip(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_archive(FILES, tmp_path / name, "course")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [f"course/{name}" for name in sorted(FILES)]
        assert archive.getinfo("course/binder/postBuild").external_attr >> 16 == 0o100755


def test_a_file_that_is_no_zip_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("mine", encoding="utf-8")
    with pytest.raises(GraderError, match="is no zip"):
        write_archive(FILES, tmp_path / "a.zip", "course")
    assert (tmp_path / "a.zip").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("_somebody")
def test_a_repository_gets_one_commit_then_a_further_one(folder: Path) -> None:
    write_folder(FILES, folder)
    assert commit(folder, "main")
    assert not commit(folder, "main")
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "1"
    write_folder({**FILES, "README.md": b"# Ho\n"}, folder)
    assert commit(folder, "main")
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "2"
    assert git(folder, "branch", "--show-current").strip() == "main"
    assert "100755" in git(folder, "ls-files", "--stage", "binder/postBuild")
    assert git(folder, "status", "--porcelain") == ""


@pytest.mark.usefixtures("_somebody")
def test_an_empty_clone_is_taken_and_a_used_one_is_not(folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    write_folder(FILES, folder)
    assert commit(folder, "main")
    (folder / "added on the web page.md").touch()
    with pytest.raises(GraderError, match="added on the web page"):
        write_folder(FILES, folder)


def test_without_a_name_git_refuses_in_its_own_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.setenv("EMAIL", "")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "")
    write_folder(FILES, folder)
    with pytest.raises(GraderError, match="`git commit`") as caught:
        commit(folder, "main")
    assert "mend it and run the same command again" in caught.value.remedy
