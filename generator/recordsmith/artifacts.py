"""Artifacts: the generated files; here alone they are written to disk or compared with it.

All are staged before the first replaces its predecessor, so a failed run leaves the tree as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from recordsmith.problems import Location, Problems, ProblemsFound, gathered

MANIFEST = PurePosixPath("MANIFEST.json")
_STAGING = ".recordsmith-"


@dataclass(frozen=True, slots=True, order=True)
class Artifact:
    """A generated file: its path below the folder of generated files, and its text."""

    path: PurePosixPath
    text: str

    @property
    def digest(self) -> str:
        """The sha256 of the text in UTF-8."""
        return digest(self.text.encode("utf-8"))


def digest(content: bytes) -> str:
    """The sha256 of `content`, as `sha256:<hex>`."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def sealed(artifacts: Iterable[Artifact], facts: Mapping[str, Any]) -> list[Artifact]:
    """The artifacts, sorted, and the manifest that lists them after `facts`.

    Raises `ProblemsFound` if two claim one path.
    """
    listed = sorted(artifacts)
    with gathered() as problems:
        for before, after in pairwise(listed):
            if str(before.path).casefold() == str(after.path).casefold():
                sentence = "two generated files claim this path; rename one of their sources"
                problems.add(Location(str(after.path)), "path-collision", sentence)
    files = {str(artifact.path): artifact.digest for artifact in listed}
    manifest = json.dumps({**facts, "files": files}, indent=2, ensure_ascii=False)
    return [*listed, Artifact(MANIFEST, f"{manifest}\n")]


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in `folder`; empty where there is none or it is no longer one."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    usable = isinstance(manifest, dict) and isinstance(manifest.get("files", {}), dict)
    return manifest if usable else {}


def is_intact(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether every file is as it was written."""
    return all(_digest_of(folder / path) == written for path, written in files.items())


def _digest_of(file: Path) -> str | None:
    try:
        return digest(file.read_bytes())
    except OSError:
        return None


def edited(folder: Path, artifacts: Iterable[Artifact], shown: str) -> list[str]:
    """The files that somebody changed since they were generated, as the user knows them.

    A file that already is what it is to become does not count, nor does a missing one.
    """
    written = read_manifest(folder).get("files", {})
    wanted = {str(artifact.path): artifact.digest for artifact in artifacts}
    found = []
    for path in sorted({*written, *wanted} - {str(MANIFEST)}):
        present = _digest_of(folder / path)
        if present not in (None, written.get(path), wanted.get(path)):
            found.append(f"{shown}/{path}")
    return found


def refuse_edited(folder: Path, artifacts: Iterable[Artifact], shown: str) -> None:
    """Raise `ProblemsFound` if writing would lose what somebody wrote into a generated file."""
    with gathered() as problems:
        for path in edited(folder, artifacts, shown):
            sentence = "edited by hand; move the edit to a schema or a mixin, or use --force"
            problems.add(Location(path), "edited", sentence)


def compare(folder: Path, artifacts: Iterable[Artifact], shown: str) -> Iterator[str]:
    """The lines of a unified diff from what is in `folder` to what should be; none if alike."""
    import difflib  # late: a run with nothing to do needs neither this nor tempfile

    wanted = {str(artifact.path): artifact.text for artifact in artifacts}
    for path in sorted({*wanted, *read_manifest(folder).get("files", {})}):
        present = _text_of(folder / path)
        if present == wanted.get(path):
            continue
        yield from difflib.unified_diff(
            (present or "").splitlines(keepends=True),
            wanted.get(path, "").splitlines(keepends=True),
            f"{shown}/{path}" if present is not None else os.devnull,
            f"{shown}/{path}" if path in wanted else os.devnull,
        )


def _text_of(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return None


def write(folder: Path, artifacts: Iterable[Artifact], shown: str) -> tuple[int, int]:
    """Make `folder` hold the artifacts; delete what the last manifest listed beyond them.

    The manifest goes last: a run that is killed on the way is repaired by the next.  Returns how
    many files were written and how many deleted.  Raises `ProblemsFound` where the disk refuses.
    """
    import tempfile

    wanted = list(artifacts)
    stale = set(read_manifest(folder).get("files", {})) - {str(a.path) for a in wanted}
    changed = [a for a in wanted if _digest_of(folder / a.path) != a.digest]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        with tempfile.TemporaryDirectory(prefix=_STAGING, dir=folder) as staging:
            staged = [_stage(Path(staging) / str(n), a) for n, a in enumerate(changed)]
            with _uninterrupted():
                for artifact, file in zip(changed, staged, strict=True):
                    _place(file, folder / artifact.path)
                deleted = [path for path in sorted(stale) if _delete(folder, path)]
    except OSError as error:
        problems = Problems()
        at = Location(shown)
        problems.add(at, "unwritable", f"cannot write: {error.strerror}: {error.filename}")
        raise ProblemsFound(problems) from error
    return len(changed), len(deleted)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed run had staged."""
    import shutil

    for leftover in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the few milliseconds in which the files change places."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stage(file: Path, artifact: Artifact) -> Path:
    file.write_bytes(artifact.text.encode("utf-8"))
    return file


def _place(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)


def _delete(folder: Path, path: str) -> bool:
    """Delete a file that an earlier manifest listed, and the folders that this empties."""
    file = folder / path
    if ".." in PurePosixPath(path).parts or not file.is_file():
        return False
    file.unlink()
    for parent in file.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
