"""`recordsmith audit` as somebody meets it."""

from __future__ import annotations

import json
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from tests.audit.schemas import SCHEMAS
from tests.generator.project import COMMAND, Project

from recordsmith.audit import diagram
from recordsmith.cli.group import main

ROOT = Path(__file__).parents[2]

LEGAL = [
    {"events": [{"what": "new", "when/at": "2024-01-02T03:00:00Z"}]},
    {
        "events": [
            {"what": "new", "when/at": "2024-01-02T03:00:00Z"},
            {"what": "on the way", "when/at": "2024-01-02T05:30:00+02:00"},
            {"what": "delivered", "when/at": "2024-01-02T04:00:00Z"},
        ]
    },
]
ILLEGAL = {
    "events": [
        {"what": "delivered", "when/at": "2024-01-02T03:00:00Z"},
        {"what": "new", "when/at": "2024-01-02T04:00:00Z"},
    ]
}

TEXT = """\
parcels.jsonl:3:71#/events/1: Delivered -> New is no transition; nothing follows Delivered \
[illegal-transition]
    record 3 · schemas/ParcelState.schema.json#/x-lifecycle/transitions/Delivered

Transitions, from the state of the row to that of the column:

                New  OnTheWay Delivered      Lost
(first)           2         -         1         -
New                         1                   -
OnTheWay                              1         -
Delivered        !1
Lost                        -

! no transition of the lifecycle   - one that was not seen

Time in each state, until another follows:

             stays      p50      p90      p99      max  last in
New              1   30 min   30 min   30 min   30 min        2
OnTheWay         1   30 min   30 min   30 min   30 min        -
Delivered        1      1 h      1 h      1 h      1 h        1
Lost             -        -        -        -        -        -
"""


@pytest.fixture
def project(project_with: Callable[[Mapping[str, Any]], Project]) -> Project:
    """A project with three parcels, of which one has an illegal history."""
    project = project_with(SCHEMAS)
    project.write("parcels.jsonl", "".join(f"{json.dumps(one)}\n" for one in [*LEGAL, ILLEGAL]))
    project.write("legal.jsonl", "".join(f"{json.dumps(one)}\n" for one in LEGAL))
    return project


def test_people_get_the_findings_and_two_tables(project: Project) -> None:
    run = project.run("audit", "Parcel", "parcels.jsonl")

    assert (run.stdout, run.returncode) == (TEXT, 1)
    assert run.stderr == "3 records replayed: 1 finding in 1 of them.\n"


def test_where_all_is_legal_the_exit_code_is_0(project: Project) -> None:
    run = project.run("audit", "Parcel", "legal.jsonl")

    assert run.returncode == 0
    assert run.stdout.startswith("Transitions, ")
    assert run.stderr == "2 records replayed: no findings.\n"


def test_what_is_invalid_is_not_replayed_and_is_for_validate(project: Project) -> None:
    project.write("odd.jsonl", '{"events": 5}\n{\n{"events": []}\n')
    run = project.run("audit", "Parcel", "odd.jsonl", "--format", "json")

    (told,) = map(json.loads, run.stdout.splitlines())
    assert (told["summary"]["records"], told["summary"]["invalid"]) == (3, 2)
    assert run.stderr == (
        "1 record replayed: no findings; 2 records invalid and not replayed:"
        " `recordsmith validate` tells why.\n"
    )
    assert run.returncode == 1


def test_no_record_is_no_fault(project: Project) -> None:
    project.write("empty.jsonl", "")
    run = project.run("audit", "Parcel", "empty.jsonl", "--diagram", "empty.svg")

    assert (run.returncode, run.stderr) == (0, "0 records replayed: no findings.\n")
    assert ET.parse(project.root / "empty.svg").getroot().tag.endswith("svg")  # noqa: S314


def test_programs_get_a_line_each_and_a_summary_last(project: Project) -> None:
    run = project.run("audit", "Parcel", "parcels.jsonl", "--format", "json")

    first, last = map(json.loads, run.stdout.splitlines())
    assert first == {
        "file": "parcels.jsonl",
        "line": 3,
        "column": 71,
        "pointer": "/events/1",
        "rule": "illegal-transition",
        "severity": "error",
        "message": "Delivered -> New is no transition; nothing follows Delivered",
        "record": 3,
        "value": '{"what": "new", "when/at": "2024-01-02T04:00:00Z"}',
        "schema": "schemas/ParcelState.schema.json#/x-lifecycle/transitions/Delivered",
    }
    assert last["summary"]["findings"] == {"illegal-transition": 1}


@pytest.fixture
def odd(project: Project) -> Project:
    """A project with an illegal history, an invalid record, and a legal history."""
    lines = [json.dumps(ILLEGAL), '{"events": 5}', json.dumps(LEGAL[0])]
    project.write("odd.jsonl", "\n".join(lines))
    return project


NOT_REPLAYED = "1 of 3 records are invalid and were not replayed; `recordsmith validate` tells why"


def test_sarif_is_one_object(odd: Project) -> None:
    run = odd.run("audit", "Parcel", "odd.jsonl", "--format", "sarif")

    (log,) = json.loads(run.stdout)["runs"]
    assert [one["ruleId"] for one in log["results"]] == ["illegal-transition", "not-replayed"]


def test_github_marks_the_lines(odd: Project) -> None:
    run = odd.run("audit", "Parcel", "odd.jsonl", "--format", "github")

    first, second, notice = run.stdout.splitlines()
    assert first.startswith("::error file=odd.jsonl,line=1,col=71,title=illegal-transition::")
    assert second == f"::error file=odd.jsonl,title=not-replayed::{NOT_REPLAYED}"
    assert notice.startswith("::notice title=recordsmith::2 records replayed: 1 finding in 1")


def test_junit_counts_records_and_those_with_findings(odd: Project) -> None:
    run = odd.run("audit", "Parcel", "odd.jsonl", "--format", "junit")

    suites = ET.fromstring(run.stdout)  # noqa: S314
    (suite,) = suites
    counts = [suites.get(key) for key in ("tests", "failures", "errors")]
    assert counts == ["4", "1", "1"]
    assert [case.get("name") for case in suite] == ["record 1", "the file"]


def test_a_summary_groups_the_findings_before_the_tables(odd: Project) -> None:
    run = odd.run("audit", "Parcel", "odd.jsonl", "--format", "summary")

    assert "illegal-transition /events/*" in run.stdout
    assert run.stdout.index("illegal-transition") < run.stdout.index("Transitions, from")


def test_findings_are_counted_beyond_those_that_are_told(project: Project) -> None:
    project.write("bad.jsonl", f"{json.dumps(ILLEGAL)}\n" * 5)
    run = project.run("audit", "Parcel", "bad.jsonl", "--format", "json", "--max-errors", "2")

    *told, last = map(json.loads, run.stdout.splitlines())
    assert [one["line"] for one in told] == [1, 2]
    assert last["summary"]["findings"] == {"illegal-transition": 5}
    assert run.stderr == "5 records replayed: 5 findings in 5 of them, 3 not shown.\n"


def test_standard_input_and_a_schema_s_path_will_do(project: Project) -> None:
    run = subprocess.run(
        [COMMAND, "audit", "schemas/Parcel.schema.json"],
        cwd=project.root,
        input=json.dumps(ILLEGAL),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 1
    assert "<stdin>:1:71#/events/1: Delivered -> New" in run.stdout


def test_outside_of_a_project_a_schema_s_path_will_do(project: Project) -> None:
    (project.root / "pyproject.toml").unlink()
    run = project.run("audit", "schemas/Parcel.schema.json", "parcels.jsonl")

    assert run.returncode == 1
    assert run.stdout.partition("\n")[0] == TEXT.partition("\n")[0]
    assert run.stdout.partition("\n\n")[2] == TEXT.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Plain", "legal.jsonl"], "`Plain` has no `x-history`"),
        (["Parcle", "legal.jsonl"], "did you mean `Parcel`?"),
        (["Parcel", "nope.jsonl"], "there is no such file"),
        (["Parcel", "legal.jsonl", "--order", "size"], "arrival"),
        (["Parcel", "legal.jsonl", "--stuck-for", "6 hours"], "90s, 15m, 6h, 1d12h"),
        (["Parcel", "legal.jsonl", "--stuck-since", "yesterday"], "2024-01-02T03:04:05Z"),
        (["Parcel", "legal.jsonl", "--now", "2024-01-02T03:04:05"], "no time with an offset"),
        (["Parcel", "legal.jsonl", "--now", "2024-01-02T03:04:05Z"], "--stuck-for"),
        (
            ["Parcel", "a", "--stuck-for", "1h", "--stuck-since", "2024-01-02T03:04:05Z"],
            "write one of them",
        ),
        (["Parcel", "legal.jsonl", "--diagram", "a.gif"], ".svg and .png"),
        (["Parcel", "legal.jsonl", "--diagram", "no/a.svg"], "there is no folder no"),
        (["Parcel", "legal.jsonl", "--max-errors", "-1"], "x>=0"),
    ],
    ids=str,
)
def test_wrong_use_is_told(project: Project, words: list[str], says: str) -> None:
    run = project.run("audit", *words)

    assert (run.returncode, run.stdout) == (2, "")
    assert says in run.stderr


def test_stuck_is_told_if_wanted(project: Project) -> None:
    quiet = project.run("audit", "Parcel", "legal.jsonl", "--stuck-for", "1h")
    found = project.run("audit", "Parcel", "legal.jsonl", "--stuck-for", "59m")
    never = project.run(
        *("audit", "Parcel", "legal.jsonl", "--stuck-for", "1d", "--now", "0001-01-01T00:00:00Z")
    )

    assert "[stuck]" not in quiet.stdout + never.stdout
    assert (
        "legal.jsonl:1:13#/events/0: New is no end, and nothing has followed since"
        " 2024-01-02T03:00:00Z [stuck]"
    ) in found.stdout


def test_the_start_is_told_if_wanted(project: Project) -> None:
    run = project.run("audit", "Parcel", "parcels.jsonl", "--from-start", "--format", "json")

    assert [json.loads(line).get("rule") for line in run.stdout.splitlines()] == [
        *("initial", "illegal-transition", None),
    ]


def test_a_diagram_is_drawn(project: Project) -> None:
    for name in ("a.svg", "b.PNG"):
        run = project.run("audit", "Parcel", "parcels.jsonl", "--diagram", name)
        assert (run.stdout, run.returncode) == (TEXT, 1)

    content = (project.root / "b.PNG").read_bytes()
    svg = ET.parse(project.root / "a.svg").getroot()  # noqa: S314
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (
        2 * int(svg.get("width", "")),
        2 * int(svg.get("height", "")),
    )
    assert not [one for one in project.root.iterdir() if one.name.startswith(".")]


def test_a_png_takes_pillow_and_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram, "find_spec", lambda _: None)
    monkeypatch.chdir(project.root)
    run = CliRunner().invoke(main, ["audit", "Parcel", "legal.jsonl", "--diagram", "a.png"])

    assert run.exit_code == 2
    assert "pip install 'recordsmith[diagram]'" in run.output


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_ctrl_c_gives_what_is_known_so_far(project: Project) -> None:
    command = [str(COMMAND), "audit", "Parcel", "-", "--diagram", "so_far.svg"]
    lines = f"{json.dumps(ILLEGAL)}\n" + f"{json.dumps(LEGAL[0])}\n" * 20_000
    with subprocess.Popen(
        command,
        cwd=project.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdin.write(lines.encode())
        run.stdin.flush()
        first = run.stdout.readline()
        run.send_signal(signal.SIGINT)
        out, error = run.stdout.read(), run.stderr.read()

    assert first.startswith(b"<stdin>:1:71#/events/1: ")
    assert (run.returncode, b"Interrupted. So far: " in error) == (130, True)
    assert b"Transitions, from the state" in out
    assert (project.root / "so_far.svg").is_file()
