"""Values: the functions for strings, numbers, arrays, and for what `const` and `enum` allow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recordsmith.validation.compiled.text import (
    BACK,
    DEEPER,
    FAIL,
    SPACE,
    byte,
    calls,
    fail_if,
    fail_unless,
    function,
    goes_on,
    is_byte,
    is_text,
    skip,
)

_MOST_DIGITS = 18
"""Of an integer that a register holds."""
_EXACT_DIGITS = 15
"""Of a fraction whose double is that of a quotient of two doubles.  Clinger 1990, section 4."""
_EXACT_SCALE = 22
_LONGEST_CHARACTER = 12
"""Bytes: two escapes of a surrogate each."""


def string_function(name: str, table: int | None, least: int, most: int | None) -> str:
    """The function for strings of so many characters that the automaton at `table` accepts."""
    return function(name, _string(table, least, most), ("$start i32", "$length i32"))


def _string(table: int | None, least: int, most: int | None) -> Iterator[str]:
    yield "(local.set $start (local.get $p))"
    if table is None:
        yield goes_on("$string")
    else:
        yield "(global.set $odd (i32.const 0))"
        yield fail_unless(f"(local.tee $p (call $matches (local.get $p) (i32.const {table})))")
    if least or most is not None:
        yield _LENGTH
    if least:
        few = f"(i32.const {min(least, _HUGE)})"
        sure = f"(i32.const {min(least * _LONGEST_CHARACTER, _HUGE)})"
        needed = f"(select {sure} {few} (global.get $odd))"
        yield fail_if(f"(i32.lt_u (local.get $length) {needed})")
    if most is not None:
        yield fail_if(f"(i32.gt_u (local.get $length) (i32.const {min(most, _HUGE)}))")
    yield "(local.get $p)"


_HUGE = 2**31 - 1
_LENGTH = "(local.set $length (i32.sub (i32.sub (local.get $p) (local.get $start)) (i32.const 2)))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What is asked of a number."""

    function: str = "$number"
    """That for all numbers or integers."""
    minimum: int | float | None = None
    maximum: int | float | None = None
    above: int | float | None = None
    below: int | float | None = None
    multiple_of: int | float | None = None

    @property
    def compared(self) -> list[tuple[str, int | float, int]]:
        """How a fraction is compared with each bound, the bound, and the integer next to it."""
        listed = (
            ("f64.ge", self.minimum, math.ceil),
            ("f64.gt", self.above, lambda bound: math.floor(bound) + 1),
            ("f64.le", self.maximum, math.floor),
            ("f64.lt", self.below, lambda bound: math.ceil(bound) - 1),
        )
        return [(how, bound, near(bound)) for how, bound, near in listed if bound is not None]


def number_function(name: str, bounds: Bounds, powers: int) -> str:
    """The function for numbers; `powers` is where the powers of ten stand."""
    return function(name, _number(bounds, powers), ("$fraction f64",))


def _number(bounds: Bounds, powers: int) -> Iterator[str]:
    yield goes_on(bounds.function)
    if bounds.compared or bounds.multiple_of is not None:
        yield fail_if("(global.get $power)")
        yield "(if (global.get $scale) (then"
        yield from _fraction(bounds, powers)
        yield ") (else"
        yield from _whole(bounds)
        yield "))"
    yield "(local.get $p)"


def _whole(bounds: Bounds) -> Iterator[str]:
    yield fail_if(f"(i32.gt_u (global.get $digits) (i32.const {_MOST_DIGITS}))")
    for how, _, near in bounds.compared:
        at_least = how in ("f64.ge", "f64.gt")
        limit = max(-(2**62), min(near, 2**62))
        compare = "i64.ge_s" if at_least else "i64.le_s"
        yield fail_unless(f"({compare} (global.get $whole) (i64.const {limit}))")
    step = bounds.multiple_of
    if step is not None:
        if step == int(step) and 0 < step < 2**62:
            rest = f"(i64.rem_s (global.get $whole) (i64.const {int(step)}))"
            yield fail_unless(f"(i64.eqz {rest})")
        else:
            yield FAIL


def _fraction(bounds: Bounds, powers: int) -> Iterator[str]:
    is_exact = all(float(bound) == bound for _, bound, _ in bounds.compared)
    if bounds.multiple_of is not None or not is_exact:
        yield FAIL
        return
    yield fail_if(f"(i32.gt_u (global.get $digits) (i32.const {_EXACT_DIGITS}))")
    yield fail_if(f"(i32.gt_u (global.get $scale) (i32.const {_EXACT_SCALE}))")
    power = f"(f64.load offset={powers} (i32.shl (global.get $scale) (i32.const 3)))"
    whole = "(f64.convert_i64_s (global.get $whole))"
    yield f"(local.set $fraction (f64.div {whole} {power}))"
    for how, bound, _ in bounds.compared:
        yield fail_unless(f"({how} (local.get $fraction) (f64.const {float(bound).hex()}))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What is asked of an array, as functions."""

    prefix: Sequence[str] = ()
    others: str = "$any"
    least: int = 0
    most: int | None = None


def array_function(name: str, items: Items) -> str:
    """The function for arrays."""
    return function(name, _array(items), ("$count i32",))


def _array(items: Items) -> Iterator[str]:
    yield fail_unless(is_byte("["))
    yield DEEPER
    yield skip(1)
    yield SPACE
    yield "(block $closed"
    yield f"(br_if $closed {is_byte(']')})"
    yield "(loop $item"
    yield from _item(items)
    yield "(local.set $count (i32.add (local.get $count) (i32.const 1)))"
    yield SPACE
    yield f"(if {is_byte(',')} (then"
    yield skip(1)
    yield SPACE
    yield "(br $item)))"
    yield f"{fail_unless(is_byte(']'))}))"
    yield BACK
    if items.least:
        yield fail_if(f"(i32.lt_u (local.get $count) (i32.const {min(items.least, _HUGE)}))")
    if items.most is not None:
        yield fail_if(f"(i32.gt_u (local.get $count) (i32.const {min(items.most, _HUGE)}))")
    yield "(i32.add (local.get $p) (i32.const 1))"


def _item(items: Items) -> Iterator[str]:
    if not items.prefix:
        yield goes_on(items.others)
        return
    yield "(block $met"
    for index, check in enumerate(items.prefix):
        yield f"(if (i32.eq (local.get $count) (i32.const {index})) (then"
        yield goes_on(check)
        yield "(br $met)))"
    yield goes_on(items.others)
    yield ")"


def listed_function(name: str, values: Sequence[Any], integer: str) -> str:
    """The function for one of some values; what is no string, integer or word is never met.

    `integer` is the function for all integers.
    """
    return function(name, _listed(values, integer), ("$start i32", "$c i32", "$length i32"))


def _listed(values: Sequence[Any], integer: str) -> Iterator[str]:
    yield f"(local.set $c {byte()})"
    words = {True: ("$boolean", "t"), False: ("$boolean", "f"), None: ("$null", "n")}
    for value in (one for one in values if one is None or isinstance(one, bool)):
        check, letter = words[value]
        is_it = f"(i32.eq (local.get $c) (i32.const {ord(letter)}))"
        yield f"(if {is_it} (then (return {calls(check)})))"
    strings = [one for one in values if isinstance(one, str)]
    if strings:
        yield "(if (i32.eq (local.get $c) (i32.const 34)) (then"
        yield from _one_of_strings(strings)
        yield "))"
    numbers = [
        int(one)
        for one in values
        if isinstance(one, int | float) and not isinstance(one, bool) and one == int(one)
    ]
    if numbers:
        yield goes_on(integer)
        yield fail_if(f"(i32.gt_u (global.get $digits) (i32.const {_MOST_DIGITS}))")
        for number in (one for one in numbers if abs(one) < 10**_MOST_DIGITS):
            is_it = f"(i64.eq (global.get $whole) (i64.const {number}))"
            yield f"(if {is_it} (then (return (local.get $p))))"
    yield "(i32.const 0)"


def _one_of_strings(strings: list[str]) -> Iterator[str]:
    yield "(local.set $start (i32.add (local.get $p) (i32.const 1)))"
    yield goes_on("$string")
    yield fail_if("(i32.and (global.get $odd) (i32.const 1))")
    yield "(local.set $length (i32.sub (i32.sub (local.get $p) (local.get $start)) (i32.const 1)))"
    for text in (string.encode() for string in strings):
        is_as_long = f"(i32.eq (local.get $length) (i32.const {len(text)}))"
        yield f"(if {is_as_long} (then"
        yield f"(if {is_text(text, '(local.get $start)')} (then (return (local.get $p))))))"
    yield FAIL
