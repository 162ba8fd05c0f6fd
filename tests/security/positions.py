"""Positions: wherever a schema may hold a text, a schema that holds the text there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Position: TypeAlias = Callable[[str], Any]

TEXT = {"type": "string"}


def record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def named(name: str, schema: Any = TEXT) -> dict[str, Any]:
    return {"type": "object", "properties": {name: schema}}


def token(text: str) -> str:
    """A text as a token of a JSON Pointer in a URI."""
    escaped = text.replace("~", "~0").replace("/", "~1").encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02x}" for byte in escaped)


def entry(text: str) -> dict[str, Any]:
    """An entry of a history."""
    states = {
        "type": "string",
        "oneOf": [{"const": "a"}, {"const": "b"}],
        "x-lifecycle": {
            "initial": "A",
            "path": ["A"],
            "transitions": {"A": ["B"], "B": []},
            "groups": {"terminal": ["B"]},
        },
    }
    time = {"type": "string", "format": "date-time"}
    properties = {text: states, f"{text} t": time}
    return {"type": "object", "properties": properties, "required": list(properties)}


def tagged(tag: str, value: str) -> dict[str, Any]:
    return {"type": "object", "properties": {tag: {"const": value}}, "required": [tag]}


POSITIONS: Mapping[str, Position] = {
    "title": lambda text: {"title": text, **record(a=TEXT)},
    "title of a text": lambda text: {"title": text, **TEXT},
    "title of a property": lambda text: record(a={"title": text, **record(a=TEXT)}),
    "description": lambda text: {"description": text, **record(a=TEXT)},
    "description of a property": lambda text: record(a={"description": text, **TEXT}),
    "$comment": lambda text: {"$comment": text, **record(a=TEXT)},
    "$id": lambda text: {"$id": text, **record(a=TEXT)},
    "$anchor": lambda text: {"$anchor": text, **record(a=TEXT)},
    "$dynamicAnchor": lambda text: {"$dynamicAnchor": text, **record(a=TEXT)},
    "$dynamicRef": lambda text: {"$dynamicRef": f"#{text}"},
    "$ref": lambda text: {"$ref": text},
    "$ref, a fragment": lambda text: {"$ref": f"#{text}"},
    "$schema": lambda text: {"$schema": text, **record(a=TEXT)},
    "type": lambda text: {"type": text},
    "property": named,
    "property with a default": lambda text: named(text, {**TEXT, "default": text}),
    "property with an enum": lambda text: named(text, {"enum": [text, "b"]}),
    "property of a record": lambda text: named(text, named(text)),
    "property of anything": lambda text: named(text, True),
    "property, guarded": lambda text: {**named(text), "minProperties": 1},
    "required": lambda text: {**record(a=TEXT), "required": [text]},
    "required, declared": lambda text: {**named(text), "required": [text]},
    "dependentRequired": lambda text: {**record(a=TEXT), "dependentRequired": {text: [text, "a"]}},
    "dependentSchemas": lambda text: {"dependentSchemas": {text: named(text)}},
    "patternProperties": lambda text: {**named(text), "patternProperties": {text: TEXT}},
    "patternProperties of a map": lambda text: {
        "type": "object",
        "patternProperties": {text: TEXT},
        "additionalProperties": False,
    },
    "pattern": lambda text: {"type": "string", "pattern": text},
    "pattern, escaped": lambda text: {"type": "string", "pattern": escaped(text)},
    "pattern, with look-ahead": lambda text: {"type": "string", "pattern": f"^(?={escaped(text)})"},
    "pattern of a time": lambda text: {
        "type": "string",
        "format": "date-time",
        "pattern": escaped(text),
        "examples": [text],
    },
    "format": lambda text: {"type": "string", "format": text},
    "contentMediaType": lambda text: {"type": "string", "contentMediaType": text},
    "contentEncoding": lambda text: {"type": "string", "contentEncoding": text},
    "const": lambda text: {"const": text},
    "const, a list": lambda text: {"const": [text, {text: text}]},
    "enum": lambda text: {"enum": [text, f"{text} b", "b"]},
    "enum, mixed": lambda text: {"enum": [text, 1, None, [text], {text: text}]},
    "default": lambda text: record(a={**TEXT, "default": text}),
    "default, a list": lambda text: record(
        a={"type": "array", "items": TEXT, "default": [text, text]}
    ),
    "default, an object": lambda text: record(a={"default": {text: [text]}}),
    "default, a record": lambda text: record(a={**named(text), "default": {text: text}}),
    "default, a map": lambda text: record(
        a={"type": "object", "additionalProperties": TEXT, "default": {text: text}}
    ),
    "examples": lambda text: record(a={**TEXT, "examples": [text, {text: text}]}),
    "$defs": lambda text: {
        "$defs": {text: record(a=TEXT)},
        "$ref": f"#/$defs/{token('$defs')}/$defs/{token(text)}",
    },
    "definitions": lambda text: {
        "definitions": {text: record(a=TEXT)},
        "properties": {"a": {"$ref": f"#/$defs/definitions/definitions/{token(text)}"}},
    },
    "unknown keyword": lambda text: {text: text, **record(a=TEXT)},
    "keyword of somebody's own": lambda text: {f"x-{text}": {text: [text]}, **record(a=TEXT)},
    "members": lambda text: {
        "type": "string",
        "oneOf": [
            {"const": text, "title": text, "description": text},
            {"const": "b", "title": f"{text} b"},
        ],
    },
    "integer members": lambda text: {
        "type": "integer",
        "oneOf": [{"const": 1, "title": text}, {"const": 2, "description": text}],
    },
    "x-enum-varnames": lambda text: {
        "enum": ["a", "b"],
        "x-enum-varnames": [text, f"{text} b"],
        "x-enum-descriptions": [text, text],
    },
    "tag": lambda text: {"oneOf": [tagged(text, "a"), tagged(text, "b")]},
    "value of a tag": lambda text: {"oneOf": [tagged("a", text), tagged("a", f"{text} b")]},
    "title of a branch": lambda text: {
        "anyOf": [{"title": text, **record(a=TEXT)}, {"title": f"{text} b", **record(b=TEXT)}]
    },
    "items": lambda text: {"type": "array", "items": {"enum": [text, "b"]}},
    "prefixItems": lambda text: {"prefixItems": [{"const": text}, named(text)]},
    "additionalProperties": lambda text: {
        "type": "object",
        "additionalProperties": {"const": text},
    },
    "not": lambda text: {"not": {"const": text}},
    "not, an object": lambda text: {"not": {"required": [text], "$comment": text}},
    "if": lambda text: {"if": {"const": text}, "then": {"title": text}, "else": named(text)},
    "oneOf": lambda text: {"oneOf": [{"const": text}, {"minLength": 3}, {"required": [text]}]},
    "contains": lambda text: {"contains": {"const": text}, "type": "array"},
    "propertyNames": lambda text: {"propertyNames": {"enum": [text, "a"]}},
    "unevaluatedProperties": lambda text: {**named(text), "unevaluatedProperties": False},
    "deprecated": lambda text: {"deprecated": text},
    "minimum": lambda text: {"minimum": text},
    "$vocabulary": lambda text: {"$vocabulary": {text: True}, **record(a=TEXT)},
    "x-format": lambda text: {"type": "string", "pattern": escaped(text), "x-format": text},
    "x-lifecycle": lambda text: {
        "type": "string",
        "oneOf": [{"const": text, "title": text}, {"const": "b", "title": f"{text} b"}],
        "x-lifecycle": {
            "initial": text,
            "transitions": {text: [f"{text} b"], f"{text} b": []},
            "path": [text, f"{text} b"],
            "groups": {"terminal": [f"{text} b"]},
        },
    },
    "x-history": lambda text: {
        **named(text, {"type": "array", "items": entry(text)}),
        "x-history": {"entries": text, "state": text, "time": f"{text} t", "id": text},
    },
    "x-selector": lambda text: {
        **named(text),
        "x-selector": [text],
        "anyOf": [
            {"required": [text], "properties": {text: {"type": "string", "minLength": 1}}},
        ],
    },
    "x-sentinel": lambda text: {
        **named(text),
        "x-sentinel": {
            "special": {"description": text, "value": {text: text}, "identified_by": [text]}
        },
    },
    "x-unknown-member": lambda text: {
        "type": "string",
        "anyOf": [{"const": text, "title": text}, {"const": "b", "title": "B"}, TEXT],
        "x-unknown-member": text,
    },
    "x-extends": lambda text: {**named(text), "x-extends": text},
    "x-compatible": lambda text: {
        **record(a={**TEXT, "default": text}, b={**TEXT, "default": text}),
        "anyOf": [{"properties": {"a": {"const": text}, "b": {"enum": [text]}}}],
        "x-compatible": {"key": "a", "value": "b"},
    },
}


def escaped(text: str) -> str:
    """A pattern for the text itself."""
    return "".join(one if one.isalnum() else f"\\u{ord(one):04x}" for one in text[:200])


def payloads(text: str) -> list[Any]:
    """Values of which some are right and some are wrong."""
    return [
        *(text, "b", "a", f"{text} b", 1, None, {}, [], [text], {text: text}, {text: 1}),
        *({"a": text}, {"a": "b"}, {text: "b"}, {text: "a"}, {"a": {}}, {"a": f"{text} b"}),
        *({text: {text: text}}, {text: {text: 1}}, [text, {text: text}], [text, {text: 1}], ["b"]),
    ]
