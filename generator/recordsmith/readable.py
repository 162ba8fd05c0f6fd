"""Readable: schemas whose patterns the engine reads as ECMA-262 has them.

`jsonschema_rs` refuses some patterns that ECMA-262 allows, and takes some for others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

import jsonschema_rs

from recordsmith.drafts import Draft
from recordsmith.patterns import NotAPatternError, for_linear_engine, for_strict_engine
from recordsmith.places import Document, Place
from recordsmith.problems import Location, escaped, unescaped

_NAMES = "patternProperties"


def readable(document: Document) -> Any:
    """The document's schema as the engine is to have it; the very same where it reads that."""
    if not any(
        spelt(pattern) != pattern for place in document.schemas for _, pattern in patterns(place)
    ):
        return document.schema
    copy = replace(document, schema=deepcopy(document.schema))
    for place in list(copy.schemas):
        schema = place.schema
        if isinstance(schema.get("pattern"), str):
            schema["pattern"] = spelt(schema["pattern"])
        if isinstance(schema.get(_NAMES), dict):
            schema[_NAMES] = with_spelt_names(schema[_NAMES])
        if f"/{_NAMES}/" in str(schema.get("$ref")):
            document_uri, _, pointer = schema["$ref"].partition("#")
            schema["$ref"] = f"{document_uri}#{fragment(unquote(pointer))}"
    return copy.schema


def patterns(place: Place) -> Iterator[tuple[Location, str]]:
    """The patterns of a schema, and where they stand."""
    pattern = place.schema.get("pattern")
    if isinstance(pattern, str):
        yield place.at / "pattern", pattern
    names = place.schema.get(_NAMES)
    for name in names if isinstance(names, dict) else ():
        yield place.at / _NAMES / name, name


@lru_cache(4096)
def spelt(pattern: str) -> str:
    """The pattern as the engine reads it right; as it is, where there is no such."""
    try:
        return for_strict_engine(pattern) or pattern
    except NotAPatternError:
        return pattern


def linear(pattern: str) -> str | None:
    """The pattern as pydantic's engine reads it; None where it cannot."""
    try:
        return for_linear_engine(pattern)
    except NotAPatternError:
        return None


def with_spelt_names(names: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of `patternProperties`, by patterns that the engine reads."""
    found: dict[str, Any] = {}
    for name, schema in names.items():
        key = spelt(name)
        found[key] = {"allOf": [found[key], schema]} if key in found else schema
    return found


def uri_of(document: Document, pointer: str = "") -> str:
    """The URI of the readable document, or of what is at a JSON Pointer into the document."""
    return f"{document.uri}#{fragment(pointer)}"


def fragment(pointer: str) -> str:
    """A JSON Pointer into a schema, as the fragment of a URI into the readable schema."""
    tokens = pointer.split("/")
    for index, token in enumerate(tokens):
        if index and tokens[index - 1] == _NAMES:
            tokens[index] = escaped(spelt(unescaped(token)))
    return quote("/".join(tokens), safe="/~!$&()*+,;=:@")


@lru_cache(4096)
def is_readable(pattern: str, draft: Draft) -> bool:
    """Whether an engine knows what to do with the pattern in a schema of the draft."""
    if linear(pattern) is not None:
        return True
    try:
        getattr(jsonschema_rs, draft.engine)({"pattern": spelt(pattern)})
    except ValueError:
        return False
    return True
