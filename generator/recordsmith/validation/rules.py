"""Rules: that the assertion which an `x-` keyword names does not hold, in its own terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recordsmith.behaviours import BEHAVIOURS, Compatible, Selector
from recordsmith.phrases import quoted, shown, some


def behaviour_naming(keyword: str, schema: dict[str, Any]) -> str | None:
    """The `x-` keyword that names the assertion in `keyword` of the schema, if one does."""
    naming = (key for key, known in BEHAVIOURS.items() if keyword in known.explains)
    return next((key for key in naming if key in schema), None)


def compared(schema: dict[str, Any], behaviour: str) -> list[str]:
    """The properties that the behaviour is about."""
    value = schema[behaviour]
    return list(value.values()) if isinstance(value, dict) else list(value)


def broken(schema: dict[str, Any], behaviour: str, value: Any) -> str:
    """That the behaviour's rule does not hold for a record."""
    sentence = _BROKEN.get(behaviour)
    return sentence(schema, value) if sentence else f"the rule of `{behaviour}` does not hold"


def _selects_nothing(schema: dict[str, Any], _: Any) -> str:
    names = ", ".join(map(quoted, schema[Selector.keyword]))
    return f"at least one of {names} must be non-empty"


def _incompatible(schema: dict[str, Any], value: Any) -> str:
    key, other = (schema[Compatible.keyword][part] for part in ("key", "value"))
    have = value.get(key, _default(schema, key))
    subject = _with_value(schema, key, value)
    for wanted, fitting in _rows(schema, key, other):
        if wanted == have:
            odd = _with_value(schema, other, value)
            return f"{odd} does not go with {subject}: {some(map(shown, fitting))} do"
    return f"{subject} is none of {some(shown(wanted) for wanted, _ in _rows(schema, key, other))}"


def _rows(schema: dict[str, Any], key: str, other: str) -> Iterator[tuple[Any, list[Any]]]:
    """The values of `key`, and the values of `other` that go with each."""
    for branch in schema["anyOf"]:
        wanted, fitting = (_property(branch, name) for name in (key, other))
        if "const" in wanted:
            yield wanted["const"], fitting.get("enum", [])


def _property(schema: Any, name: str) -> dict[str, Any]:
    """The schema of a property, if it is one that says something."""
    properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
    found = properties.get(name)
    return found if isinstance(found, dict) else {}


def _default(schema: dict[str, Any], name: str) -> Any:
    return _property(schema, name).get("default")


def _with_value(schema: dict[str, Any], name: str, value: Any) -> str:
    if name in value:
        return f"{quoted(name)} {shown(value[name])}"
    return f"{quoted(name)} {shown(_default(schema, name))} (its default)"


_BROKEN: dict[str, Callable[[dict[str, Any], Any], str]] = {
    Compatible.keyword: _incompatible,
    Selector.keyword: _selects_nothing,
}
