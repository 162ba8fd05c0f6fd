"""Artifacts: the generated files; here alone they are written to disk or compared with it.

All are staged before the first replaces its predecessor, so a failed run leaves the tree as it was.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from recordsmith.manifest import MANIFEST, laid_out, read_manifest
from recordsmith.problems import Location, Problem, ProblemsFound, gathered

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
        for before, after in pairwise(sorted(listed, key=_on_any_disk)):
            if _on_any_disk(before) == _on_any_disk(after):
                sentence = "two generated files claim this path; rename one of their sources"
                problems.add(Location(str(after.path)), "path-collision", sentence)
    files = {str(artifact.path): artifact.digest for artifact in listed}
    return [*listed, Artifact(MANIFEST, f"{laid_out({**facts, 'files': files})}\n")]


def _on_any_disk(artifact: Artifact) -> str:
    """The path as a disk has it that does not tell upper from lower case."""
    return str(artifact.path).casefold()


def written(folder: Path) -> dict[str, str]:
    """The files that the last run wrote into `folder`, and the digests that they had."""
    files = read_manifest(folder).get("files", {})
    return {path: files[path] for path in files if _stays_within(folder, path)}


def _stays_within(folder: Path, path: str) -> bool:
    """Whether a path of a manifest, which anybody may have edited, leads to nowhere else."""
    below = Path(path)
    links = ((folder / above).is_symlink() for above in below.parents[:-1])
    return not (below.anchor or ".." in below.parts or any(links))


def digest_of(file: Path) -> str | None:
    """The digest of a file; None where there is none that can be read."""
    content = _content_of(file)
    return None if content is None else digest(content)


def _content_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def refuse_edited(folder: Path, artifacts: Iterable[Artifact], shown: str) -> None:
    """Raise `ProblemsFound` if writing would lose what somebody wrote into a generated file.

    A file that already is what it is to become does not count, nor does a missing one.
    """
    before = written(folder)
    wanted = {str(artifact.path): artifact.digest for artifact in artifacts}
    sentence = "edited by hand; move the edit to a schema or a mixin, or use --force"
    with gathered() as problems:
        for path in sorted({*before, *wanted} - {str(MANIFEST)}):
            if digest_of(folder / path) not in (None, before.get(path), wanted.get(path)):
                problems.add(Location(f"{shown}/{path}"), "edited", sentence)


def compare(
    folder: Path, artifacts: Iterable[Artifact], shown: str
) -> Iterator[tuple[str, list[str]]]:
    """Each file that is not what it should be, with the lines of a unified diff to that."""
    wanted = {str(artifact.path): artifact.text.encode("utf-8") for artifact in artifacts}
    for path in sorted({*wanted, *written(folder)}):
        present = _content_of(folder / path)
        if present != wanted.get(path):
            yield f"{shown}/{path}", _diff(present, wanted.get(path), f"{shown}/{path}")


def _diff(before: bytes | None, after: bytes | None, shown: str) -> list[str]:
    """The header at least, since an empty file has no line to show."""
    import difflib  # late: a run with nothing to do needs neither this nor tempfile

    old = os.devnull if before is None else shown
    new = os.devnull if after is None else shown
    lines = list(difflib.unified_diff(_lines(before), _lines(after), old, new))
    return lines or [f"--- {old}\n", f"+++ {new}\n"]


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", errors="replace").splitlines(keepends=True)


def write(
    folder: Path, artifacts: Iterable[Artifact], shown: str, listed: Iterable[str]
) -> tuple[int, int]:
    """Make `folder` hold the artifacts; delete what the last run `listed` beyond them.

    The manifest goes last: a run that is killed on the way is repaired by the next.  Returns how
    many files were written and how many deleted.  Raises `ProblemsFound` where the disk refuses.
    """
    wanted = list(artifacts)
    stale = set(listed) - {str(artifact.path) for artifact in wanted}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            changed = [one for one in wanted if digest_of(folder / one.path) != one.digest]
            _refuse_obstacles(folder, changed, shown)
            return len(changed), _exchange(folder, changed, sorted(stale))
    except OSError as error:
        sentence = f"cannot write: {error.strerror}: {error.filename}"
        raise ProblemsFound([Problem(Location(shown), "unwritable", sentence)]) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let another run that is to write into the folder wait, where the system has locks."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    held = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _refuse_obstacles(folder: Path, artifacts: Iterable[Artifact], shown: str) -> None:
    """Raise `ProblemsFound` if a file cannot be placed for what stands there."""
    with gathered() as problems:
        for artifact in artifacts:
            if obstacle := _obstacle(folder / artifact.path):
                problems.add(Location(shown), "unwritable", f"cannot write: {obstacle}")


def _obstacle(file: Path) -> str | None:
    above = next(parent for parent in file.parents if os.path.lexists(parent))
    if file.is_dir():
        return f"{file} is a folder"
    if not above.is_dir():
        return f"{above} is no folder"
    return None if os.access(above, os.W_OK) else f"{above} is read-only"


def _exchange(folder: Path, changed: list[Artifact], stale: list[str]) -> int:
    """Delete what is stale and place what has changed; how many were deleted."""
    import tempfile

    _remove_leftovers(folder)
    with tempfile.TemporaryDirectory(prefix=_STAGING, dir=folder) as staging:
        staged = [_stage(Path(staging) / str(n), one) for n, one in enumerate(changed)]
        with uninterrupted():
            deleted = [path for path in stale if _delete(folder, path)]
            for artifact, file in zip(changed, staged, strict=True):
                _place(file, folder / artifact.path)
    return len(deleted)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed run had staged."""
    import shutil

    for leftover in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
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
    if not _stays_within(folder, path) or not file.is_file():
        return False
    file.unlink()
    for parent in file.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
