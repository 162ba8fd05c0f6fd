"""`recordsmith.generate` gives the files that the command would write, and writes none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.generator.project import POINT, Project

import recordsmith


def test_a_folder_of_schemas_becomes_artifacts_and_nothing_is_written(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("contracts/Point.schema.json", POINT)
    before = project.snapshot()
    artifacts = recordsmith.generate(tmp_path / "contracts")

    paths = [str(artifact.path) for artifact in artifacts]
    assert "python/records/records.py" in paths
    assert "MANIFEST.json" in paths
    assert project.snapshot() == before


def test_settings_are_those_of_a_project(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("contracts/thing.json", POINT)
    settings = {"files": ["*.json"], "python": {"package": "things"}}
    artifacts = recordsmith.generate(tmp_path / "contracts", settings=settings)

    assert "python/things/records.py" in [str(artifact.path) for artifact in artifacts]


def test_without_a_folder_the_project_around_is_meant(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("deep/er/note.txt", "")
    monkeypatch.chdir(project.root / "deep/er")
    artifacts = recordsmith.generate()
    project.generate()

    written = {path: text.decode() for path, text in project.generated().items()}
    assert {str(artifact.path): artifact.text for artifact in artifacts} == written


def test_outside_any_project_that_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(recordsmith.ProblemsFound) as found:
        recordsmith.generate()

    assert [problem.rule for problem in found.value.problems] == ["config"]


@pytest.mark.parametrize(
    ("settings", "rule"),
    [({"nonsense": 1}, "config"), ({"python": {"package": "1"}}, "config")],
)
def test_wrong_settings_are_problems(
    project: Project, settings: dict[str, object], rule: str
) -> None:
    with pytest.raises(recordsmith.ProblemsFound) as found:
        recordsmith.generate(project.root / "schemas", settings=settings)

    assert [problem.rule for problem in found.value.problems] == [rule]


def test_a_problem_of_a_schema_has_its_place(project: Project) -> None:
    project.write("schemas/Point.schema.json", '{ "type": "strnig" }')
    with pytest.raises(recordsmith.ProblemsFound) as found:
        recordsmith.generate(project.root / "schemas")

    assert str(found.value).startswith("schemas/Point.schema.json:1:11#/type: ")


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(recordsmith.ProblemsFound) as found:
        recordsmith.generate(tmp_path / "nowhere")

    assert [problem.rule for problem in found.value.problems] == ["no-schemas"]
