"""A run after a change makes again what depends on it, and no more; it comes out the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from tests.generator.project import Project

from recordsmith.reuse import FOLDER
from recordsmith.targets.python.modules import Composer

TEXT = {"type": "string"}
BASE = {"type": "object", "properties": {"a": TEXT, "b": {"type": "integer"}}, "required": ["a"]}
USER = {"type": "object", "properties": {"base": {"$ref": "../one/Base.schema.json"}}}
HEIR = {
    "allOf": [{"$ref": "../one/Base.schema.json"}, {"properties": {"c": TEXT}}],
    "type": "object",
}
ALONE = {"type": "object", "properties": {"z": TEXT}}
SCHEMAS: dict[str, Any] = {
    "one/Base": BASE,
    "two/User": USER,
    "three/Heir": HEIR,
    "four/Alone": ALONE,
}

CHANGES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing that others look at": ({"four/Alone": {**ALONE, "description": "New."}}, {"four"}),
    "a record that others refer to": (
        {"one/Base": {**BASE, "required": ["a", "b"]}},
        {"one", "three"},
    ),
    "a new type in a module": ({"four/Another": ALONE}, {"four", "one", "three", "two"}),
    "a record becomes an alias": (
        {"one/Base": {"type": "string"}, "three/Heir": ALONE},
        {"one", "three"},
    ),
}


@pytest.fixture
def project(project_with: Callable[..., Project]) -> Project:
    return project_with(
        {f"schemas/{name}.schema.json": json.dumps(SCHEMAS[name]) for name in SCHEMAS}
    )


@pytest.fixture
def remade(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules that are made, and not taken from the last run."""
    made: set[str] = set()
    make = Composer._made  # noqa: SLF001 - what is made is seen nowhere else

    def watched(composer: Composer, home: Any, *others: Any) -> Any:
        made.add(".".join(home))
        return make(composer, home, *others)

    monkeypatch.setattr(Composer, "_made", watched)
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_what_depends_on_a_change_is_made_again(
    project: Project, remade: set[str], change: str
) -> None:
    schemas, expected = CHANGES[change]
    project.generate()
    remade.clear()
    for name, schema in schemas.items():
        project.write(f"schemas/{name}.schema.json", json.dumps(schema))
    project.generate()
    remembered = project.generated()
    shutil.rmtree(project.root / FOLDER)

    assert remade == expected
    project.generate(force=True)
    assert project.generated() == remembered


def test_a_generated_file_that_was_deleted_is_made_again(
    project: Project, remade: set[str]
) -> None:
    project.generate()
    before = project.generated()
    remade.clear()
    (project.root / "generated/python/records/two.py").unlink()
    project.generate()

    assert project.generated() == before
    assert remade == {"two"}


@pytest.mark.parametrize("content", ["", "{", '{"made_by": 1}', "[" * 100_000, '{"made_by": {}}'])
def test_a_memory_that_is_none_is_no_problem(project: Project, content: str) -> None:
    project.generate()
    before = project.generated()
    project.write(f"{FOLDER}/python.json", content)
    project.write("schemas/four/Alone.schema.json", json.dumps({**ALONE, "description": "New."}))
    project.generate()
    project.write("schemas/four/Alone.schema.json", json.dumps(ALONE))
    project.generate()

    assert project.generated() == before


def test_the_memory_is_kept_out_of_version_control(project: Project) -> None:
    project.generate()

    assert (project.root / FOLDER / ".gitignore").read_text("utf-8") == "*\n"
