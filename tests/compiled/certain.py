"""Certain: the texts that a compiled schema accepts, and whether the exact engine agrees."""

from __future__ import annotations

import json
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

from tests.fuzz.judging import registry_of
from tests.fuzz.schemas import DRAFTS, META_SCHEMAS, Case

from recordsmith.catalog import Catalog
from recordsmith.drafts import BY_NAME, FormatPolicy
from recordsmith.problems import Problem
from recordsmith.sources import Sources
from recordsmith.standalone import catalog_from
from recordsmith.strict_json import NotJsonError, parse
from recordsmith.validation import Validator
from recordsmith.validation.chunks import Held
from recordsmith.validation.compiled.module import Loaded, Machine, program_of
from recordsmith.validation.judging import BySchema

HELD = "http://held.example/held.json"
MOST_CHOICES = 6


def machine(catalog: Catalog, formats: FormatPolicy) -> Machine:
    """The compiled schema of the catalog's first document."""
    program = program_of(catalog, catalog.documents[0], formats)
    assert program is not None
    return Machine(Loaded(program))


def certain(machine: Machine, texts: list[bytes]) -> list[bytes]:
    """The texts, lines without line feeds, that the machine accepts."""
    raw = b"".join(text + b"\n" for text in texts)
    machine.room(len(raw))[:] = raw
    judged = machine.judge(len(raw))
    doubted = {doubt.line for doubt in judged.doubts}
    assert judged.lines == len(texts)
    return [text for index, text in enumerate(texts) if index not in doubted and text.strip()]


def certainly_json(machine: Machine, texts: list[bytes]) -> list[bytes]:
    """Of the texts that the machine doubts, those that it takes for JSON."""
    raw = b"".join(text + b"\n" for text in texts)
    machine.room(len(raw))[:] = raw
    return [texts[doubt.line] for doubt in machine.judge(len(raw)).doubts if doubt.is_json]


def wrongly_certain(validator: Validator, texts: list[bytes]) -> list[bytes]:
    """Of some accepted texts, those that are no JSON, or that the exact engine refuses."""
    return [text for text in texts if not _is_valid(validator, text)]


def _is_valid(validator: Validator, text: bytes) -> bool:
    try:
        return validator.is_valid(parse(text.decode("utf-8")))
    except (NotJsonError, UnicodeDecodeError):
        return False


def catalog_of(case: Case) -> Catalog:
    """The catalog of a made-up schema."""
    sources = Sources(root=Path(), dialect=BY_NAME[case.dialect])
    return catalog_from(case.schema, registry_of(case), sources)


def disagreements(case: Case, made: list[Any]) -> list[bytes]:
    """The payloads that the compiled schema accepts and the exact engine refuses.

    Raises `ProblemsFound` where the schema is none.
    """
    catalog = catalog_of(case)
    formats = cast("FormatPolicy", case.formats)
    validator = Validator(catalog, catalog.documents[0], formats=formats)
    texts = [as_text(value, index % 6) for index, value in enumerate(made)]
    return wrongly_certain(validator, certain(machine(catalog, formats), texts))


def told_otherwise(
    catalog: Catalog, formats: FormatPolicy, texts: list[bytes]
) -> list[tuple[Problem | None, Problem | None]]:
    """Of lines, the problems that are told otherwise where the schema is compiled."""
    program = program_of(catalog, catalog.documents[0], formats)
    assert program is not None
    validator = Validator(catalog, catalog.documents[0], formats=formats)
    chunk = Held(b"".join(text + b"\n" for text in texts))
    judges = BySchema(validator, Loaded(program)), BySchema(validator)
    quick, exact = (judge.judge("lines", chunk) for judge in judges)
    pairs = zip_longest(quick.problems, exact.problems)
    assert (quick.records, quick.lines, quick.bytes) == (exact.records, exact.lines, exact.bytes)
    return [(one, other) for one, other in pairs if one != other]


def held(case: Case) -> Case:
    """A schema for records of which a member, `of`, is judged by that of the case."""
    dialect = META_SCHEMAS[DRAFTS.index(case.dialect)]
    schema = case.schema if isinstance(case.schema, dict) else {}
    holder: dict[str, Any] = {
        "$schema": dialect,
        "type": "object",
        "properties": {"before": {"type": "integer"}, "of": {"$ref": HELD}, "r\u00fcck": {}},
        "required": ["before"],
        "additionalProperties": {"type": "string"},
    }
    others = {**case.others, HELD: {"$schema": dialect, **schema}}
    return Case(schema=holder, dialect=case.dialect, formats=case.formats, others=others)


def has_few_choices(case: Case) -> bool:
    """Whether one value has no more than some errors; where choices are many they multiply."""
    written = json.dumps([case.schema, *case.others.values()])
    return written.count('"anyOf"') + written.count('"oneOf"') <= MOST_CHOICES


def holding(values: list[Any]) -> list[bytes]:
    """Records with such members, most of which are otherwise valid."""
    odd: dict[int, dict[str, Any]] = {3: {"before": "x"}, 5: {"x": 1}, 7: {"of/~": "", "": "of"}}
    records = [
        {"rück": "ü", "before": index, "of": value, "x": "é", **odd.get(index % 11, {})}
        for index, value in enumerate(values)
    ]
    return [as_text(record, index % 6) for index, record in enumerate(records)]


def as_text(value: Any, style: int) -> bytes:
    """The value as JSON, in one of six styles."""
    separators = ((",", ":"), (", ", ": "), (" ,\t", " :\r"))[style // 2]
    text = json.dumps(value, ensure_ascii=bool(style % 2), separators=separators)
    return text.encode("utf-8", "surrogatepass")
