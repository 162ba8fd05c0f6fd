"""`recordsmith validate --split`: two files that appear whole or not at all; nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.generator.project import COMMAND, Project

from recordsmith.validation.appearing import Appearing

RECORDS = b'{"x": 1}\n{}\n'
LARGE = b"{}\n" + (b'{"x": 1, "k": "' + b"-" * 1_000 + b'"}\n') * 10_000
WITHOUT_UNNAMED = (
    "import os, sys\n"
    "if hasattr(os, 'O_TMPFILE'): del os.O_TMPFILE\n"
    "from recordsmith.cli import run\n"
    "sys.argv[0] = 'recordsmith'; run()"
)
"""The command where the system has no files without a name."""

on_linux = pytest.mark.skipif(
    not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name"
)


@pytest.fixture
def split(project: Project) -> Project:
    """A project with `a.jsonl`, which has a valid and an invalid record."""
    project.write("a.jsonl", RECORDS)
    return project


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def _is_split(project: Project, good: str, bad: str) -> bool:
    halves = [(project.root / half).read_bytes() for half in (good, bad)]
    return b"\n".join(RECORDS.splitlines()) + b"\n" == b"".join(halves)


def _hidden(project: Project) -> list[str]:
    return [path.name for path in project.root.rglob(".*") if path.name.endswith("partial")]


def test_a_target_that_is_a_link_stays_one_and_what_it_leads_to_is_written(split: Project) -> None:
    split.write("elsewhere/good", "before")
    for link, target in {"one": "two", "two": "elsewhere/good", "fresh": "elsewhere/bad"}.items():
        (split.root / link).symlink_to(target)

    split.run("validate", "Point", "a.jsonl", "--split", "one", "fresh")

    assert all((split.root / link).is_symlink() for link in ("one", "two", "fresh"))
    assert _is_split(split, "elsewhere/good", "elsewhere/bad")
    assert sorted(path.name for path in (split.root / "elsewhere").iterdir()) == ["bad", "good"]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_a_file_that_is_replaced_keeps_its_mode(split: Project, mode: int) -> None:
    split.write("good", "before").chmod(mode)

    split.run("validate", "Point", "a.jsonl", "--split", "good", "bad")

    assert _is_split(split, "good", "bad")
    assert _mode(split.root / "good") == mode


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_mode_that_the_umask_leaves(split: Project, umask: int) -> None:
    subprocess.run(
        [COMMAND, "validate", "Point", "a.jsonl", "--split", "good", "bad"],
        cwd=split.root,
        umask=umask,
        check=False,
    )

    assert [_mode(split.root / half) for half in ("good", "bad")] == [0o666 & ~umask] * 2


def _waiting(project: Project, *command: str | Path) -> subprocess.Popen[bytes]:
    """A run that has split some records, and waits for more."""
    process = subprocess.Popen(
        [*command, "validate", "Point", "-", "--split", "good", "bad"],
        cwd=project.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(RECORDS)
    process.stdin.flush()
    process.stdout.readline()
    return process


@on_linux
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_however_a_run_ends_nothing_is_left_behind(split: Project, how: str) -> None:
    split.write("good", "before")
    before = split.snapshot()
    process = _waiting(split, COMMAND)

    process.send_signal(getattr(signal, how))
    process.communicate(timeout=20)

    assert process.returncode != 0
    assert split.snapshot() == before


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_without_unnamed_files_a_notice_leaves_nothing_behind(split: Project, how: str) -> None:
    before = split.snapshot()
    process = _waiting(split, sys.executable, "-c", WITHOUT_UNNAMED)
    assert len(_hidden(split)) == 2

    process.send_signal(getattr(signal, how))
    process.communicate(timeout=20)

    assert process.returncode in (-getattr(signal, how), 130)
    assert split.snapshot() == before


def test_without_unnamed_files_it_is_split_all_the_same(split: Project) -> None:
    split.write("good", "before").chmod(0o600)
    words = ("validate", "Point", "a.jsonl", "--split", "good", "bad")

    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_UNNAMED, *words], cwd=split.root, check=False
    )

    assert (run.returncode, _hidden(split)) == (1, [])
    assert _is_split(split, "good", "bad")
    assert _mode(split.root / "good") == 0o600


def test_a_file_appears_only_when_it_is_placed(tmp_path: Path) -> None:
    for name in ("fresh", "n" * 255):
        file = Appearing(tmp_path / name)
        file.write(b"all")
        file.finish()
        file.name()
        assert not (tmp_path / name).exists()

        file.place()

        file.discard()
        assert (tmp_path / name).read_bytes() == b"all"
    assert len(list(tmp_path.iterdir())) == 2


def _refusal(project: Project, *words: str) -> str:
    """What is said of a use that is wrong, and changes nothing."""
    before = project.snapshot()
    run = project.run("validate", *words)
    assert (run.returncode, run.stdout) == (2, "")
    assert project.snapshot() == before
    return " ".join(run.stderr.partition("Error: ")[2].split())


def test_the_schema_is_not_written_over(split: Project) -> None:
    schema = "schemas/Point.schema.json"
    (split.root / "link").symlink_to(schema)
    (split.root / "twin").hardlink_to(split.root / schema)

    for name in (schema, "link", "twin"):
        assert "which is read" in _refusal(split, schema, "a.jsonl", "--split", "good", name)


@pytest.mark.parametrize("word", ["a.jsonl", "b.jsonl.gz", "file://{root}/a.jsonl"])
def test_no_input_is_written_over_whatever_its_name(split: Project, word: str) -> None:
    import gzip

    split.write("b.jsonl.gz", gzip.compress(RECORDS))
    file = word.rpartition("/")[2]
    (split.root / "link").symlink_to(file)
    (split.root / "twin").hardlink_to(split.root / file)

    for name in (file, "link", "twin"):
        words = (word.format(root=split.root), "--split", name, "bad")
        assert "which is read" in _refusal(split, "Point", *words)


def test_what_standard_input_comes_from_is_not_written_over(split: Project) -> None:
    with (split.root / "a.jsonl").open("rb") as file:
        run = subprocess.run(
            [COMMAND, "validate", "Point", "--split", "a.jsonl", "bad"],
            cwd=split.root,
            stdin=file,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (run.returncode, b"which is read" in run.stderr) == (2, True)


def test_two_names_of_one_file_are_not_two_files(split: Project) -> None:
    good = split.write("good", "before")
    (split.root / "twin").hardlink_to(good)
    (split.root / "link").symlink_to("none")

    for one, other in [("good", "twin"), ("link", "none"), ("fresh", "./fresh")]:
        assert "one twice" in _refusal(split, "Point", "a.jsonl", "--split", one, other)


@pytest.mark.parametrize("name", ["-", "/dev/fd/1", "/dev/stdout", "/proc/self/fd/1", "/dev/null"])
def test_a_stream_is_no_file_to_split_into(split: Project, name: str) -> None:
    told = f"--split writes files, and {name} is none"

    assert told in _refusal(split, "Point", "a.jsonl", "--split", name, "bad")
    assert told in _refusal(split, "Point", "a.jsonl", "--split", "good", name)


def test_a_process_substitution_is_no_file_to_split_into(split: Project) -> None:
    command = f"{COMMAND} validate Point a.jsonl --split >(cat) bad"

    run = subprocess.run(["bash", "-c", command], cwd=split.root, capture_output=True, check=False)

    assert (run.returncode, b"--split writes files, and /dev/fd/" in run.stderr) == (2, True)


@pytest.mark.parametrize("program", [str(COMMAND), f'{sys.executable} -c "{WITHOUT_UNNAMED}"'])
def test_a_full_disk_is_told_and_leaves_all_as_it_was(split: Project, program: str) -> None:
    """A limit for the size of files stands for the disk."""
    split.write("a.jsonl", LARGE)
    split.write("good", "before")
    before = split.snapshot()
    words = "validate Point a.jsonl --engine exact --workers 1 --max-errors 1"
    limited = f"ulimit -f 1024; {program} {words} --format json --split good bad"

    run = subprocess.run(
        ["bash", "-c", limited], cwd=split.root, capture_output=True, text=True, check=False
    )

    assert run.returncode == 2
    assert run.stderr.startswith("Cannot go on: --split cannot write good: File too large; ")
    assert "Traceback" not in run.stderr
    assert json.loads(run.stdout)["rule"] == "required"
    assert split.snapshot() == before


def test_a_disk_that_is_full_only_at_the_end_leaves_all_as_it_was(split: Project) -> None:
    """The bytes of small files are written when all is judged."""
    split.write("good", "before")
    before = split.snapshot()
    program = (
        "import errno, os\n"
        "def full(_): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\n"
        "os.fsync = full\n"
        "from recordsmith.cli import run\n"
        "run()"
    )
    words = ("validate", "Point", "a.jsonl", "--split", "good", "bad")

    run = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=split.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert "--split cannot write good: No space left on device; nothing is split" in run.stderr
    assert split.snapshot() == before


def test_a_half_that_has_nothing_to_add_gets_no_line_feed(split: Project) -> None:
    split.write("b.jsonl", '{"x": 1}')
    split.write("c.jsonl", "{}")

    split.run("validate", "Point", "b.jsonl", "c.jsonl", "--split", "good", "bad")

    assert (split.root / "good").read_bytes() == b'{"x": 1}'


CUTTING = """\
import os
from recordsmith.validation.splitting import Split

def cutting(self, chunk, refused, add=Split.add):
    os.truncate("a.jsonl", {size})
    add(self, chunk, refused)

Split.add = cutting
from recordsmith.cli import run
run()
"""
"""The command, which cuts the file when the first of its ranges is judged."""


@pytest.mark.parametrize("size", [0, 1_000_000, 6_000_000, 8_400_000])
def test_what_becomes_shorter_while_it_is_read_is_not_split(split: Project, size: int) -> None:
    split.write("a.jsonl", LARGE)
    words = ("validate", "Point", "a.jsonl", "--workers", "1", "--max-errors", "0")
    options = ("--format", "summary", "--split", "good", "bad")

    run = subprocess.run(
        [sys.executable, "-c", CUTTING.format(size=size), *words, *options],
        cwd=split.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, "unreadable" in run.stdout) == (1, True)
    assert "Nothing is split, for not all of it could be." in run.stderr
    assert not (split.root / "good").exists()
    assert not (split.root / "bad").exists()
