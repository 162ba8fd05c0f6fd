"""Payloads: values near a schema, made of what stands in it, and small changes to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.fuzz.schemas import FORMATS, NAMES, NUMBERS, STRINGS, TYPES

_DEEPEST = 6
LARGEST = 2**53
"""Beyond it jsonschema_rs has `1e19` for another number than `10000000000000000000`."""


def payloads(schema: Any, count: int, others: Any = None) -> list[Any]:
    """Values for a schema, the same ones each time."""
    random = Random(json.dumps(schema))  # noqa: S311 - no secret
    maker = _Maker(schema, random, others or {})
    found: dict[str, Any] = {}
    for _ in range(count * 2):
        value = maker.fitting(schema, 0)
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            value = maker.changed(value)
        found.setdefault(json.dumps(value), value)
        if len(found) == count:
            break
    return list(found.values())


class _Maker:
    def __init__(self, schema: Any, random: Random, others: Any) -> None:
        self._top = schema
        self._others = others
        self._random = random
        self._mentioned = [*_mentioned([schema, *others.values()])]

    def fitting(self, schema: Any, depth: int) -> Any:
        """A value that may well be valid."""
        random = self._random
        schema = self._joined(schema, depth)
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return self.anything(depth)
        if "const" in schema and random.random() < 0.9:
            return schema["const"]
        if schema.get("enum") and random.random() < 0.9:
            return random.choice(schema["enum"])
        types = schema.get("type") or self._implied(schema)
        type_ = random.choice([types] if isinstance(types, str) else list(types))
        return self._of_type(type_, schema, depth)

    def _joined(self, schema: Any, depth: int) -> Any:
        """The schema with what one of its branches and what it refers to say."""
        for _ in range(8 if depth <= _DEEPEST else 0):
            if not isinstance(schema, dict):
                return schema
            rest = dict(schema)
            parts = [*self._parts(rest)]
            if not parts:
                return rest
            for part in parts:
                if isinstance(part, dict):
                    rest = _together(rest, part)
            schema = rest
        return schema

    def _parts(self, rest: dict[str, Any]) -> Iterator[Any]:
        """Take out of a schema what it is made of: of alternatives, one."""
        for keyword in ("anyOf", "oneOf"):
            if rest.get(keyword):
                yield self._random.choice(rest.pop(keyword))
        yield from rest.pop("allOf", [])
        for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
            if isinstance(rest.get(keyword), str):
                yield self._target(rest.pop(keyword))
        for keyword in ("then", "else", "if"):
            part = rest.pop(keyword, None)
            if self._random.random() < 0.5:
                yield part

    def _target(self, reference: str) -> Any:
        if reference in self._others:
            return self._others[reference]
        found = self._top
        for step in reference.removeprefix("#").split("/")[1:]:
            found = found.get(step, {}) if isinstance(found, dict) else {}
        return found

    def _implied(self, schema: dict[str, Any]) -> tuple[str, ...]:
        words = " ".join(schema).lower()
        hints = (
            ("object", ("propert", "required", "depend")),
            ("array", ("items", "contains")),
            ("string", ("length", "pattern", "format", "content")),
            ("number", ("imum", "multiple")),
        )
        return tuple(type_ for type_, parts in hints if any(one in words for one in parts)) or TYPES

    def _of_type(self, type_: str, schema: dict[str, Any], depth: int) -> Any:
        match type_:
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "string":
                return self._string(schema)
            case "null":
                return None
            case "boolean":
                return self._random.random() < 0.5
            case _:
                return self._number(schema, whole=type_ == "integer")

    def _number(self, schema: dict[str, Any], *, whole: bool) -> Any:
        bounds = [value for key, value in schema.items() if "imum" in key or key == "multipleOf"]
        bounds = [one for one in bounds if not isinstance(one, bool)]
        start = self._random.choice(bounds or NUMBERS)
        steps = (0, 0, 1, -1, 0.5, start) if abs(start) < LARGEST else (0, 0, 1, -1)
        value = start + self._random.choice(steps)
        return int(value) if whole and self._random.random() < 0.8 else value

    def _string(self, schema: dict[str, Any]) -> str:
        random = self._random
        if schema.get("format") in FORMATS and random.random() < 0.7:
            return FORMATS[schema["format"]]
        sizes = [int(schema[one]) for one in ("minLength", "maxLength") if one in schema]
        if sizes and random.random() < 0.7:
            return random.choice(("a", "b", "é", "😀")) * random.choice(sizes)
        return random.choice(STRINGS)

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        random = self._random
        items = schema.get("items", schema.get("unevaluatedItems"))
        first = schema.get("prefixItems", items if isinstance(items, list) else [])
        rest = schema.get("additionalItems") if isinstance(items, list) else items
        sizes = [int(schema[one]) for one in ("minItems", "maxItems") if one in schema]
        count = random.choice((*sizes, len(first), len(first) + 1, 1, 2))
        schemas = [*first, *[rest] * count][:count]
        if "contains" in schema and schemas:
            schemas[random.randrange(len(schemas))] = schema["contains"]
        made = [self.fitting(one, depth + 1) for one in schemas]
        return [*made, made[0]] if made and random.random() < 0.1 else made

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        random = self._random
        declared = schema.get("properties", {})
        names = [name for name in declared if random.random() < 0.7]
        names += [name for name in schema.get("required", []) if random.random() < 0.95]
        names += random.sample(NAMES, random.choice((0, 0, 0, 1, 2)))
        if random.random() < 0.1:
            names += ["x-more", "12"]
        other = schema.get("additionalProperties", schema.get("unevaluatedProperties"))
        patterned = [*schema.get("patternProperties", {}).values()]
        value: dict[str, Any] = {}
        for name in names:
            if name in declared:
                value[name] = self.fitting(declared[name], depth + 1)
            else:
                value[name] = self.fitting(random.choice([other, *patterned]), depth + 1)
        return value

    def anything(self, depth: int) -> Any:
        random = self._random
        if self._mentioned and random.random() < 0.4:
            return random.choice(self._mentioned)
        kind = random.choice(TYPES) if depth <= _DEEPEST else "null"
        return self._of_type(kind, {}, depth + 3)

    def changed(self, value: Any) -> Any:
        """The value, another at one place."""
        random = self._random
        if isinstance(value, dict) and value and random.random() < 0.75:
            name = random.choice([*value])
            if random.random() < 0.3:
                return {key: value[key] for key in value if key != name}
            return {**value, name: self.changed(value[name])}
        if isinstance(value, list) and value and random.random() < 0.75:
            place = random.randrange(len(value))
            if random.random() < 0.3:
                return [*value[:place], *value[place + 1 :]]
            return [*value[:place], self.changed(value[place]), *value[place + 1 :]]
        match value:
            case dict():
                return {**value, random.choice(NAMES): self.anything(4)}
            case list():
                return [*value, self.anything(4)]
            case bool():
                return random.choice((not value, int(value), None, str(value).lower()))
            case int() | float():
                other = int(value) if value == int(value) else value
                as_float = float(value) if abs(value) < LARGEST else value
                return random.choice((as_float, other, value + 1, value - 1, str(value), True))
            case str():
                return random.choice((f"{value}a", value[1:], [value], {value: 1}, None, "1"))
            case _:
                return self.anything(4)


def _together(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    both = {**left, **right}
    for keyword in ("properties", "patternProperties"):
        if keyword in left and keyword in right:
            both[keyword] = {**left[keyword], **right[keyword]}
    for keyword in ("required", "anyOf", "oneOf", "allOf"):
        if keyword in left and keyword in right:
            both[keyword] = [*left[keyword], *right[keyword]]
    return both


def _mentioned(schema: Any) -> Iterator[Any]:
    """The values that a schema speaks of."""
    if isinstance(schema, list):
        for one in schema:
            yield from _mentioned(one)
    elif isinstance(schema, dict):
        for keyword, value in schema.items():
            if keyword == "enum" and isinstance(value, list):
                yield from value
            elif keyword in {"const", "default"} or _is_number(value):
                yield value
            else:
                yield from _mentioned(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
