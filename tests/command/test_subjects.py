"""What payloads are to be judged by, named wrong or broken: exit code 2, and what to do."""

from __future__ import annotations

import json

import pytest
from tests.generator.project import POINT, Project

LOG_RECORD = '{"title": "LogRecord", "type": "object"}'
BROKEN = {
    "broken.json": ('{"type": ', "not-json"),
    "reference.json": ('{"$ref": "nope.json"}', "unresolvable-ref"),
    "pattern.json": ('{"pattern": "("}', "invalid-pattern"),
    "number.json": ("5", "not-a-schema"),
    "nope.json": (None, "unreadable"),
    "schema.yaml": ("type: object\n", "not-json"),
}


@pytest.mark.parametrize("command", ["validate", "audit"])
@pytest.mark.parametrize("report", ["text", "json", "sarif", "github", "junit", "summary"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_schema_is_reported_and_no_invalid_record(
    nowhere: Project, name: str, report: str, command: str
) -> None:
    content, rule = BROKEN[name]
    if content is not None:
        nowhere.write(name, content)
    nowhere.write("x.json", "{}")

    run = nowhere.run(command, name, "x.json", "--format", report)

    assert (run.returncode, run.stderr) == (2, "1 problem found.\n")
    assert name in run.stdout
    assert rule in run.stdout


@pytest.mark.parametrize("command", ["validate", "audit"])
@pytest.mark.parametrize("name", list(BROKEN)[:4])
def test_a_broken_schema_elsewhere_in_the_project_is_told_by_its_file(
    project: Project, name: str, command: str
) -> None:
    project.write("schemas/other/Bad.schema.json", BROKEN[name][0] or "")
    project.write("x.json", '{"x": 1}')

    run = project.run(command, "Point", "x.json", "--format", "json")

    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 2
    assert [one["file"] for one in told] == ["schemas/other/Bad.schema.json"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([".", "x.json"], "`.` is a folder; write which file is the schema"),
        (["schemas", "x.json"], "`schemas` is a folder; write which file is the schema"),
        (["schemas/", "x.json"], "`schemas/` is a folder; write which file is the schema"),
        (
            ["", "x.json"],
            "the word for the schema is empty; write the name of a type, or the path of a schema",
        ),
        (["Point", ""], "one of FILES is empty; write a path, or - for standard input"),
        (
            ["https://a.example/b.json", "x.json"],
            (
                "`https://a.example/b.json` is a URL, and nothing is fetched;"
                " write the path of a file that holds it"
            ),
        ),
        (["log_record", "x.json"], "there is no type `log_record`; did you mean `log.LogRecord`?"),
        (
            ["LogRecord.schema", "x.json"],
            "there is no type `LogRecord.schema`; did you mean `log.LogRecord`?",
        ),
        (
            ["log.log_record", "x.json"],
            "there is no type `log.log_record`; did you mean `log.LogRecord`?",
        ),
        (["Piont", "x.json"], "there is no type `Piont`; did you mean `Point`?"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
@pytest.mark.parametrize("command", ["validate", "audit"])
def test_a_word_that_is_no_schema_is_wrong_use(
    project: Project, command: str, words: list[str], sentence: str
) -> None:
    project.write("schemas/log/log_record.schema.json", LOG_RECORD)
    project.write("x.json", '{"x": 1}')

    run = project.run(command, *words)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith(f"\n\nError: {sentence}\n")


def test_a_folder_is_no_schema_outside_of_projects_either(nowhere: Project) -> None:
    nowhere.write("folder/x.json", "{}")

    run = nowhere.run("validate", "folder", "folder/x.json")

    assert run.returncode == 2
    assert run.stderr.endswith("\n\nError: `folder` is a folder; write which file is the schema\n")


def test_a_type_may_be_called_as_a_folder_is(project: Project) -> None:
    project.write("Point/x.json", '{"x": 1}')

    assert project.run("validate", "Point", "Point/x.json").returncode == 0


@pytest.mark.parametrize(
    ("name", "format_"), [("a.yaml", "YAML"), ("a.yml", "YAML"), ("a.toml", "TOML")]
)
def test_a_schema_that_is_no_json_is_told_so(nowhere: Project, name: str, format_: str) -> None:
    nowhere.write(name, "type: object\n")
    nowhere.write("x.json", "{}")

    run = nowhere.run("validate", name, "x.json")

    sentence = f"a schema is read as JSON only, and this is {format_}; convert it"
    assert (run.returncode, run.stdout) == (2, f"{name}: {sentence} [not-json]\n")


def test_json_is_a_schema_whatever_the_file_is_called(nowhere: Project) -> None:
    nowhere.write("a.yaml", POINT)
    nowhere.write("x.json", '{"x": 1}')

    assert nowhere.run("validate", "a.yaml", "x.json").returncode == 0


def test_a_schema_of_another_project_is_read_with_that_project(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What it refers to by `$id` is found there."""
    project.write("schemas/a/A.schema.json", '{"$id": "https://x.example/A", "$ref": "B"}')
    project.write("schemas/B.schema.json", '{"$id": "https://x.example/B", "type": "string"}')
    nowhere = Project(tmp_path_factory.mktemp("nowhere"))
    nowhere.write("a.jsonl", '"a"\n1\n')
    schema = str(project.root / "schemas/a/A.schema.json")

    run = nowhere.run("validate", schema, "a.jsonl", "--format", "json")

    assert (run.returncode, json.loads(run.stdout)["line"]) == (1, 2)
