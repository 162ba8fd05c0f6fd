"""Archives: `recordsmith validate` on 200,000 records, beside what else could be used."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
RECORDS = 200_000
SMALL_PAIRS = 15
PAIRS = 5
FEW_PAIRS = 3
MOST_MEMORY = 300
"""MB that all processes of a run together may take."""

Timed = Callable[[], float]
Compare = Callable[..., bool]

PARSING = "import sys, orjson\nfor line in open(sys.argv[1], 'rb'): orjson.loads(line)"
"""Nothing but parsing."""
PLAIN_LOOP = """
import json, pathlib, sys, jsonschema_rs, orjson
folder, archive = map(pathlib.Path, sys.argv[1:])
schemas = [json.loads(file.read_bytes()) for file in folder.rglob("*.schema.json")]
registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in schemas])
uri = next(s["$id"] for s in schemas if s.get("title") == "InvocationRecord")
validator = jsonschema_rs.Draft202012Validator({"$ref": uri}, registry=registry)
for number, line in enumerate(archive.open("rb"), 1):
    record = orjson.loads(line)
    if not validator.is_valid(record):
        for error in validator.iter_errors(record):
            print(number, error.instance_path, error.message)
"""
"""What one would write: no line is too odd for it, and no error has a column."""


def exiting(*words: str) -> Timed:
    """The whole process of a command that finds invalid records, its output into a file."""

    def run() -> float:
        with Path(os.devnull).open("wb") as sink:
            start = time.perf_counter()
            subprocess.run(words, cwd=ROOT, stdout=sink, stderr=sink, check=False)
            return time.perf_counter() - start

    return run


def archives(folder: Path, compare: Compare) -> Iterable[bool]:
    """All comparisons."""
    few, many = (_archive(folder, share) for share in (1, 10))
    ours = {count: _ours(few, count) for count in (1, 2)}
    parsing = exiting(sys.executable, "-c", PARSING, str(few))
    plain = exiting(sys.executable, "-c", PLAIN_LOOP, str(ROOT / "schemas"), str(few))
    lines, pointers = _sourcemeta(few)
    yield compare("validate, 1 worker / orjson parsing alone", ours[1], parsing, 1.0, PAIRS)
    yield compare("validate, 1 worker / orjson + jsonschema-rs", ours[1], plain, 1.0, PAIRS)
    yield compare("validate, 2 workers / 1 worker", ours[2], ours[1], 0.75, PAIRS)
    yield compare("validate, 2 workers / sourcemeta, lines", ours[2], lines, 0.1, FEW_PAIRS)
    yield compare("validate, 2 workers / sourcemeta, pointers", ours[2], pointers, 0.05, FEW_PAIRS)
    yield compare("validate, 10 % invalid / 1 %", _ours(many, 2), ours[2], 2.0, PAIRS)
    yield _memory(few)
    yield _one_record(folder, few, compare)


def _archive(folder: Path, percent: int) -> Path:
    sys.path.insert(0, str(ROOT))
    from tests.payloads.make import records

    file = folder / f"invalid-{percent}.jsonl"
    with file.open("wb") as archive:
        for line, _ in records(RECORDS, 7, percent / 100):
            archive.write(line + b"\n")
    return file


def _ours(archive: Path, workers: int) -> Timed:
    command = str(BIN / "recordsmith")
    return exiting(command, "validate", "InvocationRecord", str(archive), "--workers", str(workers))


def _sourcemeta(archive: Path) -> tuple[Timed, Timed]:
    """Its program itself: told to be fast it gives lines, otherwise pointers too."""
    import sourcemeta_jsonschema

    folder = Path(str(sourcemeta_jsonschema.__file__)).parent
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)
    program = folder / f"jsonschema-{sys.platform}-{machine}"
    program.chmod(0o755)
    schema = "schemas/actions/invocation_record/InvocationRecord.schema.json"
    words = (str(program), "validate", schema, str(archive), "--resolve", "schemas", "--continue")
    return exiting(*words, "--fast"), exiting(*words)


def _memory(archive: Path) -> bool:
    """What all processes of a run take at most, which must not depend on the size of the file."""
    process = subprocess.Popen(
        [str(BIN / "recordsmith"), "validate", "InvocationRecord", str(archive), "--workers", "2"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, _taken_by(process.pid))
        time.sleep(0.02)
    verdict = "met" if 0 < most <= MOST_MEMORY else "MISSED"
    title = f"validate, 2 workers, {archive.stat().st_size >> 20} MB: memory"
    print(f"{title:<58} {most:5.0f} MB (goal {MOST_MEMORY}: {verdict})")
    return 0 < most <= MOST_MEMORY


def _taken_by(pid: int) -> float:
    """MB of a process and its children, what they share counted once.  Linux only."""
    total = 0.0
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        for one in (str(pid), *children):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) / 1024
    except OSError:  # it has just ended
        return total
    return total


def _one_record(folder: Path, archive: Path, compare: Compare) -> bool:
    """From the shell's point of view: an editor that validates on save."""
    file = folder / "record.json"
    with archive.open("rb") as lines:
        file.write_bytes(lines.readline())
    one = exiting(str(BIN / "recordsmith"), "validate", "InvocationRecord", str(file))
    bare = exiting(sys.executable, "-c", "pass")
    return compare("validate one record / python -c pass", one, bare, 15.0, SMALL_PAIRS)
