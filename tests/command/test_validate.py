"""`recordsmith validate` on archives: nothing is lost, whatever engine judges."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.generator.project import COMMAND, POINT, Project, project_of
from tests.payloads.make import records

FLAGSHIP = Path(__file__).parents[2]
HOSTILE = [
    (b'{"x": 1, "x": 2}', "not-json"),
    (b'{"x": 1, "\\u0078": 2}', "not-json"),
    (b'{"x": 1, "k": {"a": [{"b": 1, "b": 2}]}}', "not-json"),
    (b'{"x": 1, "k": "\xff"}', "not-utf-8"),
    (b'{"x": 1, "k": "\xed\xa0\x80"}', "not-utf-8"),
    (b'\xef\xbb\xbf{"x": 1}', "not-json"),
    (b'{"x": NaN}', "not-json"),
    (b'{"x": -Infinity}', "not-json"),
    (b'{"x": 1e400}', "not-json"),
    (b'{"x": 1, "k": "\\ud800"}', "not-json"),
    (b'{"x": 1, "k": "\\ud83d\\u0020"}', "not-json"),
    (b'{"x": 1, "k": "\t"}', "not-json"),
    (b'{"x": 01}', "not-json"),
    (b'{"x": 1,}', "not-json"),
    (b'{"x": 1} {"x": 2}', "not-json"),
    (b'{"x": 1', "not-json"),
    (b"{'x': 1}", "not-json"),
    (b'{"x": 1, "k": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too-deep"),
    (b'{"x": "1"}', "type"),
    (b"{}", "required"),
]
"""A line, and what is wrong with it."""
GOOD = [
    b'{"x": 1}',
    b'{"x":1.5e-7,"y":-0}',
    b'\t {"x" : 123456789012345678901234567890 , "y":0 }\r',
    '{"x": 1, "é": "\\ud83d\\ude97 🚗 \\u0000", "k": [[], {}, null, true]}'.encode(),
    b'{"x": 1, "k": ' + b"[" * 150 + b"]" * 150 + b"}",
]


def _archive(count: int, seed: int = 1) -> tuple[bytes, dict[int, str]]:
    """Lines, good ones for the most part, and what is wrong on which."""
    source = random.Random(seed)  # noqa: S311 - no secret
    lines, ledger = [], {}
    for number in range(1, count + 1):
        if source.random() < 0.01:
            line, ledger[number] = source.choice(HOSTILE)
        else:
            line = source.choice([*GOOD, b"", b" \t\r"])
        lines.append(line)
    return b"\n".join(lines) + b"\n", ledger


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[int, str]]:
    """A project with `a.jsonl`, which is large enough for several processes, and its faults."""
    files = {"schemas/Point.schema.json": POINT}
    project = project_of(tmp_path_factory.mktemp("archive"), files)
    content, ledger = _archive(200_000)
    assert len(content) > 9 * 2**20
    project.write("a.jsonl", content)
    return project, ledger


def _lines(run: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


ENGINES = [
    ("--engine", "exact", "--workers", "1"),
    ("--engine", "compiled", "--workers", "1"),
    ("--engine", "exact", "--workers", "3"),
    (),
]


@pytest.mark.parametrize("options", ENGINES, ids=" ".join)
def test_each_engine_tells_just_what_is_wrong(
    archive: tuple[Project, dict[int, str]], options: tuple[str, ...]
) -> None:
    project, ledger = archive

    run = project.run("validate", "Point", "a.jsonl", "--format", "json", *options)

    assert run.returncode == 1
    told = [(one["line"], one["rule"]) for one in _lines(run)]
    assert told == sorted(ledger.items())


def test_records_are_numbered_without_the_blank_lines(project: Project) -> None:
    project.write("a.jsonl", b'\n{"x": 1}\n \r\n{"x": ""}\n\n{}')

    run = project.run("validate", "Point", "a.jsonl", "--format", "json")

    assert [(one["line"], one["column"], one["record"]) for one in _lines(run)] == [
        (4, 7, 2),
        (6, 1, 3),
    ]


def test_standard_input_is_read_as_a_file_is(archive: tuple[Project, dict[int, str]]) -> None:
    project, ledger = archive
    with (project.root / "a.jsonl").open("rb") as file:
        run = subprocess.run(
            [COMMAND, "validate", "Point", "-", "--format", "json"],
            cwd=project.root,
            stdin=file,
            capture_output=True,
            text=True,
            check=False,
        )

    assert {one["file"] for one in _lines(run)} == {"<stdin>"}
    assert [(one["line"], one["rule"]) for one in _lines(run)] == sorted(ledger.items())


def test_what_is_split_is_all_there_byte_for_byte(
    archive: tuple[Project, dict[int, str]],
) -> None:
    project, ledger = archive

    run = project.run("validate", "Point", "a.jsonl", "--split", "good.jsonl", "bad.jsonl")

    lines = (project.root / "a.jsonl").read_bytes().splitlines(keepends=True)
    lines = _joined(lines)
    assert run.returncode == 1
    good = [line for number, line in enumerate(lines, 1) if number not in ledger]
    bad = [line for number, line in enumerate(lines, 1) if number in ledger]
    assert (project.root / "good.jsonl").read_bytes() == b"".join(good)
    assert (project.root / "bad.jsonl").read_bytes() == b"".join(bad)
    assert list(project.root.glob(".*partial")) == []


def _joined(lines: list[bytes]) -> list[bytes]:
    """Lines end in a line feed alone, whatever else Python splits at."""
    return [line + b"\n" for line in b"".join(lines).split(b"\n")[:-1]]


def test_a_last_line_without_an_end_stays_apart_from_the_next_file(project: Project) -> None:
    project.write("a.jsonl", b'{"x": 1}')
    project.write("b.jsonl", b'{"x": 2}\n{}')
    project.write("c.jsonl", b'{"x": 3}')

    project.run("validate", "Point", "a.jsonl", "b.jsonl", "c.jsonl", "--split", "good", "bad")

    assert (project.root / "good").read_bytes() == b'{"x": 1}\n{"x": 2}\n{"x": 3}'
    assert (project.root / "bad").read_bytes() == b"{}"


@pytest.mark.parametrize(
    "words",
    [
        ["a.jsonl", "--split", "a.jsonl", "bad"],
        ["a.jsonl", "--split", "good", "good"],
        ["a.jsonl", "--split", "nowhere/good", "bad"],
        ["a.jsonl", "--split", "good"],
        ["a.jsonl", "--split", "good", "bad", "--fail-fast"],
    ],
    ids=" ".join,
)
def test_a_split_that_would_lose_something_is_wrong_use(project: Project, words: list[str]) -> None:
    project.write("a.jsonl", b'{"x": 1}\n')
    before = project.snapshot()

    run = project.run("validate", "Point", *words)

    assert run.returncode == 2
    assert project.snapshot() == before


def test_a_document_is_not_split(project: Project) -> None:
    project.write("a.json", b'{\n"x": 1\n}\n')

    run = project.run("validate", "Point", "a.json", "--split", "good", "bad")

    assert (run.returncode, "[not-lines]" in run.stdout) == (1, True)
    assert "Nothing is split" in run.stderr
    assert not (project.root / "good").exists()


def test_what_breaks_off_is_not_split(project: Project) -> None:
    project.write("a.jsonl.gz", gzip.compress(b'{"x": 1}\n' * 9_000)[:-20])

    run = project.run("validate", "Point", "a.jsonl.gz", "--split", "good", "bad")

    assert (run.returncode, "[unreadable]" in run.stdout) == (1, True)
    assert not (project.root / "good").exists()


def _slow(project: Project, *options: str) -> subprocess.Popen[bytes]:
    """A run that waits for more, after some records."""
    process = subprocess.Popen(
        [COMMAND, "validate", "Point", "-", *options],
        cwd=project.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b'{"x": 1}\n{}\n' * 1_000)
    process.stdin.flush()
    return process


def test_ctrl_c_tells_what_was_found_so_far(project: Project) -> None:
    process = _slow(project, "--split", "good", "bad")
    assert process.stdout is not None
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)

    assert process.returncode == 130
    assert b"Interrupted" in said
    assert b"2,000 records: 1,000 invalid" in said
    assert sorted(path.name for path in project.root.iterdir()) == ["pyproject.toml", "schemas"]


def test_records_are_told_of_as_they_come(project: Project) -> None:
    """What follows a log does not wait for its end."""
    process = _slow(project, "--format", "json")
    assert process.stdout is not None

    first = json.loads(process.stdout.readline())

    process.kill()
    process.communicate()
    assert (first["line"], first["rule"]) == (2, "required")


def test_a_worker_that_dies_takes_no_record_with_it(
    archive: tuple[Project, dict[int, str]],
) -> None:
    project, ledger = archive
    process = subprocess.Popen(
        [COMMAND, "validate", "Point", *["a.jsonl"], "--workers", "2", "--format", "json"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "RECORDSMITH_CACHE": ""},
    )
    for child in _children(process):
        os.kill(child, signal.SIGKILL)
        break
    output, _ = process.communicate(timeout=60)

    told = [json.loads(line) for line in output.splitlines()]
    assert [(one["line"], one["rule"]) for one in told] == sorted(ledger.items())


def test_a_killed_run_leaves_no_process_and_no_half_of_a_split(
    archive: tuple[Project, dict[int, str]],
) -> None:
    project, _ = archive
    before = (project.root / "kept").write_text("before", "utf-8")
    process = subprocess.Popen(
        [COMMAND, "validate", "Point", "a.jsonl", "--workers", "2", "--split", "kept", "bad"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    children = []
    for child in _children(process):
        children.append(child)
        if len(children) == 2:
            break

    process.kill()
    process.communicate(timeout=20)  # whoever holds the pipe has ended then

    assert len((project.root / "kept").read_text("utf-8")) == before
    assert not (project.root / "bad").exists()
    assert [child for child in children if _is_alive(child)] == []


def _is_alive(pid: int) -> bool:
    """Whether the process runs, some time after what it waited for has ended."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


def _children(process: subprocess.Popen[str]) -> Iterator[int]:
    """The processes that it has started, as soon as there are any."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not listed.exists():
        pytest.skip("only Linux tells the children of a process")
    while process.poll() is None:
        yield from map(int, listed.read_text("ascii").split())
        time.sleep(0.005)


def test_no_more_problems_are_told_than_are_wanted_but_all_are_counted(project: Project) -> None:
    project.write("a.jsonl", b"{}\n" * 10)

    run = project.run("validate", "Point", "a.jsonl", "--max-errors", "3", "--format", "json")

    assert (run.returncode, len(_lines(run))) == (1, 3)
    assert "10 records: 10 invalid, 10 problems, 7 of them not shown." in run.stderr


def test_the_first_invalid_record_may_be_the_last_one(project: Project) -> None:
    project.write("a.jsonl", b'{"x": 1}\n{"x": "", "y": ""}\n{}\n')

    run = project.run("validate", "Point", "a.jsonl", "--fail-fast", "--format", "json")

    assert run.returncode == 1
    assert [one["line"] for one in _lines(run)] == [2, 2]
    assert run.stderr == (
        "2 records: 1 invalid, 2 problems.\nStopped there: what is behind it was not judged.\n"
    )


def test_any_schema_will_do_and_no_project(nowhere: Project) -> None:
    nowhere.write("s/thing.json", '{"$ref": "part.json"}')
    nowhere.write("s/part.json", '{"type": "integer"}')
    nowhere.write("a.jsonl", "1\n2.5\n")

    run = nowhere.run("validate", "s/thing.json", "a.jsonl", "--format", "json")

    assert [(one["line"], one["rule"], one["schema"]) for one in _lines(run)] == [
        (2, "type", "s/part.json#/type")
    ]


def test_a_record_may_name_its_own_schema(project: Project) -> None:
    project.write("one.yaml", '$schema: schemas/Point.schema.json\nx: "1"\n')
    project.write("two.json", '{"$schema": "https://nowhere.example/a.json"}')
    project.write("three.json", '{"x": 1}')
    project.write("four.json", '{"$schema": "./schemas/Point.schema.json", "x": 1}')

    files = ("one.yaml", "two.json", "three.json", "four.json")
    run = project.run("validate", "--own-schema", *files, "--format", "json")

    assert [(one["file"], one["rule"]) for one in _lines(run)] == [
        ("one.yaml", "type"),
        ("two.json", "unknown-schema"),
        ("three.json", "no-schema"),
    ]


def test_an_array_holds_records_unless_the_schema_takes_arrays(project: Project) -> None:
    project.write("schemas/Points.schema.json", '{"type": "array", "maxItems": 1}')
    project.write("a.json", '[\n  {"x": 1},\n  {"x": ""}\n]\n')

    run = project.run("validate", "Point", "a.json", "--format", "json")
    whole = project.run("validate", "Points", "a.json", "--format", "json")

    assert [(one["line"], one["column"], one["record"]) for one in _lines(run)] == [(3, 9, 2)]
    assert [one["rule"] for one in _lines(whole)] == ["maxItems"]


def test_a_line_of_200_megabytes_is_told_of_and_not_kept(project: Project) -> None:
    with (project.root / "a.jsonl").open("wb") as file:
        file.write(b'{"x": 1}\n{"x": 1, "k": "')
        for _ in range(200):
            file.write(b"a" * 2**20)
        file.write(b'"}\n{}\n')

    run = _limited(project, "validate", "Point", "a.jsonl", "--workers", "1", "--format", "json")

    told = [(one["line"], one["record"], one["rule"]) for one in _lines(run)]
    assert told == [(2, 2, "too-large"), (3, 3, "required")]


def _limited(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    """A run with so little memory that a record of 200 MB does not fit."""
    limited = f"ulimit -v {1_500_000}; exec {COMMAND} {' '.join(words)}"
    return subprocess.run(
        ["bash", "-c", limited], cwd=project.root, capture_output=True, text=True, check=False
    )


def test_the_archive_of_the_flagship_has_just_its_faults(tmp_path: Path) -> None:
    ledger = {}
    with (tmp_path / "a.jsonl").open("wb") as file:
        for number, (line, is_valid) in enumerate(records(6_000, 11, 0.05), 1):
            file.write(line + b"\n")
            if not is_valid:
                ledger[number] = line
    words = ["validate", "InvocationRecord", str(tmp_path / "a.jsonl"), "--format", "json"]
    run = Project(FLAGSHIP).run(*words)

    assert sorted({one["line"] for one in _lines(run)}) == sorted(ledger)
    for one in _lines(run):
        text = ledger[one["line"]].decode()[one["column"] - 1 :]
        assert text.startswith(("{", one.get("value", "").rstrip("…")[:1])), one
