"""Every planted fault is reported where it is, in words, and no file is written."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.generator.faults import FILE, Fault
from tests.generator.faults_of_behaviours import FAULTS_OF_BEHAVIOURS
from tests.generator.faults_of_files import FAULTS_OF_FILES
from tests.generator.faults_of_histories import FAULTS_OF_HISTORIES
from tests.generator.faults_of_lifecycles import FAULTS_OF_LIFECYCLES
from tests.generator.faults_of_mixins import FAULTS_OF_MIXINS
from tests.generator.faults_of_projects import FAULTS_OF_PROJECTS
from tests.generator.faults_of_references import FAULTS_OF_REFERENCES
from tests.generator.faults_of_schemas import FAULTS_OF_SCHEMAS
from tests.generator.faults_of_shapes import FAULTS_OF_SHAPES
from tests.generator.project import Project
from tests.generator.rules import rules_in_the_source

from recordsmith import pipeline
from recordsmith.problems import ProblemsFound

FAULTS = [
    *FAULTS_OF_FILES,
    *FAULTS_OF_SCHEMAS,
    *FAULTS_OF_REFERENCES,
    *FAULTS_OF_SHAPES,
    *FAULTS_OF_LIFECYCLES,
    *FAULTS_OF_HISTORIES,
    *FAULTS_OF_BEHAVIOURS,
    *FAULTS_OF_MIXINS,
    *FAULTS_OF_PROJECTS,
]

ELSEWHERE = {"outside-root", "stale", "unreadable", "unusable-schema"}
"""The rules of tests of their own, and that of what an engine refuses for reasons of its own."""


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_reported_where_it_is_and_nothing_is_written(
    project_with: Callable[..., Project], fault: Fault
) -> None:
    project = project_with({})
    fault.plant(project)
    before = project.snapshot()
    with pytest.raises(ProblemsFound) as found:
        fault.act(project)

    reported = sorted((str(one.at), one.rule, one.sentence) for one in found.value.problems)
    expected = sorted(fault.expected())
    assert [one[:2] for one in reported] == [one[:2] for one in expected], reported
    assert all(
        words in sentence for (*_, sentence), (*_, words) in zip(reported, expected, strict=True)
    ), reported
    assert project.snapshot() == before


def test_every_rule_in_the_source_has_a_planted_fault() -> None:
    planted = {one.rule for fault in FAULTS for one in fault.problems}

    assert rules_in_the_source() - planted - ELSEWHERE == set()
    assert planted - rules_in_the_source() == set()


def test_every_planted_fault_has_a_name_of_its_own() -> None:
    twice = [name for name, count in Counter(map(str, FAULTS)).items() if count > 1]

    assert twice == []


def test_a_link_out_of_the_schemas_is_not_followed(
    project_with: Callable[..., Project],
) -> None:
    project = project_with({"secret.json": '{ "title": "Secret" }', "schemas/note.txt": ""})
    (project.root / "schemas/Link.schema.json").symlink_to("../secret.json")
    with pytest.raises(ProblemsFound) as found:
        project.generate()

    assert [(str(one.at), one.rule) for one in found.value.problems] == [
        ("schemas/Link.schema.json:1:1", "outside-root")
    ]


def test_a_folder_that_is_a_link_out_of_the_schemas_is_not_followed(
    project_with: Callable[..., Project],
) -> None:
    other = '{ "title": "Elsewhere", "type": "string" }'
    project = project_with({"other/Elsewhere.schema.json": other, "schemas/note.txt": ""})
    (project.root / "schemas/linked").symlink_to("../other")
    with suppress(ProblemsFound):
        project.generate()

    assert [path for path, text in project.generated().items() if b"Elsewhere" in text] == []


def test_a_file_that_cannot_be_read_is_a_problem(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    config = project.config
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ProblemsFound) as found:
        pipeline.generate(config)

    assert [(one.at.file, one.rule) for one in found.value.problems] == [
        ("schemas/Point.schema.json", "unreadable")
    ]


@pytest.mark.parametrize("keyword", ["$ref", "$id", "$schema", "x-extends"])
def test_nothing_asks_the_network(
    project_with: Callable[..., Project], monkeypatch: pytest.MonkeyPatch, keyword: str
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    text = f'{{ "{keyword}": "https://127.0.0.1:9/a", "type": "object", "properties": {{}} }}'
    project = project_with({FILE: text})
    with suppress(ProblemsFound):
        project.generate()

    assert project.root.is_dir()


def test_problems_are_told_in_the_order_of_the_text(project_with: Callable[..., Project]) -> None:
    text = '{\n  "type": "strnig",\n  "minLength": -1,\n  "enum": 1\n}'
    project = project_with({"schemas/b.schema.json": text, "schemas/a.schema.json": text})
    with pytest.raises(ProblemsFound) as found:
        project.generate()

    places = [(one.at.file, one.at.line) for one in found.value.problems]
    assert places == [(f"schemas/{file}.schema.json", line) for file in "ab" for line in (2, 3, 4)]
