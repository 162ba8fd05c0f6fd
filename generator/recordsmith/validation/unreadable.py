"""Unreadable: what is raised where the bytes of an input cannot be had."""

from __future__ import annotations


class InputError(Exception):
    """What the user named cannot be read: its name, and a sentence that says what to do."""

    def __init__(self, name: str, sentence: str) -> None:
        self.name = name
        self.sentence = sentence
        super().__init__(sentence)


class BrokenInputError(InputError):
    """An input cannot be read on; what was read of it so far is good.

    A stream raises it once all that could be read was taken, and again whenever more is asked for.
    """
