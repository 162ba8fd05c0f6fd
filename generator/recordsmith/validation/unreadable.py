"""Unreadable: what is raised where the bytes of an input cannot be had."""

from __future__ import annotations

GONE = "it is no longer there"
"""Of a file that was there when its name was looked up."""


class InputError(Exception):
    """What the user named cannot be read: its name, and a sentence that says what to do."""

    def __init__(self, name: str, sentence: str) -> None:
        self.name = name
        self.sentence = sentence
        super().__init__(sentence)

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """It may be raised in another process."""
        return type(self), (self.name, self.sentence)


class BrokenInputError(InputError):
    """An input cannot be read on; what was read of it so far is good.

    A stream raises it once all that could be read was taken, and again whenever more is asked for.
    """
