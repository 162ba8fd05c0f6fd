"""The cursor: how far the reading of a pattern has come."""

from __future__ import annotations

import re


class NotAPatternError(ValueError):
    """The text is no regular expression: where (an offset from 0) and why."""

    def __init__(self, offset: int, sentence: str) -> None:
        self.offset = offset
        self.sentence = sentence
        super().__init__(f"{sentence} (at offset {offset})")


class Cursor:
    """A place in a text that moves on as the text is taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def sees(self, token: str) -> bool:
        """Whether `token` comes next."""
        return self.text.startswith(token, self.at)

    def at_end(self) -> bool:
        """Whether all is taken."""
        return self.at == len(self.text)

    def next(self) -> str:
        """Take one character."""
        self.at += 1
        return self.text[self.at - 1]

    def take(self, token: str) -> bool:
        """Take `token`, if it comes next."""
        found = self.sees(token)
        self.at += len(token) if found else 0
        return found

    def scan(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Take what `expression` matches here, if it does."""
        found = expression.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def error(self, sentence: str, offset: int | None = None) -> NotAPatternError:
        """The fault at `offset`, or here."""
        return NotAPatternError(self.at if offset is None else offset, sentence)
