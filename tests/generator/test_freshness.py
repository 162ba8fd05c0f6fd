"""A run with nothing to do touches nothing and says so; a change of any input is work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.generator.project import POINT, SETTINGS, Project

from recordsmith.freshness import is_fresh

SCHEMA = "schemas/Point.schema.json"
MIXIN = "mixins/python/Point.py.jinja"
METHOD = "class {{ name }}:\n    def method(self) -> int:\n        return 1\n"


@pytest.fixture
def project(project_with: Callable[..., Project]) -> Project:
    return project_with({SCHEMA: POINT, MIXIN: METHOD})


def test_what_is_just_generated_is_fresh(generated: Project) -> None:
    assert is_fresh(generated.config)


def test_nothing_generated_is_not_fresh(project: Project) -> None:
    assert not is_fresh(project.config)


def test_a_run_with_nothing_to_do_touches_no_file_and_says_so(generated: Project) -> None:
    before = generated.snapshot()
    run = generated.run("generate")

    assert run.returncode == 0
    assert run.stdout == "Nothing changed; generated/ is up to date.\n"
    assert generated.snapshot() == before


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (SCHEMA, POINT.replace("plane", "space")),
        ("schemas/deep/er/Other.schema.json", POINT),
        (MIXIN, METHOD.replace("1", "2")),
        ("pyproject.toml", f'{SETTINGS}version = "2.0.0"\n'),
        ("pyproject.toml", f'{SETTINGS}python.description = "Others."\n'),
        ("pyproject.toml", f"{SETTINGS}python.runtime_descriptions = true\n"),
        ("generated/python/records/records.py", ""),
        ("generated/MANIFEST.json", "{}"),
    ],
)
def test_a_change_of_any_input_or_output_is_work(
    generated: Project, path: str, content: str
) -> None:
    generated.write(path, content)

    assert not is_fresh(generated.config)


@pytest.mark.parametrize("path", [SCHEMA, MIXIN, "generated/python/records/py.typed"])
def test_a_file_that_is_gone_is_work(generated: Project, path: str) -> None:
    (generated.root / path).unlink()

    assert not is_fresh(generated.config)


def test_another_name_of_a_schema_file_is_work(generated: Project) -> None:
    (generated.root / SCHEMA).rename(generated.root / "schemas/Other.schema.json")

    assert not is_fresh(generated.config)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("schemas/README.md", "# Words"),
        ("generated/note.txt", "mine"),
        ("pyproject.toml", f"# words\n{SETTINGS}"),
        ("pyproject.toml", f'{SETTINGS}\n[project]\nname = "other"\n'),
    ],
)
def test_what_is_no_input_is_no_work(generated: Project, path: str, content: str) -> None:
    generated.write(path, content)

    assert is_fresh(generated.config)


def test_a_new_time_stamp_alone_is_no_work(generated: Project) -> None:
    for path in (SCHEMA, MIXIN, "generated/python/records/records.py"):
        (generated.root / path).touch()

    assert is_fresh(generated.config)


@pytest.mark.parametrize("path", [SCHEMA, MIXIN, "pyproject.toml"])
def test_a_change_is_generated_and_counted(generated: Project, path: str) -> None:
    changed = {
        SCHEMA: POINT.replace('"x"]', '"x", "y"]'),
        MIXIN: METHOD.replace("1", "2"),
        "pyproject.toml": f'{SETTINGS}python.description = "Others."\n',
    }
    generated.write(path, changed[path])
    run = generated.run("generate")

    assert run.returncode == 0
    assert run.stdout.startswith("Generated 11 files in generated/: ")
    assert is_fresh(generated.config)
