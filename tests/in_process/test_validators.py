"""What a validator is made of: a type, a file, a schema; once, and anew when a file changes."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.generator.project import SETTINGS, Project

import recordsmith

STAMP = '{"$ref": "other.json#/$defs/a", "format": "date"}'


def change(project: Project, path: str, content: str) -> None:
    """Write a file so that its time tells, however coarse the clock of the file system is."""
    file = project.write(path, content)
    later = file.stat().st_mtime_ns + 10**9
    os.utime(file, ns=(later, later))


def test_a_type_is_known_by_its_name_anywhere_in_the_project(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("deep/er/note.txt", "")
    monkeypatch.chdir(project.root / "deep/er")

    assert recordsmith.validator("Point").is_valid({"x": 1})


def test_a_project_may_be_elsewhere(
    project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    assert recordsmith.validator("Point", project=project.root / "schemas").is_valid({"x": 1})


def test_where_no_project_is_none_is_found(tmp_path: Path) -> None:
    with pytest.raises(recordsmith.ProblemsFound, match=r"\[config\]"):
        recordsmith.validator("Point", project=tmp_path)


def test_a_name_that_is_none_is_a_problem_with_a_hint(project: Project) -> None:
    del project
    with pytest.raises(recordsmith.ProblemsFound, match="did you mean `Point`"):
        recordsmith.validator("Piont")


def test_a_file_is_a_schema_with_those_beside_it(project: Project) -> None:
    project.write("apart/one.json", STAMP)
    project.write("apart/other.json", '{"$defs": {"a": {"type": "string"}}}')

    assert recordsmith.validator("apart/one.json").is_valid('"2024-02-29"')
    assert not recordsmith.validator("apart/one.json").is_valid("3")


def test_a_path_is_a_file_without_a_suffix_too(project: Project) -> None:
    project.write("Point", "false")

    assert not recordsmith.validator(Path("Point")).is_valid({"x": 1})


def test_a_schema_is_itself(project: Project) -> None:
    del project
    recursive = {"items": {"$ref": "#"}, "type": "array"}

    assert recordsmith.validator(recursive).is_valid([[[]]])
    assert [one.at.pointer for one in recordsmith.validator(recursive).iter_errors([[3]])] == [
        "/0/0"
    ]
    assert recordsmith.validator(True).is_valid(None)
    assert not recordsmith.validator(False).is_valid(None)


def test_a_schema_has_the_settings_of_a_project_only_if_one_is_named(project: Project) -> None:
    project.write("pyproject.toml", SETTINGS)
    schema = {"format": "date"}

    assert recordsmith.validator(schema).is_valid('"x"')
    assert not recordsmith.validator(schema, project=project.root).is_valid('"x"')
    assert recordsmith.validator(schema, project=".", formats="annotate").is_valid('"x"')


def test_a_schema_that_is_none_is_a_problem(project: Project) -> None:
    del project
    with pytest.raises(recordsmith.ProblemsFound, match="strnig"):
        recordsmith.validator({"type": "strnig"})


def test_what_is_asked_for_again_is_the_same(project: Project) -> None:
    del project
    first = recordsmith.validator("Point")

    assert recordsmith.validator("Point") is first
    assert recordsmith.validator("Point", formats="annotate") is not first


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("schemas/Point.schema.json", "true"),
        ("pyproject.toml", SETTINGS + 'dialect = "draft-07"\n'),
        ("schemas/Other.schema.json", "true"),
    ],
)
def test_a_file_that_changed_is_read_anew(project: Project, path: str, content: str) -> None:
    first = recordsmith.validator("Point")
    change(project, path, content)
    second = recordsmith.validator("Point")

    assert second is not first
    assert not first.is_valid(b"{}")
    assert second.is_valid(b"{}") == (content == "true" and "Point" in path)


def test_a_document_that_is_referred_to_is_looked_at_too(project: Project) -> None:
    project.write("apart/one.json", STAMP)
    project.write("apart/other.json", '{"$defs": {"a": {"type": "string"}}}')
    assert not recordsmith.validator("apart/one.json").is_valid("3")
    change(project, "apart/other.json", '{"$defs": {"a": true}}')

    assert recordsmith.validator("apart/one.json").is_valid("3")


def test_a_document_of_a_configured_folder_is_looked_at_too(project: Project) -> None:
    project.write("pyproject.toml", SETTINGS + 'roots = {"https://a.example/" = "vendor"}\n')
    project.write("vendor/b.schema.json", '{"type": "string"}')
    project.write("schemas/B.schema.json", '{"title": "B", "$ref": "https://a.example/b"}')
    assert not recordsmith.validator("B").is_valid("3")
    change(project, "vendor/b.schema.json", "true")

    assert recordsmith.validator("B").is_valid("3")


def test_a_project_that_comes_to_be_nearer_is_the_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("inner/schemas/Point.schema.json", "true")
    monkeypatch.chdir(project.root / "inner")
    assert not recordsmith.validator("Point").is_valid("3")
    project.write("inner/pyproject.toml", SETTINGS)

    assert recordsmith.validator("Point").is_valid("3")


def test_threads_share_a_validator(project: Project) -> None:
    del project
    texts = [f'{{"x": {n if n % 3 else "null"}}}' for n in range(600)]

    def asked(text: str) -> tuple[bool, list[str]]:
        validator = recordsmith.validator("Point")
        return validator.is_valid(text), [str(one) for one in validator.iter_errors(text)]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(asked, texts))

    assert together == [asked(text) for text in texts]
    assert sum(valid for valid, _ in together) == 400


def test_threads_that_ask_at_once_get_one_validator(project: Project) -> None:
    del project
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(recordsmith.validator, ["Point"] * 50))

    assert len(set(map(id, found))) == 1


def test_another_process_can_be_given_a_validator(project: Project) -> None:
    del project
    validator = recordsmith.validator("Point")
    copied = pickle.loads(pickle.dumps(validator))  # noqa: S301 - our own

    assert str(copied) == str(validator)
    assert [*copied.iter_errors('{"x": null}')] == [*validator.iter_errors('{"x": null}')] != []


def test_another_process_can_be_given_what_was_raised(project: Project) -> None:
    del project
    with pytest.raises(recordsmith.InvalidPayload) as raised:
        recordsmith.validator("Point").validate({})
    copied = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - our own

    assert (str(copied), copied.problems) == (str(raised.value), raised.value.problems)
