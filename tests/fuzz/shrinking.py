"""Shrinking: the least schema and payload that a finding is still one with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.fuzz.judging import Finding, findings
from tests.fuzz.schemas import OTHER, Case

_WITHIN = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else")
_WITHIN_NAMED = ("dependentSchemas", "dependencies")


def shrunk(finding: Finding, tries: int = 300) -> Finding:
    """The finding, with what is not needed for it left out."""
    left = tries

    def holds(case: Case, payload: Any) -> Finding | None:
        nonlocal left
        left -= 1
        if left < 0 or is_circular(case.schema):
            return None
        same = (one for one in findings(case, [payload]) if _alike(one, finding))
        return next(same, None)

    while True:
        smaller = _first_smaller(finding, holds)
        if smaller is None:
            return finding
        finding = smaller


def _alike(one: Finding, other: Finding) -> bool:
    return one.kind == other.kind and one.says[:30] == other.says[:30]


def _first_smaller(
    finding: Finding, holds: Callable[[Case, Any], Finding | None]
) -> Finding | None:
    for schema in _smaller(finding.case.schema):
        found = holds(replace(finding.case, schema=schema), finding.payload)
        if found:
            return found
    for others in _smaller(finding.case.others):
        if isinstance(others.get(OTHER), dict):
            found = holds(replace(finding.case, others=others), finding.payload)
            if found:
                return found
    for payload in _smaller(finding.payload):
        found = holds(finding.case, payload)
        if found:
            return found
    return None


def _smaller(value: Any) -> Iterator[Any]:
    """What is left of a JSON value without some of it, the largest steps first."""
    match value:
        case dict():
            yield from (one for one in value.values() if isinstance(one, dict | list))
            yield from ({other: value[other] for other in value if other != key} for key in value)
            for key in value:
                yield from ({**value, key: one} for one in _smaller(value[key]))
        case list():
            yield from (one for one in value if isinstance(one, dict | list))
            places = range(len(value))
            yield from ([*value[:place], *value[place + 1 :]] for place in places)
            for place in places:
                others = _smaller(value[place])
                yield from ([*value[:place], one, *value[place + 1 :]] for one in others)
        case str() if len(value) > 1 and not value.startswith(("#", "$")):
            yield value[:1]
        case int() | float() if not isinstance(value, bool) and abs(value) > 3:
            yield from (1, 2)


def is_circular(schema: Any) -> bool:
    """Whether a schema leads back to itself without a step into the value."""
    done: set[int] = set()

    def leads_back(one: Any, path: tuple[int, ...]) -> bool:
        if not isinstance(one, dict) or id(one) in done:
            return False
        if id(one) in path:
            return True
        found = any(leads_back(next_, (*path, id(one))) for next_ in _as_a_whole(one, schema))
        done.add(id(one))
        return found

    return any(leads_back(one, ()) for one in _all(schema))


def _as_a_whole(one: dict[str, Any], top: Any) -> Iterator[Any]:
    for keyword in _WITHIN:
        value = one.get(keyword)
        yield from value if isinstance(value, list) else [value]
    for keyword in _WITHIN_NAMED:
        value = one.get(keyword)
        yield from value.values() if isinstance(value, dict) else ()
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        if isinstance(one.get(keyword), str):
            yield _pointed(top, one[keyword])


def _pointed(top: Any, reference: str) -> Any:
    for step in reference.removeprefix("#").split("/")[1:]:
        top = top.get(step) if isinstance(top, dict) else None
    return top


def _all(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _all(one)


def signature(finding: Finding) -> str:
    """Alike for findings that have one cause, as far as their keywords tell."""
    said = "".join(one for one in finding.says.split("\n")[0] if not one.isdigit())
    keywords = sorted({key for one in _all(finding.case.schema) for key in one})
    return json.dumps([finding.kind, keywords if finding.payload is not None else said[:80]])
