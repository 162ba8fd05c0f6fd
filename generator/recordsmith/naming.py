"""Naming: from titles, file names and property names to the words that targets spell names with."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W_0-9]+", re.UNICODE)
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_PROSE = re.compile(r"[.,;:!?]\s|[.!?]$|\n")
_BOILERPLATE = re.compile(
    r"^(the )?json[ -]?schema (for|of) (an? |the )?"
    r"|(?<!^json)( json)?[ -]schema$|(?<=configuration) files?$",
    re.IGNORECASE,
)
"""What titles of schemas begin or end with, and types are not called."""
_SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def words(text: str) -> list[str]:
    """Split at everything that is no letter or digit, and at changes of case."""
    return _WORD.findall(text)


def pascal_case(text: str) -> str:
    """`job status` -> `JobStatus`; a text that already is PascalCase stays as it is spelt."""
    if _PASCAL.fullmatch(text):
        return text
    return "".join(word[:1].upper() + word[1:] for word in words(text))


def snake_case(text: str) -> str:
    """`HTTPServer name` -> `http_server_name`; a text that already is snake_case stays."""
    if _SNAKE.fullmatch(text):
        return text
    return "_".join(word.lower() for word in words(text))


_MOST_WORDS = 5
"""A longer title is a sentence, not a name."""
LONGEST_NAME = 100
"""Letters: there are files and modules that are called like types."""


def name_in(title: str) -> str | None:
    """The words of a title that can name a type; None where it is prose.

    `JSON schema for Babel configuration files` names the type of a Babel configuration.
    """
    if len(title) > LONGEST_NAME:
        return None
    bare = _BOILERPLATE.sub("", title.strip()) or title
    found = words(bare)
    is_one_word = bare.isidentifier()
    few = 0 < len(found) <= _MOST_WORDS and not _PROSE.search(bare)
    return bare if found and (is_one_word or few) else None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, if one is near enough to suggest."""
    import difflib  # late: only a mistake needs it

    found = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`"; did you mean `x`?"`, or nothing."""
    suggestion = nearest(name, known)
    return f"; did you mean `{suggestion}`?" if suggestion else ""


def listed(names: Iterable[str]) -> str:
    """`` `a`, `b` and `c` ``"""
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
