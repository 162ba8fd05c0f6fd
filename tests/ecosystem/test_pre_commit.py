"""`.pre-commit-hooks.yaml`: what pre-commit runs is a command that there is, on the right files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.generator.project import Project

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(TEXT)}


def words(hook: str, *files: str, args: list[str] | None = None) -> list[str]:
    """The words behind `recordsmith` as pre-commit puts them together."""
    told = HOOKS[hook]
    _, *entry = shlex.split(told["entry"])
    given = told.get("args", []) if args is None else args
    return [*entry, *given, *(files if told.get("pass_filenames", True) else ())]


def test_each_hook_has_what_pre_commit_asks_for() -> None:
    assert [*HOOKS] == ["recordsmith-validate", "recordsmith-check"]
    for hook in HOOKS.values():
        assert {"id", "name", "description", "entry", "language"} <= hook.keys()
        assert hook["language"] == "python"
        assert shlex.split(hook["entry"])[0] == "recordsmith"


@pytest.mark.parametrize(
    ("name", "is_meant"),
    [
        ("a.json", True),
        ("deep/a.jsonl", True),
        ("a.ndjson.gz", True),
        ("a.yml", True),
        ("a.toml", True),
        ("a.py", False),
        ("a.json.md", False),
        ("json", False),
    ],
)
def test_files_of_records_are_validated(name: str, *, is_meant: bool) -> None:
    assert bool(re.search(HOOKS["recordsmith-validate"]["files"], name)) == is_meant


def test_files_are_judged_by_the_type_in_the_arguments(project: Project) -> None:
    project.write("good.json", '{"x": 1}')
    project.write("bad.json", '{"x": "a"}')
    good = project.run(*words("recordsmith-validate", "good.json", args=["Point"]))
    both = project.run(*words("recordsmith-validate", "good.json", "bad.json", args=["Point"]))

    assert (good.returncode, both.returncode) == (0, 1)
    assert both.stdout.startswith('bad.json:1:7#/x: "a" is not a number [type]\n')


def test_without_arguments_a_record_names_its_schema(project: Project) -> None:
    project.write("own.json", '{"$schema": "schemas/Point.schema.json", "x": null}')
    ran = project.run(*words("recordsmith-validate", "own.json"))

    assert (ran.returncode, "[type]" in ran.stdout) == (1, True)


def test_the_generated_files_are_checked(project: Project) -> None:
    stale = project.run(*words("recordsmith-check", "any.json"))
    project.generate()
    fresh = project.run(*words("recordsmith-check", "any.json"))

    assert (stale.returncode, fresh.returncode) == (1, 0)
