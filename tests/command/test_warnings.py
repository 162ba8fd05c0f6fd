"""What is odd about schemas but no problem is told, and stops nothing unless in strict mode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.generator.project import POINT, Project, project_of

ODD = POINT.replace('"title"', '"titel"')
SAYS = "no dialect defines `titel`; did you mean `title`?"
COMMANDS = [["generate", "--force"], ["check"], ["publish"]]


@pytest.fixture
def odd(tmp_path: Path) -> Project:
    """A project with a schema that has a keyword that there is not, up to date."""
    project = project_of(
        tmp_path, {"pyproject.toml": "[tool.recordsmith]\n", "schemas/Point.schema.json": ODD}
    )
    project.generate()
    return project


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_warning_is_told_beside_the_output_and_the_run_goes_on(
    odd: Project, words: list[str]
) -> None:
    run = odd.run(*words)

    assert run.returncode == 0
    assert run.stderr == (
        f"schemas/Point.schema.json:2:12#/titel: warning: {SAYS} [unknown-keyword]\n"
    )
    assert run.stdout.count("\n") == 1


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_for_programs_the_warnings_are_the_output(odd: Project, words: list[str]) -> None:
    run = odd.run(*words, "--format", "json")

    assert run.returncode == 0
    assert [json.loads(line) for line in run.stdout.splitlines()] == [
        {
            "file": "schemas/Point.schema.json",
            "line": 2,
            "column": 12,
            "pointer": "/titel",
            "rule": "unknown-keyword",
            "severity": "warning",
            "message": SAYS,
        }
    ]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_in_sarif_a_warning_has_its_level(odd: Project, words: list[str]) -> None:
    odd.write("schemas/Other.schema.json", '{ "titel": "x" }')
    run = odd.run(*words, "--format", "sarif")

    results = json.loads(run.stdout)["runs"][0]["results"]
    levels = {result["ruleId"]: result["level"] for result in results}
    assert levels["unknown-keyword"] == "warning"
    assert levels.get("stale") == ("error" if words == ["check"] else None)


def test_without_warnings_sarif_is_a_log_without_results(generated: Project) -> None:
    runs = [generated.run(*words, "--format", "sarif") for words in COMMANDS]

    logs = [json.loads(run.stdout)["runs"][0]["results"] for run in runs]
    assert logs == [[], [], []]


def test_for_programs_each_stale_file_is_a_problem(generated: Project) -> None:
    generated.write("schemas/Point.schema.json", POINT.replace("plane", "space"))
    run = generated.run("check", "--format", "json")

    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 1
    assert {one["rule"] for one in found} == {"stale"}
    assert "generated/python/records/records.py" in {one["file"] for one in found}


def test_a_run_with_nothing_to_do_tells_no_warnings(odd: Project) -> None:
    run = odd.run("generate")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "Nothing changed; generated/ is up to date.\n"


def test_people_are_told_some_and_programs_all(odd: Project) -> None:
    for number in range(25):
        odd.write(f"schemas/a/T{number}.schema.json", '{ "titel": "x" }')
    text, objects = odd.run("check"), odd.run("check", "--format", "json")

    lines = text.stderr.splitlines()
    assert len([line for line in lines if "warning: " in line]) == 20
    assert lines[20] == "… and 6 more; --format json tells all."
    assert objects.stdout.count('"warning"') == 26


def test_a_warning_is_told_as_seen_from_here(odd: Project) -> None:
    run = odd.run("check", folder="schemas")

    assert run.stderr.startswith("Point.schema.json:2:12#/titel: warning: ")


@pytest.mark.parametrize("words", [["generate"], ["check"]], ids=" ".join)
def test_in_strict_mode_a_warning_is_a_problem_even_where_nothing_changed(
    odd: Project, words: list[str]
) -> None:
    before = odd.snapshot()
    by_option = odd.run(*words, "--strict")
    odd.write("pyproject.toml", "[tool.recordsmith]\nstrict = true\n")
    by_setting = odd.run(*words)

    for run in (by_option, by_setting):
        assert (run.returncode, run.stderr) == (1, "1 problem found.\n")
        assert run.stdout == f"schemas/Point.schema.json:2:12#/titel: {SAYS} [unknown-keyword]\n"
    assert odd.snapshot()["generated/MANIFEST.json"] == before["generated/MANIFEST.json"]


def test_what_is_generated_does_not_depend_on_the_mode(generated: Project) -> None:
    generated.write("pyproject.toml", '[tool.recordsmith]\nformats = "assert"\n')
    runs = [generated.run(*words) for words in (["check"], ["check", "--strict"], ["generate"])]

    assert [run.returncode for run in runs] == [0, 0, 0]
    assert runs[2].stdout.startswith("Nothing changed")
