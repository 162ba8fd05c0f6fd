"""Where the command is run: in a folder that is gone, below settings that cannot be read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.generator.project import COMMAND, Project

BROKEN = {
    "no TOML": b"not toml [[[",
    "no UTF-8": b"a = '\xff'",
    "deep": b"a = " + b"[" * 10_000 + b"]" * 10_000,
    "a large number": b"a = " + b"1" * 5_000,
    "no table": b"[tool]\nrecordsmith = 5\n",
    "other types": b"[tool.recordsmith]\nfiles = [1]\nroots = 5\nnames = [1]\npython = 5\n",
    "an absolute glob": b"[tool.recordsmith]\nfiles = ['/a/*.json']\n",
    "an empty glob": b"[tool.recordsmith]\nfiles = ['']\n",
    "a wrong glob": b"[tool.recordsmith]\nfiles = ['a**/b']\n",
    "a null": b'[tool.recordsmith]\nschemas = "a\\u0000b"\n',
}
JUDGING = [
    ["validate", "schema.json", "x.json"],
    ["validate", "Point", "x.json"],
    ["audit", "schema.json", "x.json"],
]
OTHERS = [["generate"], ["check"], ["publish"], ["explain"], ["new", "record", "A"]]


@pytest.fixture
def judged(nowhere: Project) -> Project:
    nowhere.write("schema.json", '{"type": "integer"}')
    nowhere.write("x.json", "1")
    return nowhere


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("words", [*JUDGING, *OTHERS], ids=" ".join)
def test_settings_that_cannot_be_read_are_told_with_their_file(
    judged: Project, words: list[str], content: bytes
) -> None:
    judged.write("pyproject.toml", content)

    run = judged.run(*words)

    assert run.returncode == (2 if words in JUDGING else 1), run.stderr
    assert run.stdout.startswith("pyproject.toml")
    assert run.stderr.endswith("found.\n")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("words", [*JUDGING, *OTHERS], ids=" ".join)
def test_broken_settings_above_are_told_as_seen_from_here(
    judged: Project, words: list[str]
) -> None:
    judged.write("pyproject.toml", b"not toml [[[")
    judged.write("below/schema.json", b"true")

    run = judged.run(*words, folder="below")

    assert run.returncode == (2 if words in JUDGING else 1)
    assert run.stdout.startswith("../pyproject.toml: the file is not TOML: ")
    assert run.stderr == "1 problem found.\n"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has such a file")
@pytest.mark.parametrize("words", [["init"], *JUDGING, *OTHERS], ids=" ".join)
def test_settings_that_no_one_may_read_are_told(judged: Project, words: list[str]) -> None:
    (judged.root / "pyproject.toml").symlink_to("/proc/self/mem")

    run = judged.run(*words)

    assert run.returncode == (2 if words in JUDGING else 1)
    assert run.stdout.startswith("pyproject.toml: the file cannot be read: ")


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_beginning_where_settings_are_broken_shows_no_traceback(
    nowhere: Project, content: bytes
) -> None:
    nowhere.write("pyproject.toml", content)

    run = nowhere.run("init")

    assert run.returncode in {0, 1}
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("words", [["--help"], ["validate", "-h"], ["--version"]], ids=" ".join)
def test_help_needs_no_settings(nowhere: Project, words: list[str], content: bytes) -> None:
    nowhere.write("pyproject.toml", content)

    run = nowhere.run(*words)

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_shell_is_told_nothing_of_broken_settings(nowhere: Project, content: bytes) -> None:
    nowhere.write("pyproject.toml", content)

    assert _completed(nowhere) == (0, "file,P\n", "")


@pytest.mark.parametrize(
    "manifest", ["[", "[]", '{"definitions": []}', '{"definitions": {"a": 1}}']
)
def test_a_shell_is_told_nothing_of_a_broken_manifest(project: Project, manifest: str) -> None:
    project.write("generated/MANIFEST.json", manifest)

    assert _completed(project) == (0, "file,P\n", "")


def _completed(project: Project) -> tuple[int, str, str]:
    """What a shell gets for `recordsmith validate P`."""
    environment = {
        "_RECORDSMITH_COMPLETE": "bash_complete",
        "COMP_WORDS": "recordsmith validate P",
        "COMP_CWORD": "2",
    }
    run = project.run(environment=environment)
    return run.returncode, run.stdout, run.stderr


@pytest.mark.parametrize(
    "words", [["init"], ["audit", "../schema.json", "../x.json"], *JUDGING, *OTHERS], ids=" ".join
)
def test_a_folder_that_is_gone_is_told_in_a_sentence(judged: Project, words: list[str]) -> None:
    run = subprocess.run(
        ["bash", "-c", 'mkdir gone; cd gone; rmdir ../gone; "$0" "$@"', COMMAND, *words],
        cwd=judged.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith("Error: the current folder is no more; change to one that exists\n")
