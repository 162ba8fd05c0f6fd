"""The tests reach every type: a new schema file is a new subject, and no type has no schema."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.conformance.judge import Judge
from tests.conformance.making import Maker
from tests.conformance.subjects import PACKAGE, Subject, discover


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a schema file that nobody has heard of."""
    document = {"$id": "https://schemas.example/a/b/New.json", "title": "New", "type": "string"}
    file = tmp_path / "a" / "b" / "New.schema.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document))
    return tmp_path


def test_a_new_schema_file_is_a_new_subject(folder: Path) -> None:
    found = [(subject.module, subject.name) for subject in discover(folder)]

    assert found == [("a.b", "New")]


def test_a_new_schema_file_is_known_to_the_judge(folder: Path) -> None:
    judge = Judge(folder)
    (subject,) = discover(folder)

    assert judge.accepts(subject.uri, '"x"')
    assert not judge.accepts(subject.uri, "1")


def test_a_new_schema_file_has_payloads_made_from_it(folder: Path) -> None:
    (subject,) = discover(folder)

    @settings(max_examples=5, derandomize=True, database=None)
    @given(Maker(Judge(folder).documents).payloads(subject.uri))
    def is_text(payload: object) -> None:
        assert isinstance(payload, str)

    is_text()


def test_every_schema_has_become_a_type(subject: Subject) -> None:
    type_ = subject.type

    assert not inspect.isclass(type_) or type_.__name__ == subject.name


def test_every_type_has_a_schema(subjects: dict[str, Subject]) -> None:
    modules = {importlib.import_module(f"{PACKAGE}.{one.module}") for one in subjects.values()}
    classes = {
        name
        for module in modules
        for name, value in inspect.getmembers(module, inspect.isclass)
        if value.__module__ == module.__name__
    }

    assert classes - subjects.keys() == set()


def test_every_file_of_cases_is_named_as_a_type(subjects: dict[str, Subject]) -> None:
    files = {file.stem for file in Path(__file__).parent.glob("cases/*.json")}

    assert files - subjects.keys() == set()
