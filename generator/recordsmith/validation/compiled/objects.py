"""Objects: the function for an object, which meets each key once and no key twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from recordsmith.validation.compiled.text import (
    BACK,
    DEEPER,
    FAIL,
    SPACE,
    calls,
    fail_if,
    fail_unless,
    function,
    goes_on,
    is_byte,
    is_text,
    skip,
)

_WORD = 64
"""The known keys of which one number tells whether they were met."""
_LANE = 16
"""Bytes that are looked at together."""
_LONGEST = 2 * _LANE - 1
"""Bytes of a known key that is told by its length first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What is asked of an object, as functions and tables."""

    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The functions for the value of each key that the schema names."""
    required: tuple[str, ...] = ()
    """Known keys all."""
    dependents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys that a key asks for, all of them known."""
    dependent_schemas: Mapping[str, str] = field(default_factory=dict)
    """The function for the whole object where a key, a known one, is in it."""
    names: str | None = None
    """The function for every key."""
    patterns: tuple[tuple[int, str], ...] = ()
    """The tables of patterns for other keys, and the functions for their values."""
    others: str | None = "$any"
    """The function for the values of all other keys; None where there may be none."""
    least: int = 0
    most: int | None = None


def object_function(name: str, members: Members, *, sparing: frozenset[str] = frozenset()) -> str:
    """The function for objects.

    That for a whole record may be `sparing` of some keys: the first value of one that is in doubt
    is told as the only one, if there is no other doubt.
    """
    written = _Written(members, sparing)
    return function(name, written.body(), written.local())


class _Written:
    def __init__(self, members: Members, sparing: frozenset[str]) -> None:
        self.members = members
        self.sparing = sparing
        self.bits = {key: index for index, key in enumerate(members.known)}
        plain = {key.encode(): key for key in members.known if _is_plain(key)}
        self.plain = plain
        self.short = [key for key in plain if len(key) <= _LONGEST]
        self.long = [key for key in plain if len(key) > _LONGEST]
        self.words = range(-(-len(self.bits) // _WORD))

    def local(self) -> Iterator[str]:
        yield from ("$start i32", "$key i32", "$length i32", "$first i32", "$members i32")
        yield from ("$value i32", "$found i32")
        yield from (f"$met{word} i64" for word in self.words)

    def body(self) -> Iterator[str]:
        yield fail_unless(is_byte("{"))
        yield "(local.set $start (local.get $p))"
        yield "(local.set $first (global.get $keys))"
        yield DEEPER
        yield skip(1)
        yield SPACE
        yield "(block $closed"
        yield f"(br_if $closed {is_byte('}')})"
        yield "(loop $member"
        yield from self._member()
        yield SPACE
        yield f"(if {is_byte(',')} (then"
        yield skip(1)
        yield SPACE
        yield "(br $member)))"
        yield f"{fail_unless(is_byte('}'))}))"
        yield BACK
        yield "(global.set $keys (local.get $first))"
        yield from self._ending()
        yield "(i32.add (local.get $p) (i32.const 1))"

    def _member(self) -> Iterator[str]:
        yield fail_unless(is_byte('"'))
        yield "(local.set $members (i32.add (local.get $members) (i32.const 1)))"
        if self.members.names:
            yield fail_unless(calls(self.members.names))
        yield "(local.set $key (i32.add (local.get $p) (i32.const 1)))"
        yield "(block $met"
        yield from self._dispatch()
        yield from self._other()
        yield ")"

    def _dispatch(self) -> Iterator[str]:
        """Goes to the code of a known key by its length; falls through for another key."""
        lengths: dict[int, list[bytes]] = {}
        for key in self.short:
            lengths.setdefault(len(key), []).append(key)
        if not lengths:
            return
        yield f"(local.set $length {_length(max(lengths))})"
        yield "(block $unknown"
        yield from (f"(block $length{length}" for length in sorted(lengths, reverse=True))
        targets = [
            f"$length{length}" if length in lengths else "$unknown"
            for length in range(max(lengths) + 1)
        ]
        yield f"(br_table {' '.join(targets)} $unknown (local.get $length)))"
        ordered = sorted(lengths)
        for length in ordered:
            for key in lengths[length]:
                yield from self._known(key)
            yield "(br $unknown))" if length != ordered[-1] else ")"

    def _known(self, key: bytes) -> Iterator[str]:
        word, bit = divmod(self.bits[self.plain[key]], _WORD)
        mask = f"(i64.const 0x{1 << bit:x})"
        yield f"(if {is_text(key, '(local.get $key)')} (then"
        yield fail_unless(f"(i64.eqz (i64.and (local.get $met{word}) {mask}))")
        yield f"(local.set $met{word} (i64.or (local.get $met{word}) {mask}))"
        yield f"(local.set $p (i32.add (local.get $key) (i32.const {len(key) + 1})))"
        yield _COLON
        checks = self.members.known[self.plain[key]]
        yield from _spared(*checks) if self.plain[key] in self.sparing else _valued(checks)
        yield "(br $met)))"

    def _other(self) -> Iterator[str]:
        """The code for a key that is not told by its length."""
        if self.members.others is None and not (self.members.patterns or self.long):
            yield FAIL
            return
        yield goes_on("$string")
        yield fail_if("(i32.and (global.get $odd) (i32.const 1))")
        size = "(i32.sub (i32.sub (local.get $p) (local.get $key)) (i32.const 1))"
        yield f"(local.set $length {size})"
        for key in self.long:
            yield f"(if (i32.eq (local.get $length) (i32.const {len(key)})) (then"
            yield from self._known(key)
            yield "))"
        yield fail_unless("(call $is_new (local.get $key) (local.get $length) (local.get $first))")
        yield fail_if("(global.get $odd)") if self.members.patterns else ""
        yield _COLON
        yield from self._patterned() if self.members.patterns else [goes_on(self._others)]

    @property
    def _others(self) -> str:
        return self.members.others or "$none"

    def _patterned(self) -> Iterator[str]:
        """Goes on behind the value of a key for which patterns are to be asked."""
        yield "(local.set $value (local.get $p))"
        yield "(local.set $found (i32.const 0))"
        quote = "(i32.sub (local.get $key) (i32.const 1))"
        for table, check in self.members.patterns:
            yield f"(if (call $matches {quote} (i32.const {table})) (then"
            yield "(local.set $p (local.get $value))"
            yield goes_on(check)
            yield "(local.set $found (i32.const 1))))"
        yield f"(if (i32.eqz (local.get $found)) (then {goes_on(self._others)}))"

    def _ending(self) -> Iterator[str]:
        """What is asked of all the keys."""
        for word in self.words:
            wanted = self._mask(self.members.required, word)
            if wanted:
                yield fail_unless(_has(word, wanted))
        for key, others in self.members.dependents.items():
            for word in self.words:
                if wanted := self._mask(others, word):
                    yield f"(if {self._has_key(key)} (then {fail_unless(_has(word, wanted))}))"
        for key, check in self.members.dependent_schemas.items():
            call = f"(call {check} (local.get $start))"
            yield f"(if {self._has_key(key)} (then {fail_unless(call)}))"
        if self.members.least:
            yield fail_if(f"(i32.lt_u (local.get $members) (i32.const {self.members.least}))")
        if self.members.most is not None:
            yield fail_if(f"(i32.gt_u (local.get $members) (i32.const {self.members.most}))")

    def _has_key(self, key: str) -> str:
        word, bit = divmod(self.bits[key], _WORD)
        return _has(word, 1 << bit)

    def _mask(self, keys: tuple[str, ...], word: int) -> int:
        places = [divmod(self.bits[key], _WORD) for key in keys]
        return sum({1 << bit for its_word, bit in places if its_word == word})


def _is_plain(key: str) -> bool:
    """Whether the key can be met as it is, without an escape."""
    return not any(character in '"\\' or character < " " for character in key)


def _has(word: int, mask: int) -> str:
    wanted = f"(i64.const 0x{mask:x})"
    return f"(i64.eq (i64.and (local.get $met{word}) {wanted}) {wanted})"


def _length(longest: int) -> str:
    """The bytes before the next quote, up to 32 or, where that is enough, 16."""
    halves = [
        f"(i8x16.bitmask (i8x16.eq (v128.load offset={start} (local.get $key)) "
        "(i8x16.splat (i32.const 34))))"
        for start in (0, _LANE)
    ]
    if longest < _LANE:
        return f"(i32.ctz {halves[0]})"
    return f"(i32.ctz (i32.or {halves[0]} (i32.shl {halves[1]} (i32.const {_LANE}))))"


_COLON = "\n".join((SPACE, fail_unless(is_byte(":")), skip(1), SPACE))


def _valued(checks: tuple[str, ...]) -> Iterator[str]:
    """Goes on behind a value for which there are one or more functions."""
    for check in checks[1:]:
        yield fail_unless(calls(check))
    yield goes_on(checks[0])


def _spared(check: str) -> Iterator[str]:
    """Goes on behind a value, certain or not, if it is the first that is not."""
    yield "(local.set $value (local.get $p))"
    yield "(local.set $found (global.get $keys))"
    yield f"(local.set $p {calls(check)})"
    yield "(if (i32.eqz (local.get $p)) (then"
    yield fail_if("(global.get $member)")
    yield "(global.set $member (local.get $value))"
    yield "(global.set $keys (local.get $found))"
    yield "(global.set $depth (i32.const 1))"
    yield "(local.set $p (local.get $value))"
    yield f"{goes_on('$any')}))"
