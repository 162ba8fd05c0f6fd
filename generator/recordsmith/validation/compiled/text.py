"""Text: the small pieces of WebAssembly's text format that compiled schemas are made of."""

from __future__ import annotations

from collections.abc import Iterable

_WORD = 8
"""Bytes that are compared together."""

FAIL = "(return (i32.const 0))"


def fail_if(condition: str) -> str:
    """Gives 0 where the condition holds."""
    return f"(if {condition} (then {FAIL}))"


def fail_unless(condition: str) -> str:
    """Gives 0 where the condition, a number, is 0."""
    return fail_if(f"(i32.eqz {condition})")


def byte(at: str = "(local.get $p)", offset: int = 0) -> str:
    """The byte at an address."""
    return f"(i32.load8_u {_offset(offset)}{at})"


def is_byte(character: str, at: str = "(local.get $p)") -> str:
    """Whether a character of ASCII stands at an address."""
    return f"(i32.eq {byte(at)} (i32.const {ord(character)}))"


def _offset(offset: int) -> str:
    return f"offset={offset} " if offset else ""


def skip(count: int) -> str:
    """Goes on by some bytes."""
    return f"(local.set $p (i32.add (local.get $p) (i32.const {count})))"


SPACE = (
    f"(local.set $p (i32.add (local.get $p) {is_byte(' ')}))\n"
    f"(if (i32.le_u {byte()} (i32.const 32)) (then (local.set $p (call $space (local.get $p)))))"
)
"""Goes on to what is no space: most often that is none or one."""

DEEPER = "\n".join(
    (
        "(global.set $depth (i32.add (global.get $depth) (i32.const 1)))",
        fail_if("(i32.gt_u (global.get $depth) (i32.const {deepest}))"),
    )
)
BACK = "(global.set $depth (i32.sub (global.get $depth) (i32.const 1)))"


def calls(function: str) -> str:
    """What a function gives for the value at hand."""
    return f"(call {function} (local.get $p))"


def goes_on(function: str) -> str:
    """Goes on behind the value at hand; fails where it is not certainly valid."""
    return f"{fail_unless(f'(local.tee $p {calls(function)})')}"


def is_text(text: bytes, at: str) -> str:
    """Whether the bytes stand at an address, of which it is known that so many can be read."""
    if not text:
        return "(i32.const 1)"
    if len(text) < _WORD:
        room = 64 - 8 * len(text)
        wanted = int.from_bytes(text, "little") << room
        return f"(i64.eq (i64.shl (i64.load {at}) (i64.const {room})) (i64.const {wanted}))"
    starts = [*range(0, len(text) - _WORD, _WORD), len(text) - _WORD]
    return both(
        f"(i64.eq (i64.load {_offset(start)}{at}) "
        f"(i64.const {int.from_bytes(text[start : start + _WORD], 'little')}))"
        for start in starts
    )


def both(conditions: Iterable[str]) -> str:
    """Whether all of one or more conditions hold."""
    first, *others = conditions
    for other in others:
        first = f"(i32.and {first} {other})"
    return first


def function(name: str, body: Iterable[str], local: Iterable[str] = ()) -> str:
    """A function from the address of a value to the one behind it, or 0."""
    declared = "".join(f" (local {each})" for each in local)
    lines = "\n".join(line for piece in body for line in piece.split("\n"))
    indented = lines.replace("\n", "\n    ")
    return f"  (func {name} (param $p i32) (result i32){declared}\n    {indented})\n"
