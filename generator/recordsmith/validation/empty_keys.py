"""Empty keys: the engine leaves them out of the paths of its errors; here they are put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.validation.violations import CHOICES, key_of


def put_back(errors: Iterable[ValidationError], judged: Any) -> None:
    """Have the paths of the errors lead to what the errors are about.

    Of several ways to it the one with the fewest empty keys is taken.
    """
    if _has_empty_key(judged):
        for error in errors:
            _put_back(error, judged)


def _has_empty_key(value: Any) -> bool:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "" in one:
                return True
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return False


def _put_back(error: ValidationError, judged: Any) -> None:
    ways = [*_ways(judged, error.instance_path)]
    fitting = [way for way, end in ways if _is_about_part_of(error, end)]
    fitting += [way for way, end in ways if _is_about(error, end)]
    error.instance_path = next(iter(fitting), error.instance_path)
    if isinstance(error.kind, CHOICES):
        for branch in error.kind.context:
            for one in branch:
                _put_back(one, judged)


def _is_about(error: ValidationError, value: Any) -> bool:
    return type(value) is type(error.instance) and bool(value == error.instance)


def _is_about_part_of(error: ValidationError, value: Any) -> bool:
    """Whether the error's path leads to the object, and the error is about a value in it."""
    is_so = isinstance(error.kind, ValidationErrorKind.FalseSchema) and isinstance(value, dict)
    if not is_so or error.evaluation_path[-1] != "additionalProperties":
        return False
    return any(_is_about(error, part) for part in value.values())


def _has(value: Any, key: str | int) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)


def _ways(value: Any, tokens: Sequence[str | int]) -> Iterator[tuple[list[str | int], Any]]:
    """The ways along the tokens and through empty keys, and where each ends."""
    if not tokens:
        yield [], value
    else:
        key = key_of(value, tokens[0])
        if _has(value, key):
            for way, end in _ways(value[key], tokens[1:]):
                yield [key, *way], end
    if isinstance(value, dict) and "" in value:
        for way, end in _ways(value[""], tokens):
            yield ["", *way], end
