"""Choosing: the functions that ask others, by the first byte of a value: it tells the kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from recordsmith.validation.compiled.text import FAIL, byte, calls, function, is_byte

ALL = frozenset(("array", "boolean", "null", "number", "object", "string"))
"""The kinds of values: the JSON types, of which integers are numbers."""

_STARTS = {
    "array": is_byte("["),
    "boolean": f"(i32.or {is_byte('t')} {is_byte('f')})",
    "null": is_byte("n"),
    "number": f"(i32.le_u {byte()} (i32.const {ord('9')}))",
    "object": is_byte("{"),
    "string": is_byte('"'),
}
"""Whether a value of the kind may start here; what is no number is refused by its function."""


def kinds_of(types: Iterable[str]) -> frozenset[str]:
    """The kinds of the values of some JSON types."""
    return frozenset("number" if one == "integer" else one for one in types)


def choice_function(name: str, options: Iterable[tuple[frozenset[str], str]]) -> str:
    """The function for what one of the options accepts; each is asked only for its kinds."""
    body = ["(block $fits"]
    for kinds, check in options:
        asks = f"(br_if $fits (local.tee $end {calls(check)}))"
        body.append(f"(if {_starts(kinds)} (then {asks}))" if kinds < ALL else asks)
    body += [f"{FAIL})", "(local.get $end)"]
    return function(name, body, ("$end i32",))


def _starts(kinds: frozenset[str]) -> str:
    """Whether a value of one of the kinds may start here."""
    condition = "(i32.const 0)"
    for kind in sorted(kinds):
        condition = f"(i32.or {condition} {_STARTS[kind]})"
    return condition


def switch_function(name: str, functions: Mapping[str, str]) -> str:
    """The function that asks the one for the value's kind."""
    body = [
        f"(if {_STARTS[kind]} (then (return {calls(check)})))"
        for kind, check in functions.items()
        if kind != "number"
    ]
    body.append(calls(functions.get("number", "$none")))
    return function(name, body)
