"""`recordsmith init` makes a project of a folder, and harms nothing that is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.generator.project import POINT, Project

OLD = '[project]\nname = "mine"\nversion = "1"\n'
USE = """
from datetime import datetime, timezone
from my_shop_records.shop import Order, OrderStatus

order = Order.model_validate_json('{"id": "1", "placed": "2025-01-31T12:00:00Z"}')
assert order.placed == datetime(2025, 1, 31, 12, tzinfo=timezone.utc)
assert order.status is OrderStatus.Open
"""


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """An empty folder with a name that is no package's."""
    folder = tmp_path / "my-shop"
    folder.mkdir()
    return Project(folder)


def settings(project: Project) -> dict[str, object]:
    text = (project.root / "pyproject.toml").read_text("utf-8")
    found: dict[str, object] = tomllib.loads(text)["tool"]["recordsmith"]
    return found


def test_an_empty_folder_becomes_a_project_that_works_at_once(empty: Project) -> None:
    runs = [empty.run(*words) for words in (["init"], ["generate", "--strict"], ["check"])]
    used = empty.python(USE)

    assert [(run.returncode, run.stderr) for run in [*runs, used]] == [(0, "")] * 4
    assert "recordsmith generate" in runs[0].stdout


def test_the_settings_are_commented_and_fit_a_terminal(empty: Project) -> None:
    run = empty.run("init")
    lines = (empty.root / "pyproject.toml").read_text("utf-8").splitlines()

    assert [line for line in (*lines, *run.stdout.splitlines()) if len(line) > 90] == []
    assert [line for line in lines if line and "#" not in line and line[0] != "["] == []
    assert settings(empty) == {
        "schemas": "schemas",
        "generated": "generated",
        "formats": "assert",
        "python": {"package": "my_shop_records"},
    }


@pytest.mark.parametrize(
    "before", ["", OLD, OLD.rstrip(), "# words\n", "[tool.ruff]\nline-length = 9", "tool.a.b = 1\n"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=ascii)
def test_what_a_pyproject_holds_stays_byte_for_byte(empty: Project, before: str, ends: str) -> None:
    content = before.replace("\n", ends).encode()
    file = empty.write("pyproject.toml", content)
    run = empty.run("init")

    after = file.read_bytes()
    assert (run.returncode, run.stderr) == (0, "")
    assert after.startswith(content)
    assert tomllib.loads(after.decode()).keys() >= tomllib.loads(content.decode()).keys()
    assert (b"\r\n" in after) == (ends == "\r\n" and "\n" in before)


def test_a_second_run_changes_nothing(empty: Project) -> None:
    empty.run("init")
    before = empty.snapshot()
    run = empty.run("init")

    assert (run.returncode, run.stderr) == (0, "")
    assert "already" in run.stdout
    assert empty.snapshot() == before


@pytest.mark.parametrize("words", [["--package", "other"], ["--schemas", "other"]])
def test_what_a_second_run_would_have_to_change_is_refused(
    empty: Project, words: list[str]
) -> None:
    empty.run("init")
    before = empty.snapshot()
    run = empty.run("init", *words)

    assert (run.returncode, run.stdout) == (2, "")
    assert "already" in run.stderr
    assert empty.snapshot() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("tool = {a = 1}\n", 2),
        ("tool = 1\n", 2),
        ("[tool.recordsmith", 1),
        (b"\xff", 1),
        (b"\xef\xbb\xbf[project]\n", 1),
    ],
    ids=ascii,
)
def test_a_pyproject_that_no_table_fits_into_is_left_alone(
    empty: Project, content: str | bytes, code: int
) -> None:
    empty.write("pyproject.toml", content)
    before = empty.snapshot()
    run = empty.run("init")

    assert run.returncode == code
    assert "pyproject.toml" in run.stdout or "tool" in run.stderr
    assert "Traceback" not in run.stderr
    assert empty.snapshot() == before


@pytest.mark.parametrize(
    "words",
    [
        ["--schemas", ".."],
        ["--schemas", "../x"],
        ["--schemas", "."],
        ["--schemas", "/x"],
        ["--schemas", "generated/x"],
        ["--package", "class"],
        ["--package", "my-shop"],
        ["extra"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_code_2_and_writes_nothing(empty: Project, words: list[str]) -> None:
    run = empty.run("init", *words)

    assert (run.returncode, run.stdout) == (2, "")
    assert "Error: " in run.stderr
    assert empty.snapshot() == {}


def test_a_folder_of_schemas_is_taken_as_it_is(empty: Project) -> None:
    empty.write("contracts/a/Point.schema.json", POINT)
    empty.write("contracts/notes.json", "{}")
    run = empty.run("init", "--schemas", "contracts/", "--package", "contracts")

    assert "Found 1 schema in contracts/." in run.stdout
    assert settings(empty)["schemas"] == "contracts"
    assert "files" not in settings(empty)
    assert not (empty.root / "contracts/shop").exists()
    assert empty.run("generate").returncode == 0
    assert (empty.root / "generated/python/contracts/a.py").is_file()


@pytest.mark.parametrize(
    ("schema", "dialect"),
    [
        ('{ "id": "http://x.y/z", "type": "object" }', "draft-04"),
        ('{ "type": "number", "minimum": 1, "exclusiveMinimum": true }', "draft-04"),
        ('{ "definitions": { "a": { "type": "string" } } }', "draft-07"),
        ('{ "$schema": "http://json-schema.org/draft-06/schema#" }', None),
        ('{ "$defs": { "a": { "type": "string" } } }', None),
        ('{ "type": "string" }', None),
        ('{ "$recursiveRef": "#", "type": "object" }', "2019-09"),
        ("{", None),
        ("[]", None),
    ],
)
def test_files_that_are_only_json_are_schemas_and_their_draft_is_told_by_their_words(
    empty: Project, schema: str, dialect: str | None
) -> None:
    empty.write("schemas/thing.json", schema)
    run = empty.run("init")

    assert (run.returncode, run.stderr) == (0, "")
    assert settings(empty)["files"] == ["**/*.json"]
    assert settings(empty).get("dialect") == dialect


def test_schemas_that_tell_their_draft_tell_that_of_the_others(empty: Project) -> None:
    empty.write("schemas/a.json", '{ "$schema": "http://json-schema.org/draft-06/schema#" }')
    empty.write("schemas/b.json", '{ "type": "string" }')
    empty.run("init")

    assert settings(empty)["dialect"] == "draft-06"


@pytest.mark.parametrize(
    ("folder", "package"),
    [
        ("my-shop", "my_shop_records"),
        ("records", "records"),
        ("1st", "records"),
        ("日本", "records"),
    ],
)
def test_the_package_is_called_by_the_folder(tmp_path: Path, folder: str, package: str) -> None:
    (tmp_path / folder).mkdir()
    project = Project(tmp_path / folder)
    project.run("init")

    assert settings(project)["python"] == {"package": package}
    assert project.run("generate").returncode == 0


def test_a_link_to_a_pyproject_stays_a_link(empty: Project, tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text(OLD)
    (empty.root / "pyproject.toml").symlink_to(real)
    empty.run("init")

    assert (empty.root / "pyproject.toml").is_symlink()
    assert real.read_text().startswith(OLD)
    assert "recordsmith" in real.read_text()


def test_the_rights_of_a_pyproject_stay(empty: Project) -> None:
    file = empty.write("pyproject.toml", OLD)
    file.chmod(0o640)
    empty.run("init")

    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("path", ["schemas", "schemas/shop", "pyproject.toml/x"])
def test_what_is_in_the_way_is_told_and_nothing_is_written(empty: Project, path: str) -> None:
    empty.write(path, "in the way")
    before = [*empty.snapshot()]
    run = empty.run("init")

    assert run.returncode == 1
    assert "[un" in run.stdout
    assert "Traceback" not in run.stderr
    assert [*empty.snapshot()] == before


HELD_UP = """
import os, sys, time
from recordsmith import beginning
from recordsmith.cli.group import main

real, left = beginning._stage, 2

def slowly(target, content):
    global left
    left -= 1
    if left < 0:
        print("now", flush=True)
        time.sleep(20)
    return real(target, content)

beginning._stage = slowly
main(["init"], prog_name="recordsmith")
"""


def test_ctrl_c_leaves_nothing_behind(empty: Project) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HELD_UP],
        cwd=empty.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "now\n"
        os.kill(run.pid, signal.SIGINT)
        _, errors = run.communicate(timeout=10)

    assert run.returncode == 130
    assert errors == "Interrupted; nothing is left half done.\n"
    assert empty.snapshot() == {}


def test_the_project_of_a_folder_above_is_no_hindrance(empty: Project) -> None:
    empty.run("init")
    inner = Project(empty.root / "inner")
    inner.root.mkdir()
    run = inner.run("init")

    assert run.returncode == 0
    assert settings(inner)["python"] == {"package": "inner_records"}
