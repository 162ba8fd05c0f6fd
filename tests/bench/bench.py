"""Benchmarks: the median of the ratios of paired runs, so that a noisy machine cancels out.

`make bench`; a ratio below 1 means that we are faster.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from statistics import median

from archives import archives
from many import make, path_of

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PAIRS = 9
FEW_PAIRS = 5

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


def compare(title: str, ours: Timed, theirs: Timed, goal: float, pairs: int = PAIRS) -> bool:
    """Print the ratio of paired runs and whether it meets the goal."""
    ours(), theirs()  # the first run of either pays for cold caches
    timed = [(ours(), theirs()) for _ in range(pairs)]
    ratio = median(mine / other for mine, other in timed)
    seconds = " against ".join(_shown(median(side)) for side in zip(*timed, strict=True))
    verdict = "met" if ratio <= goal else "MISSED"
    print(f"{title:<58} {ratio:5.2f} x  (goal {goal:.2f}: {verdict}; {seconds})")
    return ratio <= goal


def _shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def main() -> None:
    """All benchmarks; the exit code tells whether every goal was met."""
    with tempfile.TemporaryDirectory() as folder:
        _keep_what_is_compiled(Path(folder))
        project = _copy_of_project(Path(folder))
        met = [*_generating(project), *_growing(Path(folder)), *_validating(), *_importing()]
        met += archives(Path(folder), compare)
    sys.exit(not all(met))


def _keep_what_is_compiled(folder: Path) -> None:
    """Both sides find their modules compiled, as where they are installed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


def _copy_of_project(folder: Path) -> Path:
    for name in ("schemas", "generated", "generator/mixins"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _generating(project: Path) -> Iterable[bool]:
    ours = command(str(BIN / "recordsmith"), "generate", "--force", cwd=project)
    yield compare("generate / the datamodel-codegen command", ours, _printer(project), 1.5)
    nothing = command(str(BIN / "recordsmith"), "generate", cwd=project)
    bare = command(sys.executable, "-c", "pass", cwd=project)
    yield compare("generate, nothing changed / python -c pass", nothing, bare, 9.0)


def _growing(folder: Path) -> Iterable[bool]:
    """400 and 1600 definitions: all of it, a run after one schema changed, and one after none."""
    few, many = (make(folder / f"p{count}", count) for count in (400, 1600))
    all_of_few, all_of_many = (
        command(str(BIN / "recordsmith"), "generate", "--force", cwd=project)
        for project in (few, many)
    )
    all_of_few()
    printer = _printer(few)
    yield compare("400 definitions / datamodel-codegen", all_of_few, printer, 1.5, FEW_PAIRS)
    changed = after_a_change(few)
    yield compare("400, one changed / datamodel-codegen", changed, printer, 0.4, FEW_PAIRS)
    nothing = command(str(BIN / "recordsmith"), "generate", cwd=few)
    bare = command(sys.executable, "-c", "pass", cwd=few)
    yield compare("400, nothing changed / python -c pass", nothing, bare, 14.0)
    yield compare("1600 definitions / 4 x 400", all_of_many, all_of_few, 4.6, 3)


def after_a_change(project: Path) -> Timed:
    """A run after the description of one schema in the middle changed."""
    schema = project / "schemas" / path_of(200)
    run = command(str(BIN / "recordsmith"), "generate", cwd=project)
    turns = count(1)

    def changed() -> float:
        told = json.loads(schema.read_text("utf-8"))
        schema.write_text(json.dumps({**told, "description": f"Turn {next(turns)}."}), "utf-8")
        return run()

    return changed


def _printer(project: Path) -> Timed:
    """The command of datamodel-code-generator on the types of a project."""
    return command(
        *(str(BIN / "datamodel-codegen"), "--formatters", "builtin", "--disable-timestamp"),
        *("--input", "generated/json-schema/flat.schema.json", "--input-file-type", "jsonschema"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--output", "models.py"),
        cwd=project,
    )


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
