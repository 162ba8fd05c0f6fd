"""Certain: the texts that a compiled schema accepts, and whether the exact engine agrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from tests.fuzz.judging import registry_of
from tests.fuzz.schemas import Case

from recordsmith.catalog import Catalog
from recordsmith.drafts import BY_NAME, FormatPolicy
from recordsmith.sources import Sources
from recordsmith.standalone import catalog_from
from recordsmith.strict_json import NotJsonError, parse
from recordsmith.validation import Validator
from recordsmith.validation.compiled.module import Loaded, Machine, program_of


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


def as_text(value: Any, style: int) -> bytes:
    """The value as JSON, in one of six styles."""
    separators = ((",", ":"), (", ", ": "), (" ,\t", " :\r"))[style // 2]
    text = json.dumps(value, ensure_ascii=bool(style % 2), separators=separators)
    return text.encode("utf-8", "surrogatepass")
