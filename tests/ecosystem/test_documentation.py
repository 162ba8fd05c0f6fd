"""What `docs/validate.md` shows is what the command prints; what it says of odd texts is so.

With `ACCEPT=1` in the environment the samples are made so.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.ecosystem.test_action import ACTION
from tests.ecosystem.test_pre_commit import HOOKS
from tests.generator.project import Project, project_of

from recordsmith.strict_json import MOST_VALUES
from recordsmith.validation.texts import LARGEST

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/validate.md"
TEXT = PAGE.read_text("utf-8")
SAMPLE = re.compile(r"(?<=<!-- sample -->\n```\n)\$ recordsmith (.+)\n(?:(?!```).*\n)*")
ODD = re.compile(r"^\| ([^|]+) \| (judged|no record|`[a-z0-9-]+`)(?:[,;] [^|]+)? \|$", re.MULTILINE)

GOOD = b'{"sensor": "a", "value": 1}\n'
START = b'{"sensor": "a", "value": 1, "x": '

TEXTS: dict[str, bytes] = {
    "a key that stands twice in one object": START + b'1, "x": 2}\n',
    "a byte that is not UTF-8": START + b'"\xff"}\n',
    "a byte order mark in front": b"\xef\xbb\xbf" + GOOD,
    "`NaN`, `Infinity` or `-Infinity`": START + b"-Infinity}\n",
    'half of a surrogate pair, as in `"\\ud800"`': START + b'"\\ud800"}\n',
    "an integer beyond 64 bits": START + b"18446744073709551617}\n",
    "a number beyond what a double holds, as `1e999`": START + b"1e999}\n",
    "an integer of more than 4,300 digits": START + b"9" * 4301 + b"}\n",
    "a control character in a string": START + b'"\x01"}\n',
    "something behind the value, or a comment": GOOD[:-1] + b" // so\n",
    "single quotes, or a comma too many": START + b"1,}\n",
    "100,000 levels of arrays": START + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    f"more than {LARGEST >> 20} MiB": START + b'"' + b"a" * LARGEST + b'"}\n',
    f"more than {MOST_VALUES:,} values": START + b"[0" + b",0" * MOST_VALUES + b"]}\n",
    "its end cut off, on the last line": START + b'"a',
    "no line feed behind the last line": GOOD[:-1],
    "a carriage return before the line feed": GOOD[:-1] + b"\r\n",
    "U+2028 in a string": START + '"\u2028"}\n'.encode(),
    "nothing but blanks on its line": b" \t\r\n",
}


def blocks(language: str) -> list[str]:
    """The blocks of a language on the page."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    return [block for name, block in found if name == language]


@pytest.fixture
def reading(tmp_path: Path) -> Project:
    """The project that the page is about."""
    (records,) = (one for one in blocks("") if one.startswith('{"sensor"'))
    files = {
        "schemas/Reading.schema.json": blocks("json")[0],
        "readings.jsonl": records.removesuffix("\n"),
    }
    return project_of(tmp_path, files)


def test_the_samples_are_what_the_command_prints(reading: Project) -> None:
    def printed(sample: re.Match[str]) -> str:
        return f"$ recordsmith {sample[1]}\n{reading.run(*shlex.split(sample[1])).stdout}"

    true = SAMPLE.sub(printed, TEXT)
    if "ACCEPT" in os.environ:
        PAGE.write_text(true, "utf-8")

    assert len(SAMPLE.findall(TEXT)) == TEXT.count("<!-- sample -->") == 6
    assert true == TEXT


def test_the_page_speaks_of_all_odd_texts_that_are_tried() -> None:
    assert [description for description, _ in ODD.findall(TEXT)] == [*TEXTS]


@pytest.mark.parametrize("engine", ["exact", "compiled"])
@pytest.mark.parametrize(("description", "outcome"), ODD.findall(TEXT))
def test_an_odd_text_has_the_outcome_that_the_page_tells(
    reading: Project, description: str, outcome: str, engine: str
) -> None:
    text = TEXTS[description]
    reading.write("odd.jsonl", GOOD + text + (GOOD if text.endswith(b"\n") else b""))
    ran = reading.run("validate", "Reading", "odd.jsonl", "--format", "json", "--engine", engine)

    found = [json.loads(line) for line in ran.stdout.splitlines()]
    records = 1 + (outcome != "no record") + text.endswith(b"\n")
    rules = [f"`{one['rule']}`" for one in found]
    assert rules == ([outcome] if "`" in outcome else []), ran.stderr
    assert all(one["line"] == 2 for one in found)
    assert ran.stderr.startswith(f"{records} records")


def test_the_programs_on_the_page_run(reading: Project) -> None:
    in_process, in_tests = blocks("python")
    reading.write("test_it.py", in_tests)
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=reading.root,
        capture_output=True,
        text=True,
        check=False,
    )
    ran = subprocess.run(
        [sys.executable, "-c", in_process],
        cwd=reading.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "3 passed" in tested.stdout, tested.stdout
    assert ran.stdout == "payload:1:1: `value` is missing [required]\n"
    assert "InvalidPayload: not valid as Reading: 1 problem\npayload#/value: null" in ran.stderr


def test_the_workflow_and_the_hooks_on_the_page_are_ours() -> None:
    hooks, steps, upload = (yaml.safe_load(block) for block in blocks("yaml"))

    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == [*HOOKS]
    assert steps["steps"][1]["with"].keys() <= ACTION["inputs"].keys()
    assert all(f"| `{name}` |" in TEXT for name in (*ACTION["inputs"], *ACTION["outputs"]))
    report = f"${{{{ steps.{steps['steps'][1]['id']}.outputs.report }}}}"
    assert upload["steps"][0]["with"]["sarif_file"] == report


def test_the_page_knows_every_option(reading: Project) -> None:
    told = reading.run("validate", "--help").stdout
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", told.partition("Options:")[2]))

    assert {one for one in options if one not in TEXT} == {"--help", "--progress", "--no-progress"}
