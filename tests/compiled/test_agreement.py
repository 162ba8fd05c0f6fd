"""What a compiled schema accepts, the exact engine accepts: the one may stand in for the other."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, cast

import pytest
from tests.compiled.certain import (
    as_text,
    catalog_of,
    certain,
    certainly_json,
    disagreements,
    has_few_choices,
    held,
    holding,
    machine,
    told_otherwise,
    wrongly_certain,
)
from tests.fuzz.looking import look_at_cases
from tests.fuzz.payloads import payloads
from tests.fuzz.schemas import DRAFTS, Case
from tests.suite.suite import VARIABLE, SuiteFile, suite_files

from recordsmith.catalog import load
from recordsmith.drafts import BY_NAME, FormatPolicy
from recordsmith.problems import ProblemsFound
from recordsmith.sources import Sources
from recordsmith.standalone import catalog_from
from recordsmith.strict_json import parse
from recordsmith.validation import Validator
from recordsmith.validation.compiled import values

ROOT = Path(__file__).parents[2]
FILES = list(suite_files())
SCHEMAS = 150
PAYLOADS = 40
FEW = 12
"""Payloads of which all that is wrong is asked, which takes longer than a verdict."""


@pytest.mark.skipif(not FILES, reason=f"set {VARIABLE} to the JSON-Schema-Test-Suite")
@pytest.mark.parametrize("file", FILES or [None], ids=str)
def test_nothing_of_the_official_suite_is_accepted_that_is_invalid(file: SuiteFile) -> None:
    sources = Sources(root=Path(), dialect=BY_NAME[file.dialect])
    wrong = []
    for case in file.cases():
        try:
            catalog = catalog_from(case["schema"], file.registry(), sources)
            validator = Validator(catalog, catalog.documents[0], formats=file.formats)
        except ProblemsFound:
            continue  # what no engine can use
        texts = [as_text(test["data"], index % 6) for index, test in enumerate(case["tests"])]
        accepted = certain(machine(catalog, file.formats), texts)
        wrong += wrongly_certain(validator, accepted)

    assert wrong == []


@pytest.mark.parametrize("draft", DRAFTS)
def test_whatever_keywords_a_schema_combines_nothing_invalid_is_accepted(draft: str) -> None:
    wrong: list[tuple[Case, list[bytes]]] = []

    def look(case: Case) -> None:
        try:
            found = disagreements(case, payloads(case.schema, PAYLOADS, case.others))
        except ProblemsFound:
            return
        if found:
            wrong.append((case, found))

    look_at_cases(draft, SCHEMAS, look)

    assert wrong == []


@pytest.mark.parametrize("draft", DRAFTS)
def test_what_is_wrong_with_a_member_is_told_as_by_the_exact_engine(draft: str) -> None:
    wrong: list[tuple[Case, Any]] = []
    counts = {"records": 0}

    def look(case: Case) -> None:
        if not has_few_choices(case):
            return
        texts = holding(payloads(case.schema, FEW, case.others))
        try:
            found = told_otherwise(
                catalog_of(held(case)), cast("FormatPolicy", case.formats), texts
            )
        except ProblemsFound:
            return
        counts["records"] += len(texts)
        if found:
            wrong.append((case, found[0]))

    look_at_cases(draft, SCHEMAS, look)

    assert wrong == []
    assert counts["records"] > SCHEMAS


def test_a_planted_mistake_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Integers that do not fit into a register, read as if they did."""
    case = Case(schema={"maximum": 2**60}, dialect="2020-12", formats="dialect")
    catalog = catalog_of(case)
    validator = Validator(catalog, catalog.documents[0])
    text = as_text(2**64, 0)

    assert certain(machine(catalog, "dialect"), [text]) == []
    monkeypatch.setattr(values, "_MOST_DIGITS", 40)
    assert wrongly_certain(validator, certain(machine(catalog, "dialect"), [text])) == [text]


@pytest.mark.parametrize(
    "schema", [{"multipleOf": 3}, {"type": "integer", "enum": [2**53 + 1]}], ids=str
)
def test_an_integer_with_a_point_is_a_double(schema: dict[str, object]) -> None:
    case = Case(schema=schema, dialect="2020-12", formats="dialect")

    texts = [b"9007199254740993.0", b"9007199254740993.00", b"18014398509481989.0"]

    assert certain(machine(catalog_of(case), "dialect"), texts) == []


@pytest.mark.parametrize(
    ("text", "of"),
    [
        (b'{"a": 1, "b": {"x": 1}, "x": 2}', b"1,"),
        (b'{"b": {"x": 1, "y": {"x": "z"}, "z": 0}, "x": {"x": 2}}', b'{"x": 1, '),
        (
            b'{"b": {"b": '
            + b"[" * 150
            + b"true"
            + b"]" * 150
            + b'}, "x":'
            + b"[" * 150
            + b"]" * 150
            + b"}",
            b'{"b": [[',
        ),
        (b'{"a": 1, "b": {"y": 1}}', None),
        (b'{"a": 1, "a": 1}', None),
        (b'{"a": 1, "b": {"x": 1, "x": 2}}', None),
        (b'{"a": 1, "c": 1}', None),
        (b'{"a": 1, "b": {}', None),
        (b'{"a": 1,}', None),
    ],
    ids=[
        "scalar",
        "its keys are its own",
        "its depth is its own",
        "a second",
        "a key twice",
        "a key twice in it",
        "elsewhere",
        "no end",
        "no JSON",
    ],
)
def test_the_only_member_in_doubt_is_told(text: bytes, of: bytes | None) -> None:
    inner = {"properties": {"y": {"type": "string"}, "b": {"$ref": "#/$defs/deep"}}}
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": inner, "d": True, "e": {"$id": "e"}},
        "allOf": [{"properties": {"c": {"type": "string"}}}],
        "$defs": {"deep": {"type": "array", "items": {"$ref": "#/$defs/deep"}}},
    }
    case = Case(schema=schema, dialect="2020-12", formats="dialect")
    compiled = machine(catalog_of(case), "dialect")

    compiled.room(len(text) + 1)[:] = text + b"\n"
    (doubt,) = compiled.judge(len(text) + 1).doubts

    assert doubt.member == (0 if of is None else text.index(of))


_PIECES = (
    *(b'"', b"\\", b"\\u", b"\\ud83d", b"\\ude00", b"{", b"}", b"[", b"]", b",", b":", b" ", b"\t"),
    *(
        b"\r",
        b"\x00",
        b"\x1f",
        b"\x7f",
        b"\x80",
        b"\xc3",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
    ),
    *(b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\xc2\xa0", b"\xe2\x80\xa8", b"0", b"-", b"e9"),
    *(b"E+99", b"e400", b".5", b"NaN", b"null", b"true", b'"x":1,', b'"org_id":"a",', b"1" * 400),
    *(b"00", b"-0", b'"a":1,"a":2,', b"Infinity", b"//", b"\xf0\x9f\x9a\x97"),
)


def _mutated(source: random.Random, line: bytes) -> bytes:
    for _ in range(source.choice([1, 1, 1, 2, 3])):
        at = source.randrange(len(line) + 1)
        behind = at + source.randrange(4)
        match source.randrange(4):
            case 0:
                line = line[:at] + source.choice(_PIECES) + line[at:]
            case 1:
                line = line[:at] + line[behind:]
            case 2:
                line = line[:at] + source.choice(_PIECES) + line[behind:]
            case _:
                line = line[:at] + line[at : at + source.randrange(120)] * 2 + line[at:]
    return line.replace(b"\n", b" ")


def test_no_text_that_is_damaged_is_accepted_as_json() -> None:
    source = random.Random(4)  # noqa: S311 - no secret
    catalog = load(Sources(root=ROOT / "schemas", shown="schemas"))
    document = next(one for one in catalog.documents if one.path.stem == "InvocationRecord.schema")
    catalog.documents = (document, *(one for one in catalog.documents if one is not document))
    validator = Validator(catalog, document, formats="assert")
    archive = (ROOT / "tests/payloads/invocation_records.jsonl").read_bytes().splitlines()
    lines = [*archive, *(json.dumps(json.loads(line)).encode() for line in archive)]
    texts = [_mutated(source, source.choice(lines)) for _ in range(20_000)]

    accepted = certain(machine(catalog, "assert"), texts)
    doubted = certainly_json(machine(catalog, "assert"), texts)

    assert wrongly_certain(validator, accepted) == []
    assert [text for text in doubted if parse(text.decode()) != json.loads(text)] == []
    assert min(len(accepted), len(doubted)) > 1_000, "some damage does not matter to JSON"
    assert told_otherwise(catalog, "assert", texts) == []
