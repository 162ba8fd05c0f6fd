"""Extremes: schemas that are too deep, too wide, too many or too large.

Each is a problem at a place, or a model that judges as the schema does.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema_rs
from pydantic import BaseModel, ValidationError
from tests.security.limited import Act

from recordsmith import model
from recordsmith.problems import ProblemsFound

Schema: TypeAlias = Any
Make: TypeAlias = Callable[[], Schema]

TEXT = {"type": "string"}
DEEP = 10_000
PAYLOADS = ('"a"', "1", "1.5", "null", "[]", "{}", '{"a": {"a": {}}}', '[[["a"]]]', '{"a": "b"}')


def verdict(schema: Schema | Path, payloads: tuple[str, ...] = PAYLOADS) -> str:
    """What is wrong with what becomes of a schema; nothing, if it is refused at its places."""
    try:
        made = model(schema)
    except ProblemsFound as refusal:
        return "" if all(one.at.file and one.sentence for one in refusal.problems) else "no place"
    try:
        judge = jsonschema_rs.validator_for(_read(schema))
    except ValueError as error:
        return f"no engine reads the schema, but there is a model: {error}"[:300]
    return "; ".join(_differing(judge, made, payloads))


def _read(schema: Schema | Path) -> Schema:
    return json.loads(schema.read_text("utf-8")) if isinstance(schema, Path) else schema


def _differing(judge: Any, made: type[BaseModel], payloads: tuple[str, ...]) -> Iterator[str]:
    for text in payloads:
        wanted = judge.is_valid(json.loads(text))
        if accepts(made, text) != wanted:
            yield f"the model {'refuses' if wanted else 'accepts'} {text[:60]}"


def accepts(made: type[BaseModel], text: str) -> bool:
    """Whether a model takes a JSON text."""
    try:
        made.model_validate_json(text)
    except ValidationError:
        return False
    return True


def of_schema(make: Make, payloads: tuple[str, ...] = PAYLOADS) -> Act:
    """The schema that is made, as a dict."""
    return lambda: verdict(make(), payloads)


def of_text(make: Callable[[], str], payloads: tuple[str, ...] = PAYLOADS) -> Act:
    """The schema whose text is made, as a file."""

    def act() -> str:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "Text.schema.json")
            file.write_text(make(), "utf-8")
            return verdict(file, payloads)

    return act


def taken(schema: Schema) -> str:
    """Nothing is wrong if a model judges at all: an engine would need years."""
    try:
        made = model(schema)
    except ProblemsFound:
        return ""
    judged = [accepts(made, text) for text in PAYLOADS]
    return "" if len(judged) == len(PAYLOADS) else "it judges nothing"


def made(schema: Schema) -> str:
    """Nothing is wrong if there is a model: to judge a value may take as many steps as ways."""
    try:
        model(schema)
    except ProblemsFound as refusal:
        return "" if all(one.at.file for one in refusal.problems) else "no place"
    return ""


# Deep.

APPLICATORS: Mapping[str, Callable[[Any], Schema]] = {
    "$defs": lambda inner: {"$defs": {"a": inner}, "$ref": "#/$defs/a"},
    "additionalProperties": lambda inner: {"type": "object", "additionalProperties": inner},
    "allOf": lambda inner: {"allOf": [inner]},
    "anyOf": lambda inner: {"anyOf": [inner, TEXT]},
    "contains": lambda inner: {"contains": inner},
    "contentSchema": lambda inner: {"contentSchema": inner},
    "definitions": lambda inner: {"definitions": {"a": inner}},
    "dependencies": lambda inner: {"dependencies": {"a": inner}},
    "dependentSchemas": lambda inner: {"dependentSchemas": {"a": inner}},
    "else": lambda inner: {"if": False, "else": inner},
    "if": lambda inner: {"if": inner, "then": False},
    "items": lambda inner: {"type": "array", "items": inner},
    "not": lambda inner: {"not": inner},
    "oneOf": lambda inner: {"oneOf": [inner, {"type": "integer"}]},
    "patternProperties": lambda inner: {"patternProperties": {"a": inner}},
    "prefixItems": lambda inner: {"prefixItems": [inner]},
    "properties": lambda inner: {"type": "object", "properties": {"a": inner}},
    "propertyNames": lambda inner: {"propertyNames": inner},
    "then": lambda inner: {"if": True, "then": inner},
    "unevaluatedItems": lambda inner: {"unevaluatedItems": inner},
    "unevaluatedProperties": lambda inner: {"unevaluatedProperties": inner},
    "unknown": lambda inner: {"whatever": inner},
    "x-": lambda inner: {"x-whatever": inner},
}
DATA: Mapping[str, Callable[[Any], Schema]] = {
    "const": lambda value: {"const": value},
    "default": lambda value: {"properties": {"a": {"default": value}}},
    "enum": lambda value: {"enum": [value, 1]},
    "examples": lambda value: {"examples": [value]},
}


def nested(wrap: Callable[[Any], Any], depth: int, core: Any) -> Any:
    for _ in range(depth):
        core = wrap(core)
    return core


def nested_text(wrap: Callable[[Any], Any], depth: int) -> str:
    """The JSON of what is nested too deeply for `json.dumps`."""
    before, behind = json.dumps(wrap("core")).split('"core"')
    return before * depth + '{"type": "string"}' + behind * depth


def itself() -> Schema:
    """A Python object that is a part of itself, which no JSON is."""
    schema: dict[str, Any] = {"type": "object", "properties": {}}
    schema["properties"]["a"] = schema
    return schema


def deep() -> Mapping[str, Act]:
    found: dict[str, Act] = {"itself": of_schema(itself)}
    for name, wrap in APPLICATORS.items():
        for depth in (30, 65, 95, 300, DEEP):
            found[f"{name} x {depth}"] = of_schema(partial(nested, wrap, depth, TEXT))
        found[f"{name} x {DEEP}, a file"] = of_text(partial(nested_text, wrap, DEEP))
    for name, wrap in DATA.items():
        for depth in (150, DEEP):
            found[f"{name}: lists x {depth}"] = of_schema(partial(_data, wrap, _listed, depth))
            found[f"{name}: objects x {depth}"] = of_schema(partial(_data, wrap, _held, depth))
    return found


def _data(wrap: Callable[[Any], Schema], inner: Callable[[Any], Any], depth: int) -> Schema:
    return wrap(nested(inner, depth, 1))


def _listed(value: Any) -> list[Any]:
    return [value]


def _held(value: Any) -> dict[str, Any]:
    return {"a": value}


# Cycles.

SELF = {"$ref": "#"}
CYCLES: Mapping[str, Schema] = {
    "$ref": SELF,
    "allOf": {"allOf": [SELF]},
    "allOf, typed": {"type": "object", "allOf": [SELF, {"properties": {"a": SELF}}]},
    "anyOf": {"anyOf": [SELF, TEXT]},
    "oneOf": {"oneOf": [SELF, TEXT]},
    "not": {"not": SELF},
    "if": {"if": SELF, "then": SELF, "else": TEXT},
    "items": {"type": "array", "items": SELF},
    "additionalProperties": {"type": "object", "additionalProperties": SELF},
    "properties": {"properties": {"a": SELF}},
    "patternProperties": {"patternProperties": {"a": SELF}},
    "dependentSchemas": {"dependentSchemas": {"a": SELF}},
    "propertyNames": {"propertyNames": SELF},
    "contains": {"contains": SELF},
    "unevaluatedProperties": {"unevaluatedProperties": SELF},
    "$dynamicRef": {"$dynamicAnchor": "a", "$dynamicRef": "#a"},
    "$dynamicRef, items": {"$dynamicAnchor": "a", "items": {"$dynamicRef": "#a"}},
    "$recursiveRef": {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$recursiveAnchor": True,
        "$recursiveRef": "#",
    },
    "a pair": {
        "$ref": "#/$defs/a",
        "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
    },
    "a pair, mixed": {
        "$ref": "#/$defs/a",
        "$defs": {
            "a": {"allOf": [{"$ref": "#/$defs/b"}, {"type": "object"}]},
            "b": {"anyOf": [{"$ref": "#/$defs/a"}, TEXT]},
        },
    },
    "three that ask for each other": {
        "$ref": "#/$defs/a",
        "$defs": {
            name: {
                "type": "object",
                "properties": {
                    "a": {"allOf": [{"$ref": f"#/$defs/{other}"}, {"$ref": f"#/$defs/{third}"}]}
                },
            }
            for name, other, third in (("a", "a", "b"), ("b", "b", "c"), ("c", "a", "c"))
        },
    },
    "a list of itself or itself": {"anyOf": [{"type": "array", "items": SELF}, SELF]},
    "a definition in itself": {"$ref": "#/$defs/a/$defs/a", "$defs": {"a": {"$defs": {"a": {}}}}},
    "a pointer through a reference": {"properties": {"a": {"$ref": "#/properties/a/properties/a"}}},
}
PARADOX = ("not", "if", "propertyNames")
"""What leads back to itself without end, on which JSON Schema does not decide."""


def cycles() -> Mapping[str, Act]:
    found: dict[str, Act] = {}
    for name, schema in CYCLES.items():
        found[name] = partial(taken if name in PARADOX else verdict, schema)
        in_it = {"type": "object", "properties": {"a": {"$ref": "#/$defs/it"}}}
        text = json.dumps(schema).replace('"#', '"#/$defs/it')
        held = {**in_it, "$defs": {"it": json.loads(text)}}
        act = taken if name in PARADOX else verdict
        found[f"{name}, in a definition"] = partial(act, held)
        found[f"{name}, in a file"] = of_text(partial(json.dumps, schema))
    return found


# Many ways.

STEPS = 40
"""There are two ways to go at each."""


def ways(keyword: str, wrap: Callable[[Schema], Schema]) -> Schema:
    """Definitions each of which refers to both of the next."""
    defs: dict[str, Schema] = {"a0": TEXT, "b0": {"type": ["string", "integer"]}}
    for step in range(1, STEPS):
        both = [{"$ref": f"#/$defs/a{step - 1}"}, {"$ref": f"#/$defs/b{step - 1}"}]
        defs[f"a{step}"] = {keyword: [*map(wrap, both)]}
        defs[f"b{step}"] = {keyword: [*map(wrap, reversed(both))]}
    return {"$ref": f"#/$defs/a{STEPS - 1}", "$defs": defs}


def ways_beside(keyword: str) -> Schema:
    """Definitions that apply the next in a keyword, and beside it."""
    defs: dict[str, Schema] = {"a0": TEXT}
    for step in range(1, STEPS):
        there = {"$ref": f"#/$defs/a{step - 1}"}
        defs[f"a{step}"] = {keyword: there, "allOf": [there]}
    return {"$ref": f"#/$defs/a{STEPS - 1}", "$defs": defs}


def subsets(count: int) -> Schema:
    """Records each of which leads to all others but one: what fits a path is a set of them."""
    defs = {
        f"d{own}": {
            "type": "object",
            "properties": {
                f"p{other}": {} if other == own else {"$ref": f"#/$defs/d{own}"}
                for other in range(count)
            },
        }
        for own in range(count)
    }
    every = [{"$ref": f"#/$defs/{name}"} for name in defs]
    return {"type": "object", "allOf": every, "$defs": defs}


def shifting(count: int) -> Schema:
    """Records each of which leads to others, and all of which are asked for at once."""
    defs = {
        f"d{own}": {
            "type": "object",
            "properties": {
                f"p{name}": {"$ref": f"#/$defs/d{(own * 7 + name * 3 + 1) % count}"}
                for name in range(count)
            },
        }
        for own in range(count)
    }
    every = [{"$ref": f"#/$defs/d{own}"} for own in range(0, count, 2)]
    return {"type": "object", "allOf": every, "$defs": defs}


def as_it_is(schema: Schema) -> Schema:
    return schema


def list_(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def holder(schema: Schema) -> Schema:
    return {"type": "object", "properties": {"a": schema}}


def with_a_rule(schema: Schema) -> Schema:
    return {"allOf": [schema, {"minLength": 1}]}


def many_ways() -> Mapping[str, Act]:
    found: dict[str, Act] = {}
    for keyword in ("allOf", "anyOf", "oneOf"):
        for wrap in (as_it_is, list_, holder, with_a_rule):
            found[f"{keyword} and {wrap.__name__}"] = partial(
                lambda make: made(make()), partial(ways, keyword, wrap)
            )
    for keyword in (
        *("additionalProperties", "contains", "if", "items", "not", "propertyNames"),
        *("unevaluatedItems", "unevaluatedProperties"),
    ):
        found[f"{keyword} and beside it"] = partial(
            lambda make: taken(make()), partial(ways_beside, keyword)
        )
    for count in (6, 12, 20, 40):
        found[f"subsets of {count}"] = partial(lambda make: taken(make()), partial(subsets, count))
        found[f"shifting {count}"] = partial(lambda make: taken(make()), partial(shifting, count))
    return found


# Wide.


def numbered(count: int, make: Callable[[int], Schema]) -> list[Schema]:
    return [make(number) for number in range(count)]


WIDE: Mapping[str, Make] = {
    "100,000 texts": lambda: {"enum": ["a", *(f"v{n}" for n in range(100_000))]},
    "100,000 integers": lambda: {"enum": [*range(100_000)]},
    "100,000 lists": lambda: {"enum": [[[["a"]]], *([n] for n in range(100_000))]},
    "two enums": lambda: {"allOf": [{"enum": [*range(30_000)]}, {"enum": [*range(1, 50_000)]}]},
    "20,000 members": lambda: {
        "type": "string",
        "oneOf": numbered(20_000, lambda n: {"const": f"v{n}", "title": f"T{n}"}),
    },
    "20,000 members of one name": lambda: {
        "type": "string",
        "oneOf": numbered(20_000, lambda n: {"const": f"v{n}", "title": "T"}),
    },
    "20,000 properties": lambda: {
        "type": "object",
        "properties": {f"p{n}": TEXT for n in range(20_000)},
    },
    "20,000 required": lambda: {"required": [f"p{n}" for n in range(20_000)]},
    "20,000 definitions": lambda: {"$defs": {f"d{n}": TEXT for n in range(20_000)}},
    "20,000 of one title": lambda: {
        "$defs": {f"d{n}": {"title": "T", **holder(TEXT)} for n in range(2_000)}
    },
    "1,000 patterns, 1,000 names": lambda: {
        "type": "object",
        "properties": {f"p{n}": {} for n in range(1_000)},
        "patternProperties": {f"^p{n}$": {} for n in range(1_000)},
    },
    "40 unions at once": lambda: {
        "allOf": numbered(
            40, lambda n: {"anyOf": [holder({"const": n}), {"properties": {f"a{n}": TEXT}}]}
        )
    },
    "40 tagged unions at once": lambda: {
        "allOf": numbered(
            40,
            lambda n: {
                "oneOf": numbered(
                    20,
                    lambda m: {
                        "type": "object",
                        "required": ["k"],
                        "properties": {"k": {"const": f"{n}-{m}"}},
                    },
                )
            },
        )
    },
    "a union of 1,000": lambda: {
        "oneOf": numbered(
            1_000, lambda n: {"type": "object", "required": [f"k{n}"], "properties": {f"k{n}": {}}}
        )
    },
    "a tagged union of 1,000": lambda: {
        "oneOf": numbered(
            1_000,
            lambda n: {
                "type": "object",
                "required": ["k"],
                "properties": {"k": {"const": f"v{n}"}},
            },
        )
    },
    "a choice of 3,000": lambda: {
        "anyOf": numbered(3_000, lambda n: {"type": "array", "minItems": n + 2})
    },
    "5,000 at once": lambda: {"allOf": numbered(5_000, lambda n: holder({"maxLength": n + 1}))},
    "300 x 100 properties": lambda: {
        "allOf": numbered(
            300, lambda n: {"properties": {f"p{m}": {"minLength": n} for m in range(100)}}
        )
    },
    "5,000 references in a row": lambda: {
        "$ref": "#/$defs/d0",
        "$defs": {
            **{f"d{n}": {"$ref": f"#/$defs/d{n + 1}"} for n in range(5_000)},
            "d5000": TEXT,
        },
    },
    "5,000 records in a row": lambda: {
        "$ref": "#/$defs/d0",
        "$defs": {
            **{f"d{n}": holder({"$ref": f"#/$defs/d{n + 1}"}) for n in range(3_000)},
            "d3000": TEXT,
        },
    },
    "a long title": lambda: {"title": "T" * 1_000_000, **holder(TEXT)},
    "a long property": lambda: {"type": "object", "properties": {"p" * 1_000_000: TEXT}},
    "a long description": lambda: {"description": "d " * 1_000_000, **holder(TEXT)},
    "a long definition": lambda: {
        "$ref": f"#/$defs/{'d' * 100_000}",
        "$defs": {"d" * 100_000: holder(TEXT)},
    },
    "a long reference": lambda: {"$ref": "r" * 100_000},
    "a long $id": lambda: {"$id": f"http://a.example/{'i' * 100_000}", **holder(TEXT)},
}
LARGE: Mapping[str, Callable[[], str]] = {
    "50 MB": lambda: f'{{"description": "{"a" * 50_000_000}"}}',
    "19 MB, one text": lambda: f'{{"description": "{"a" * 19_000_000}"}}',
    "19 MB, opened": lambda: "[" * 19_000_000,
    "19 MB, opened objects": lambda: '{"a":' * 3_800_000,
    "a number of 19 MB": lambda: f'{{"const": {"1" * 19_000_000}}}',
    "a number of 5,000 digits": lambda: f'{{"const": {"1" * 5_000}}}',
}


def wide() -> Mapping[str, Act]:
    schemas = {name: of_schema(make) for name, make in WIDE.items()}
    return {**schemas, **{f"a file of {name}": of_text(make) for name, make in LARGE.items()}}


# Patterns.

EVIL = f"{'a' * 40}!"
PATTERNS: Mapping[str, str] = {
    "(a+)+$": "(a+)+$",
    "(a|a)*$": "(a|a)*$",
    "([a-z]+.)+[A-Z]": "([a-z]+.)+[A-Z]",
    "look-ahead": "^(?=(a+)+$)",
    "negative look-ahead": "^(?!(a+)+$)",
    "look-behind": "(?<=(a+)+)b",
    "nested look-ahead": "(?=(?=(?=(?=(a+)+$))))b",
    "back-reference": r"(a*)*\1$",
    "back-references": r"^(a*)(a*)(a*)(a*)\1\2\3\4$",
    "a{1,100000}": "a{1,100000}",
    "a million million": "(a{1,1000}){1,1000}",
    "nested repeats": "((a{0,100}){0,100}){0,100}",
    "properties": r"\p{L}{1,5000}",
    "a number too large": "a{99999999999999999999}",
    "many letters": "a" * 100_000,
    "many groups": f"{'(' * 5_000}{')' * 5_000}",
    "many looks": f"{'(?=' * 3_000}a{')' * 3_000}",
    "many ranges": f"[{'a-z' * 10_000}]",
    "many choices": "|".join(f"x{n}" for n in range(20_000)),
    "open groups": "(" * 5_000,
    "no pattern": "[",
}
TEXTS = (json.dumps(EVIL), json.dumps("a" * 5_000), '"b"', "1")
OBJECTS = (json.dumps({EVIL: 1}), json.dumps({EVIL: "a"}), json.dumps({"a": "b"}), "1")
UNION = [{"type": "string", "format": "uuid"}, {"type": "integer"}]


def patterns() -> Mapping[str, Act]:
    found: dict[str, Act] = {}
    for name, pattern in PATTERNS.items():
        text = {"type": "string", "pattern": pattern}
        schemas: dict[str, tuple[Schema, tuple[str, ...]]] = {
            "of a text": (text, TEXTS),
            "in a guard": ({"not": text}, TEXTS),
            "with a default": (holder({**text, "default": EVIL}), OBJECTS),
            "of a union's default": (holder({"anyOf": [text, *UNION], "default": EVIL}), OBJECTS),
            "with an enum": ({"enum": [EVIL, "b"], "pattern": pattern}, TEXTS),
            "twice": ({"allOf": [text, {"pattern": f"b|{pattern}"}]}, TEXTS),
            "of names": ({"propertyNames": {"pattern": pattern}, **_evil_record()}, OBJECTS),
            "of properties": ({"patternProperties": {pattern: TEXT}, **_evil_record()}, OBJECTS),
            "of a map": ({"type": "object", "patternProperties": {pattern: TEXT}}, OBJECTS),
        }
        for use, (schema, payloads) in schemas.items():
            found[f"{name} {use}"] = partial(verdict, schema, payloads)
    return found


def _evil_record() -> Schema:
    return {"type": "object", "properties": {EVIL: {}}}


# Numbers.

NUMBERS: Mapping[str, Any] = {
    "1e308": 1e308,
    "10**400": 10**400,
    "-10**400": -(10**400),
    "10**5000": 10**5000,
    "2**63": 2**63,
    "2**64": 2**64,
    "-0.0": -0.0,
    "0": 0,
    "1e-300": 1e-300,
    "5e-324": 5e-324,
    "0.1": 0.1,
    "infinity": float("inf"),
    "nan": float("nan"),
}
BOUNDS = ("const", "exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
COUNTS = (
    *("maxItems", "maxLength", "maxProperties", "minContains", "minItems", "minLength"),
    "minProperties",
)
BEYOND_FLOATS = (f"1{'0' * 400}", f"-1{'0' * 400}")
WITHIN_FLOATS = ("1", "-1", "0", "-0.0", "1.5", "1e300", "1e-300", '"a"')
NUMERALS = (*WITHIN_FLOATS, *BEYOND_FLOATS)


def numbers() -> Mapping[str, Act]:
    halves = {"type": "number", "multipleOf": 0.5}
    found: dict[str, Act] = {
        "number beyond floats": partial(verdict, {"type": "number"}, BEYOND_FLOATS),
        "guarded number beyond floats": partial(verdict, halves, BEYOND_FLOATS),
    }
    for name, value in NUMBERS.items():
        for keyword in BOUNDS:
            for type_, payloads in (("integer", NUMERALS), ("number", WITHIN_FLOATS)):
                schema = {"type": type_, keyword: value}
                found[f"{keyword} {name} of {type_}"] = partial(verdict, schema, payloads)
            found[f"{keyword} {name}"] = partial(verdict, {keyword: value}, NUMERALS)
        for keyword in COUNTS:
            counted = {"type": ["array", "object", "string"], "contains": {}, keyword: value}
            found[f"{keyword} {name}"] = partial(verdict, counted)
        found[f"enum {name}"] = partial(verdict, {"enum": [value, 1, "a"]}, NUMERALS)
        for type_ in ("integer", "number"):
            annotated = {"type": type_, "default": value, "examples": [value]}
            found[f"default {name} of {type_}"] = partial(verdict, holder(annotated))
        found[f"default {name}"] = partial(verdict, holder({"default": [value]}))
    return found


FAMILIES: Mapping[str, Callable[[], Mapping[str, Act]]] = {
    "deep": deep,
    "cycles": cycles,
    "many ways": many_ways,
    "wide": wide,
    "patterns": patterns,
    "numbers": numbers,
}
KNOWN: Mapping[str, Mapping[str, str]] = {
    "numbers": {"guarded number beyond floats": "no `float` holds it, and so pydantic refuses it"}
}
"""The cases that still fail, and why; one that heals is struck off."""
