"""Wherever a text stands in a schema, it stays a text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic import BaseModel, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from tests.generator.project import Project, project_of
from tests.security.intended import planted
from tests.security.positions import POSITIONS, payloads, token
from tests.security.texts import HALVES, texts

from recordsmith import model
from recordsmith.problems import Problem, ProblemsFound

NUMBER_OF_TEXTS = len(texts(Path()))


def sources(made: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The modules that were made for a model, without those that every package has."""
    package = ".".join(made.__module__.split(".")[:2])
    for name, module in sorted(sys.modules.items()):
        if f"{name}.".startswith(f"{package}.") and not name.rpartition(".")[2].startswith("_"):
            loader: Any = module.__loader__
            yield name, loader.get_source(name)


def whole(text: str, names: list[str]) -> dict[str, Any]:
    """A schema that holds the text at the positions."""
    defs = {name: POSITIONS[name](text) for name in names}
    properties = {name: {"$ref": f"#/$defs/{token(name)}"} for name in names}
    return {"title": "Hostile", "type": "object", "properties": properties, "$defs": defs}


def fitting(text: str) -> tuple[type[BaseModel], list[str]]:
    """A model of the text at all positions where it is not refused, and these positions."""
    names = [name for name in POSITIONS if text or ("Ref" not in name and "$ref" not in name)]
    while True:
        try:
            return model(whole(text, names)), names
        except ProblemsFound as refusal:
            refused = {problem.at.pointer.split("/")[2] for problem in refusal.problems}
        assert refused
        names = [name for name in names if name.replace("/", "~1") not in refused]


def judged(text: str, name: str) -> bool:
    """Whether the engine takes what stands at a position for a schema."""
    try:
        jsonschema_rs.validator_for(whole(text, [name]))
    except ValueError:
        return False
    return True


def differing(text: str, names: list[str]) -> Iterator[str]:
    """The payloads for the text at the positions that the schema and its model judge otherwise."""
    schema = whole(text, names)
    judge, made = jsonschema_rs.validator_for(schema), model(schema)
    for name in names:
        for payload in payloads(text):
            wanted = judge.is_valid({name: payload})
            try:
                made.model_validate_json(json.dumps({name: payload}))
            except ValidationError:
                if wanted:
                    yield f"{name}: the model refuses {payload!r:.200}"
            else:
                if not wanted:
                    yield f"{name}: the model accepts {payload!r:.200}"


@pytest.mark.parametrize("index", range(NUMBER_OF_TEXTS))
def test_a_text_anywhere_is_refused_there_or_stays_a_text(tmp_path: Path, index: int) -> None:
    canary = tmp_path / "canary"
    text = texts(canary)[index]
    made, names = fitting(text)

    package = ".".join(made.__module__.split(".")[:2])
    assert [found for _, source in sources(made) for found in planted(source, package)] == []
    assert list(differing(text, [name for name in names if judged(text, name)])) == []
    assert made.model_json_schema()
    assert not canary.exists()


@pytest.mark.parametrize("index", range(NUMBER_OF_TEXTS))
def test_a_text_in_a_project_is_refused_there_or_stays_a_text(tmp_path: Path, index: int) -> None:
    canary = tmp_path / "canary"
    text = texts(canary)[index]
    _, names = fitting(text)
    project = project_of(
        tmp_path / "project",
        {
            "pyproject.toml": "[tool.recordsmith]\n",
            "schemas/Hostile.schema.json": json.dumps(whole(text, names)),
            **{f"schemas/{name}/A.schema.json": '{"type": "object"}' for name in file_names(text)},
            **{f"schemas/{name}.schema.json": '{"type": "object"}' for name in file_names(text)},
        },
    )
    problems = problems_of(project.generate)
    assert all(one.at.file and one.at.file != "/" for one in problems)
    if problems:
        return

    assert list(planted_in(project)) == []
    imported = project.python("import records.records")
    assert imported.returncode == 0, imported.stderr
    assert not canary.exists()


def problems_of(act: Callable[[], object]) -> tuple[Problem, ...]:
    """What is wrong with what an act makes something of."""
    try:
        act()
    except ProblemsFound as refusal:
        return tuple(refusal.problems)
    return ()


def file_names(text: str) -> list[str]:
    """The text as the name of a file, where it may be one."""
    name = text.replace("/", "").replace("\x00", "")[:60]
    return [name] if name.strip(". ") else []


def planted_in(project: Project) -> Iterator[str]:
    for path, content in project.generated().items():
        if path.endswith(".py") and "/_" not in path.replace("__init__", "init"):
            yield from planted(content.decode(), "records")


@pytest.mark.parametrize("half", HALVES, ids=ascii)
@pytest.mark.parametrize("position", POSITIONS)
def test_half_a_surrogate_pair_is_a_problem_where_it_stands(half: str, position: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        model(whole(half, [position]))

    pointers = [problem.at.pointer for problem in found.value.problems]
    assert all(pointer.startswith("/$defs/") for pointer in pointers)


@pytest.mark.parametrize("index", range(NUMBER_OF_TEXTS))
def test_a_uri_of_a_document_that_is_fetched_stays_a_text(tmp_path: Path, index: int) -> None:
    canary = tmp_path / "canary"
    uri = f"http://a.example/{texts(canary)[index]}"

    def retrieve(asked: str) -> Resource[Any]:
        return DRAFT202012.create_resource(whole(asked, ["property", "const"]))

    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    schema = {"type": "object", "properties": {"a": {"$ref": uri}, "b": {"not": {"$ref": uri}}}}
    made: list[type[BaseModel]] = []
    problems = problems_of(lambda: made.append(model(schema, registry=registry)))

    assert all(one.at.file for one in problems)
    for one in made:
        package = ".".join(one.__module__.split(".")[:2])
        assert [found for _, source in sources(one) for found in planted(source, package)] == []
    assert not canary.exists()
