"""`recordsmith publish` writes the schemas where it is told, and nowhere else."""

from __future__ import annotations

import hashlib
import json

import pytest
from tests.generator.project import SETTINGS, Project

PUBLISHED = [
    "bundle.schema.json",
    "flat.schema.json",
    "manifest.json",
    "schemas/Point.schema.json",
]


def published(project: Project, folder: str) -> list[str]:
    root = project.root / folder
    return sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())


def test_the_schemas_are_published_into_the_folder_of_the_settings(project: Project) -> None:
    project.write("pyproject.toml", f'{SETTINGS}published = "out/schemas"\n')
    run = project.run("publish")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "Published 4 files in out/schemas/: 4 changed.\n"
    assert published(project, "out/schemas") == PUBLISHED


def test_without_a_setting_that_is_dist_json_schema(project: Project) -> None:
    run = project.run("publish")

    assert "in dist/json-schema/" in run.stdout
    assert published(project, "dist/json-schema") == PUBLISHED


def test_an_option_says_another_folder_seen_from_here(project: Project) -> None:
    run = project.run("publish", "--out", "there", folder="schemas")

    assert run.returncode == 0
    assert published(project, "schemas/there") == PUBLISHED


def test_a_folder_beyond_the_project_may_be_named(project: Project) -> None:
    outside = project.root / "inner"
    inner = Project(outside)
    inner.write("pyproject.toml", SETTINGS)
    inner.write("schemas/A.schema.json", '{ "type": "string" }')
    run = inner.run("publish", "--out", "../beyond")

    assert run.returncode == 0
    assert (project.root / "beyond/schemas/A.schema.json").is_file()


def test_the_manifest_has_the_digest_of_every_file(project: Project) -> None:
    project.write("pyproject.toml", f'{SETTINGS}version = "3.2.1"\n')
    project.run("publish")
    folder = project.root / "dist/json-schema"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))

    digests = {
        path: hashlib.sha256((folder / path).read_bytes()).hexdigest()
        for path in PUBLISHED
        if path != "manifest.json"
    }
    assert manifest["version"] == "3.2.1"
    assert {entry["path"]: entry["sha256"] for entry in manifest["files"]} == digests


def test_a_second_run_changes_nothing(project: Project) -> None:
    project.run("publish")
    before = project.snapshot()
    run = project.run("publish")

    assert run.stdout == "Published 4 files in dist/json-schema/: 0 changed.\n"
    assert {path: text for path, (_, text) in project.snapshot().items()} == {
        path: text for path, (_, text) in before.items()
    }


def test_a_schema_that_is_gone_is_no_longer_published(project: Project) -> None:
    extra = project.write("schemas/a/Extra.schema.json", '{ "type": "string" }')
    project.run("publish")
    extra.unlink()
    project.run("publish")

    assert published(project, "dist/json-schema") == PUBLISHED


def test_what_is_published_is_what_is_generated(generated: Project) -> None:
    generated.run("publish")
    folders = [generated.root / folder for folder in ("generated/json-schema", "dist/json-schema")]

    assert [
        path
        for path in PUBLISHED
        if (folders[0] / path).read_bytes() != (folders[1] / path).read_bytes()
    ] == []


@pytest.mark.parametrize("folder", ["generated", "schemas", "."])
def test_a_folder_that_holds_something_else_is_not_published_into(
    generated: Project, folder: str
) -> None:
    before = generated.snapshot()
    run = generated.run("publish", "--out", folder)

    assert run.returncode in (1, 2)
    assert generated.snapshot() == before


def test_a_file_where_the_folder_is_to_be_is_wrong_use(project: Project) -> None:
    project.write("taken", "a file")
    run = project.run("publish", "--out", "taken")

    assert run.returncode == 2
    assert "Traceback" not in run.stderr
