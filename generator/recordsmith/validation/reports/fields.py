"""Fields: the pointers of problems, without what tells the items of an array or of a map apart."""

from __future__ import annotations

import re

from recordsmith.problems import Problem

_INDEX = re.compile(r"/[0-9]+(?=/|$)")
_MAPPING = ("additionalProperties", "unevaluatedProperties")
_LISTING = ("additionalItems", "contains", "items", "unevaluatedItems")
_CHOOSING = ("allOf", "anyOf", "oneOf")
_SAME = ("else", "if", "not", "then")


def field_of(problem: Problem) -> str:
    """The pointer with `*` for each number, and for each key that the schema shows to be any key.

    It shows that in the place of the keyword which asserts, but not behind a reference.
    """
    pointer = problem.at.pointer
    keyword = problem.asserted.rpartition("#")[2]
    if "Properties/" in keyword:
        pointer = _without_keys(pointer.split("/"), keyword.split("/"))
    return _INDEX.sub("/*", pointer)


def _without_keys(tokens: list[str], said: list[str]) -> str:
    """The pointer of tokens; `said` leads to the keyword that asserts, and is read from its end."""
    at = len(tokens) - 1
    if said.pop() in _MAPPING:
        at -= 1  # the last is a name that may not be there
    while at > 0 and len(said) > 1:
        last, before = said.pop(), said[-1]
        if before == "properties" and last == tokens[at]:
            said.pop()
            at -= 1
        elif last in _MAPPING or before == "patternProperties":
            tokens[at] = "*"
            at -= 1
            said[:] = said[:-1] if before == "patternProperties" else said
        elif last in _LISTING or before in ("items", "prefixItems"):
            at -= 1
            said[:] = said if last in _LISTING else said[:-1]
        elif before in _CHOOSING:
            said.pop()
        elif last not in _SAME:
            break
    return "/".join(tokens)
