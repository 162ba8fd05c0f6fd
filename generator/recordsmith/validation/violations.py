"""Violations: what is wrong with a value, and what is seen of it without looking at the schemas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.problems import Location

DIGITS = re.compile(r"\+?[0-9]+")
"""What the engine makes a number of, though it be a key."""

MASK = "\0"
"""What stands for the value in the engine's own messages."""

CHOICES = (ValidationErrorKind.AnyOf, ValidationErrorKind.OneOfNotValid)
"""The errors that hold those of each alternative."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with a value."""

    pointer: str
    """Where, in the value."""
    rule: str
    """The behaviour, or else the keyword, that asks for it."""
    sentence: str
    asserted_at: Location
    """The keyword, in the schemas."""
    value: str = ""
    """What stands there, as JSON, cut short; empty where something is missing."""


def is_mistyped(error: ValidationError, here: list[str | int]) -> bool:
    """Whether the value itself, and not a part of it, has a type that the schema never takes."""
    if error.instance_path != here:
        return False
    if isinstance(error.kind, CHOICES):
        branches: list[list[ValidationError]] = error.kind.context
        return all(any(is_mistyped(one, here) for one in branch) for branch in branches)
    return isinstance(error.kind, ValidationErrorKind.Type)


def key_of(value: Any, token: str | int) -> str | int:
    """A token as the value has it: of a key `12`, `012` or `+12` the engine makes a number."""
    if not isinstance(value, dict) or token in value or not isinstance(token, int):
        return token
    alike = (key for key in value if DIGITS.fullmatch(key) and int(key) == token)
    return str(token) if str(token) in value else next(alike, str(token))
