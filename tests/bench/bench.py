"""Benchmarks: the median of the ratios of paired runs, so that a noisy machine cancels out.

`make bench`; a ratio below 1 means that we are faster.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PAIRS = 9

Timed = Callable[[], float]
"""A run; what it returns is how many seconds it took."""


def command(*words: str, cwd: Path = ROOT) -> Timed:
    """The whole process of a command."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(words, cwd=cwd, check=True, capture_output=True)
        return time.perf_counter() - start

    return run


def repeated(function: Callable[[bytes], object], payloads: Iterable[bytes]) -> Timed:
    """A function over all payloads, in this process."""
    listed = list(payloads)

    def run() -> float:
        start = time.perf_counter()
        for payload in listed:
            function(payload)
        return time.perf_counter() - start

    return run


def compare(title: str, ours: Timed, theirs: Timed, goal: float) -> bool:
    """Print the ratio of paired runs and whether it meets the goal."""
    ours(), theirs()  # the first run of either pays for cold caches
    pairs = [(ours(), theirs()) for _ in range(PAIRS)]
    ratio = median(mine / other for mine, other in pairs)
    seconds = " against ".join(_shown(median(side)) for side in zip(*pairs, strict=True))
    verdict = "met" if ratio <= goal else "MISSED"
    print(f"{title:<58} {ratio:5.2f} x  (goal {goal:.2f}: {verdict}; {seconds})")
    return ratio <= goal


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def main() -> None:
    """All benchmarks; the exit code tells whether every goal was met."""
    with tempfile.TemporaryDirectory() as folder:
        project = _copy_of_project(Path(folder))
        met = [*_generating(project), *_validating(), *_importing()]
    sys.exit(not all(met))


def _copy_of_project(folder: Path) -> Path:
    for name in ("schemas", "generated", "generator/mixins"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _generating(project: Path) -> Iterable[bool]:
    ours = command(str(BIN / "recordsmith"), "generate", "--force", cwd=project)
    printer = command(
        *(str(BIN / "datamodel-codegen"), "--formatters", "builtin", "--disable-timestamp"),
        *("--input", "generated/json-schema/flat.schema.json", "--input-file-type", "jsonschema"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--output", "models.py"),
        cwd=project,
    )
    yield compare("generate / the datamodel-codegen command", ours, printer, 1.5)
    nothing = command(str(BIN / "recordsmith"), "generate", cwd=project)
    bare = command(sys.executable, "-c", "pass", cwd=project)
    yield compare("generate, nothing changed / python -c pass", nothing, bare, 9.0)


def _validating() -> Iterable[bool]:
    sys.path[:0] = [str(ROOT / "generated/python"), str(ROOT / "tests/bench")]
    import handwritten

    from roboto_domain.actions.invocation_record import InvocationRecord

    archive = (ROOT / "tests/payloads/invocation_records.jsonl").read_bytes().splitlines()
    lines = [line for line in archive if b'"timeout": 3600.0' not in line]  # too exact by hand
    ours = repeated(InvocationRecord.model_validate_json, lines * 100)
    theirs = repeated(handwritten.InvocationRecord.model_validate_json, lines * 100)
    yield compare("model_validate_json / the hand-written class", ours, theirs, 1.0)


def _importing() -> Iterable[bool]:
    ours = "import roboto_domain.actions.invocation_record"
    yield compare(
        "import of the generated package / of the hand-written one",
        command(sys.executable, "-c", ours, cwd=ROOT / "generated/python"),
        command(sys.executable, "-c", "import handwritten", cwd=ROOT / "tests/bench"),
        1.0,
    )


if __name__ == "__main__":
    main()
