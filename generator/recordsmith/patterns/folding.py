"""Folding: the characters that are one where case does not matter, by Unicode's simple folding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

_LAST_WITH_CASE = 0x1E943
_SINCE_UNICODE_15_1 = {0x1FD3: 0x0390, 0x1FE3: 0x03B0, 0xFB05: 0xFB06}


def variants(code: int) -> tuple[int, ...]:
    """The character and those that differ from it in case alone, sorted."""
    return _families().get(_folded(code), (code,))


def families() -> Iterable[tuple[int, ...]]:
    """All characters that have case, together with those that differ from them in it."""
    return _families().values()


@cache
def _families() -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for code in range(_LAST_WITH_CASE + 1):
        found[_folded(code)].append(code)
    return {folded: tuple(codes) for folded, codes in found.items() if len(codes) > 1}


def _folded(code: int) -> int:
    """Python folds to several characters where it can; the simple folding has one."""
    character = chr(code)
    for folded in (character.casefold(), character.lower()):
        if len(folded) == 1:
            return _SINCE_UNICODE_15_1.get(code, ord(folded))
    return code


def runs(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of neighbours among sorted codes."""
    first = last = None
    for code in codes:
        if first is not None and last is not None and code != last + 1:
            yield first, last
            first = None
        first = code if first is None else first
        last = code
    if first is not None and last is not None:
        yield first, last
