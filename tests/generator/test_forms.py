"""Problems come as text, as JSON and as SARIF, and say the same in each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.generator.project import Project

from recordsmith.problems import Location, Problem, as_sarif

FAULTY = """{
  "type": "object",
  "propertys": {},
  "description": "caf\u00e9"
}
"""
HOSTILE = '{ "type": "object", "properties": { "a/b~\\u001b[31m\\n": { "x\\u2028": 1 } } }'


@pytest.fixture
def faulty(project_with: Callable[..., Project]) -> Project:
    """A project with three problems in two files."""
    return project_with({"schemas/a/One.schema.json": FAULTY, "schemas/Two.schema.json": HOSTILE})


def test_as_text_a_problem_is_one_line_with_its_place_and_its_rule(faulty: Project) -> None:
    run = faulty.run("generate")

    assert run.returncode == 1
    assert (
        "schemas/a/One.schema.json:3:16#/propertys: no dialect defines `propertys`;"
        " did you mean `properties`? [unknown-keyword]"
    ) in run.stdout.splitlines()
    assert "2 problems found." in run.stderr


def test_as_text_what_a_schema_says_cannot_break_the_line_or_colour_it(faulty: Project) -> None:
    run = faulty.run("generate")

    assert "\x1b" not in run.stdout
    assert len(run.stdout.splitlines()) == 2


def test_as_json_a_problem_is_an_object_on_a_line(faulty: Project) -> None:
    run = faulty.run("generate", "--format", "json")
    problems = [json.loads(line) for line in run.stdout.split("\n") if line]

    assert run.returncode == 1
    assert [problem["rule"] for problem in problems] == ["unknown-keyword"] * 2
    assert problems[1] == {
        "file": "schemas/a/One.schema.json",
        "line": 3,
        "column": 16,
        "pointer": "/propertys",
        "rule": "unknown-keyword",
        "severity": "error",
        "message": "no dialect defines `propertys`; did you mean `properties`?",
    }


def test_as_sarif_the_log_has_the_essentials_of_2_1_0(faulty: Project) -> None:
    run = faulty.run("generate", "--format", "sarif")
    log = json.loads(run.stdout)

    assert run.returncode == 1
    assert (log["version"], log["$schema"].endswith("sarif-2.1.0.json")) == ("2.1.0", True)
    (only,) = log["runs"]
    driver = only["tool"]["driver"]
    assert driver["name"] == "recordsmith"
    assert [rule["id"] for rule in driver["rules"]] == ["unknown-keyword"]
    assert [result["ruleId"] for result in only["results"]] == ["unknown-keyword"] * 2
    assert all(_is_result(result) for result in only["results"])


def _is_result(result: dict[str, Any]) -> bool:
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    region = physical["region"]
    return (
        result["level"] in ("none", "note", "warning", "error")
        and bool(result["message"]["text"])
        and "\\" not in physical["artifactLocation"]["uri"]
        and min(region["startLine"], region["startColumn"]) >= 1
        and location["logicalLocations"][0]["fullyQualifiedName"].startswith("/")
    )


def test_as_sarif_a_file_name_is_a_uri() -> None:
    log = json.loads(as_sarif([Problem(Location("a b/ü#%.json", "/x", 1, 1), "rule", "why")], "1"))

    (result,) = log["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b/%C3%BC%23%25.json"


def test_as_sarif_a_problem_without_a_line_has_no_region() -> None:
    log = json.loads(as_sarif([Problem(Location("pyproject.toml"), "rule", "why")], "1"))

    (result,) = log["runs"][0]["results"]
    (location,) = result["locations"]
    assert "region" not in location["physicalLocation"]


def test_as_sarif_no_problem_is_a_run_without_results(project: Project) -> None:
    project.generate()
    log = json.loads(as_sarif([], "1"))

    assert log["runs"][0]["results"] == []


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_every_form_goes_to_standard_output_and_the_count_to_standard_error(
    faulty: Project, form: str
) -> None:
    run = faulty.run("generate", "--format", form)

    assert "propertys" in run.stdout
    assert run.stderr == "2 problems found.\n"


def test_a_problem_is_shown_relative_to_the_folder_that_the_command_ran_in(
    faulty: Project,
) -> None:
    run = faulty.run("generate", folder="schemas")

    assert run.stdout.splitlines()[-1].startswith("a/One.schema.json:3:16#/propertys:")
