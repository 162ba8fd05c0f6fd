"""Schemas: draw what an author might write, in any draft and in any combination of keywords.

No schema leads back to itself without a step into the value: that describes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st

DRAFTS = ("draft-04", "draft-06", "draft-07", "2019-09", "2020-12")
META_SCHEMAS = (
    *(f"http://json-schema.org/draft-{number}/schema#" for number in ("04", "06", "07")),
    *(f"https://json-schema.org/draft/{name}/schema" for name in ("2019-09", "2020-12")),
)
OTHER = "http://other.example/other.json"
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
NAMES = ("a", "b", "a_b", "x-y", "class", "model_dump", "A", "", "$ref", "properties", "é")
PATTERNS = ("^a", "b$", "^[a-z]+$", "^\\d+$", "a|b", "^(?!a)", "^x-", "[^a]", "^.{2,3}$", "\\S", "")
FORMATS = {
    "date-time": "2024-01-02T03:04:05Z",
    "date": "2024-02-29",
    "time": "03:04:05Z",
    "email": "a@b.example",
    "ipv4": "127.0.0.1",
    "uri": "http://a.example/b",
    "uuid": "2f1d9d3c-8a3b-4c1e-9d2f-0123456789ab",
    "duration": "P1DT2H",
    "regex": "^a",
    "json-pointer": "/a",
    "no-format": "x",
}
STRINGS = ("", "a", "ab", "abc", "b", "x-y", "12", "é", "😀", "a\n", "true", *FORMATS.values())
NUMBERS = (0, 1, 2, 3, -1, 1.0, 1.5, 0.5, -0.0, 10, 2**53 + 1, 2**63, 10**20, 1e20, 0.1)
ATOMS = (None, True, False, *NUMBERS[:8], *STRINGS[:8])


@dataclass(frozen=True, kw_only=True)
class Case:
    """A document, and how it is to be read."""

    schema: Any
    dialect: str
    formats: str
    others: Mapping[str, Any] = field(default_factory=dict)
    """The documents that it may refer to, by URI."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where in a document a schema is to be drawn."""

    draft: int
    """Which of `DRAFTS`."""
    depth: int
    """How many schemas may be in one another from here."""
    ahead: tuple[str, ...]
    """The definitions that may be referred to as a whole."""
    names: tuple[str, ...]
    """All definitions: a step into the value, any of them may be referred to."""

    def within(self) -> Spot:
        """What is a part of the schema, for the same value."""
        return Spot(draft=self.draft, depth=self.depth - 1, ahead=self.ahead, names=self.names)

    def inside(self) -> Spot:
        """What is for a part of the value."""
        return Spot(draft=self.draft, depth=self.depth - 1, ahead=self.names, names=self.names)


def cases(dialect: str | None = None) -> st.SearchStrategy[Case]:
    """Documents in some draft, or in this one."""
    drafts = range(len(DRAFTS)) if dialect is None else (DRAFTS.index(dialect),)
    return st.randoms(use_true_random=True).map(lambda random: _case(random, tuple(drafts)))


def _case(random: Random, drafts: tuple[int, ...]) -> Case:
    draft = random.choice(drafts)
    names = tuple(random.sample(("one", "two", "Three"), random.choice((0, 0, 1, 2, 3))))
    top = _schema(random, Spot(draft=draft, depth=3, ahead=names, names=("#", *names)))
    schema = _with_definitions(random, top, draft, names) if isinstance(top, dict) else top
    is_anchored = "$dynamicRef" in str(schema) or random.random() < 0.2
    if isinstance(schema, dict) and draft > 2 and is_anchored:
        schema.update({"$recursiveAnchor": True} if draft == 3 else {"$dynamicAnchor": "node"})
    formats = random.choice(("dialect", "dialect", "assert", "annotate"))
    return Case(
        schema=schema, dialect=DRAFTS[draft], formats=formats, others=_others(random, draft, schema)
    )


def _others(random: Random, draft: int, schema: Any) -> dict[str, Any]:
    """The other document, if it is referred to; it may be of another draft."""
    if OTHER not in str(schema):
        return {}
    chosen = random.choice((draft, random.randrange(len(DRAFTS))))
    spot = Spot(draft=chosen, depth=2, ahead=(), names=("#",))
    other = _some(random, spot, random.choice((1, 2, 3)))
    return {OTHER: {**other, "$schema": META_SCHEMAS[chosen]}}


def _with_definitions(
    random: Random, schema: dict[str, Any], draft: int, names: tuple[str, ...]
) -> Any:
    if not names:
        return schema
    home = random.choice(("definitions", "$defs")) if draft > 2 else "definitions"
    schema[home] = {
        name: _schema(
            random, Spot(draft=draft, depth=2, ahead=names[place + 1 :], names=("#", *names))
        )
        for place, name in enumerate(names)
    }
    return _at_home(schema, home)


def _at_home(schema: Any, home: str) -> Any:
    """The schema whose references lead to where the definitions stand."""
    if isinstance(schema, list):
        return [_at_home(one, home) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: f"#/{home}/{value.removeprefix('~')}"
        if key == "$ref" and isinstance(value, str) and value.startswith("~")
        else _at_home(value, home)
        for key, value in schema.items()
    }


def _schema(random: Random, spot: Spot) -> Any:
    kind = random.randint(0, 19)
    if spot.draft > 0 and kind == 0:
        return random.random() < 0.5
    if spot.ahead and kind in (1, 2, 3):
        reference = {"$ref": _reference(random.choice(spot.ahead))}
        return {**reference, **_some(random, spot, 1)} if kind == 1 else reference
    if len(spot.names) != 1 and kind in {4, 5} and random.random() < 0.2:
        return {"$ref": OTHER}
    if "#" in spot.ahead and kind == 6 and spot.draft > 2 and random.random() < 0.4:
        return {"$recursiveRef": "#"} if spot.draft == 3 else {"$dynamicRef": "#node"}
    if spot.depth <= 0:
        return _some(random, spot, 2, _LEAVES)
    return _some(random, spot, random.choice((1, 2, 2, 3, 4)))


def _reference(name: str) -> str:
    return name if name == "#" else f"~{name}"


def _some(
    random: Random, spot: Spot, count: int, among: tuple[Fragment, ...] | None = None
) -> dict[str, Any]:
    """A schema of some fragments."""
    schema: dict[str, Any] = {}
    for fragment in random.choices(among or _ALL, k=count):
        schema = {**schema, **fragment(random, spot)}
    if random.randint(0, 2) and "$ref" not in schema:
        schema = {**_type(random, spot), **schema}
    return schema


Fragment: TypeAlias = Callable[[Random, Spot], dict[str, Any]]


def _type(random: Random, _: Spot) -> dict[str, Any]:
    if random.randint(0, 3):
        return {"type": random.choice((*TYPES, "object", "object", "string", "array"))}
    return {"type": random.sample(TYPES, random.randint(1, 3))}


def _enum(random: Random, _: Spot) -> dict[str, Any]:
    pool = random.choice((STRINGS, NUMBERS, [_value(random) for _ in range(3)]))
    members = [random.choice(pool) for _ in range(random.randint(1, 3))]
    return {"enum": [*{_as_json(one): one for one in members}.values()]}


def _value(random: Random, depth: int = 0) -> Any:
    """Any JSON value, most often a small one."""
    match random.randint(0, 9) if depth < 2 else 9:
        case 0:
            return [_value(random, depth + 1) for _ in range(random.randint(0, 2))]
        case 1:
            names = random.sample(NAMES, random.randint(0, 2))
            return {name: _value(random, depth + 1) for name in names}
        case _:
            return random.choice(ATOMS)


def _as_json(value: Any) -> str:
    """The same for what JSON Schema holds equal."""
    if isinstance(value, dict):
        return str(sorted((key, _as_json(value[key])) for key in value))
    if isinstance(value, list):
        return str([_as_json(one) for one in value])
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return repr(int(value) if is_number and value == int(value) else value)


def _const(random: Random, spot: Spot) -> dict[str, Any]:
    return {"const": _value(random)} if spot.draft else _enum(random, spot)


def _range(random: Random, spot: Spot) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    for side in random.choice((("Minimum",), ("Maximum",), ("Minimum", "Maximum"))):
        bound = random.choice(NUMBERS)
        if spot.draft == 0:
            schema[side.lower()] = bound
            if random.random() < 0.5:
                schema[f"exclusive{side}"] = random.random() < 0.5
        else:
            schema[random.choice((side.lower(), f"exclusive{side}"))] = bound
    return schema


def _multiple(random: Random, _: Spot) -> dict[str, Any]:
    return {"multipleOf": random.choice((1, 2, 3, 0.5, 1.5, 0.1, 0.01, 1.0, 1e20))}


def _length(random: Random, spot: Spot) -> dict[str, Any]:
    return _sizes(random, spot, "Length")


def _size(random: Random, spot: Spot) -> float:
    return random.choice((0, 1, 1, 2, 3, 2.0 if spot.draft else 2))


def _sizes(random: Random, spot: Spot, what: str) -> dict[str, Any]:
    sides = random.choice((("min",), ("max",), ("min", "max")))
    return {f"{side}{what}": _size(random, spot) for side in sides}


def _pattern(random: Random, _: Spot) -> dict[str, Any]:
    return {"pattern": random.choice(PATTERNS)}


def _format(random: Random, _: Spot) -> dict[str, Any]:
    return {"format": random.choice(tuple(FORMATS))}


def _content(random: Random, _: Spot) -> dict[str, Any]:
    keywords = {"contentEncoding": "base64", "contentMediaType": "application/json"}
    return {one: keywords[one] for one in random.sample([*keywords], random.randint(1, 2))}


def _properties(random: Random, spot: Spot) -> dict[str, Any]:
    names = random.sample(NAMES, random.randint(1, 3))
    schema: dict[str, Any] = {
        "properties": {name: _schema(random, spot.inside()) for name in names}
    }
    required = random.sample([*dict.fromkeys((*names, "b"))], random.randint(0, 1))
    if required:
        schema["required"] = required
    if random.randint(0, 3) == 0:
        schema.update(_additional(random, spot))
    return schema


def _required(random: Random, _: Spot) -> dict[str, Any]:
    return {"required": random.sample(NAMES, random.randint(1, 2))}


def _additional(random: Random, spot: Spot) -> dict[str, Any]:
    if random.random() < 0.5:
        return {"additionalProperties": random.random() < 0.5}
    return {"additionalProperties": _schema(random, spot.inside())}


def _pattern_properties(random: Random, spot: Spot) -> dict[str, Any]:
    patterns = random.sample(PATTERNS, random.randint(1, 2))
    return {"patternProperties": {one: _schema(random, spot.inside()) for one in patterns}}


def _property_names(random: Random, spot: Spot) -> dict[str, Any]:
    if spot.draft == 0:
        return {}
    return {"propertyNames": _schema(random, spot.inside())}


def _property_count(random: Random, spot: Spot) -> dict[str, Any]:
    return _sizes(random, spot, "Properties")


def _dependencies(random: Random, spot: Spot) -> dict[str, Any]:
    names = random.sample(NAMES, random.randint(1, 2))
    if random.random() < 0.5:
        keyword = "dependentRequired" if spot.draft > 2 else "dependencies"
        return {keyword: {name: [random.choice(NAMES)] for name in names}}
    keyword = "dependentSchemas" if spot.draft > 2 else "dependencies"
    return {keyword: {name: _object_schema(random, spot.within()) for name in names}}


def _object_schema(random: Random, spot: Spot) -> Any:
    return _schema(random, spot)


def _items(random: Random, spot: Spot) -> dict[str, Any]:
    return {"items": _schema(random, spot.inside())}


def _tuple(random: Random, spot: Spot) -> dict[str, Any]:
    items = [_schema(random, spot.inside()) for _ in range(random.randint(1, 3))]
    first, rest = ("prefixItems", "items") if spot.draft == 4 else ("items", "additionalItems")
    further = random.choice((None, True, False, "schema"))
    if further is None or (spot.draft == 0 and further is True and first == "prefixItems"):
        return {first: items}
    return {first: items, rest: _schema(random, spot.inside()) if further == "schema" else further}


def _item_count(random: Random, spot: Spot) -> dict[str, Any]:
    return _sizes(random, spot, "Items")


def _unique(random: Random, _: Spot) -> dict[str, Any]:
    return {"uniqueItems": random.choice((True, True, False))}


def _contains(random: Random, spot: Spot) -> dict[str, Any]:
    if spot.draft == 0:
        return {}
    counts = _sizes(random, spot, "Contains") if spot.draft > 2 and random.random() < 0.5 else {}
    return {"contains": _schema(random, spot.inside()), **counts}


def _branches(random: Random, spot: Spot) -> dict[str, Any]:
    keyword = random.choice(("allOf", "anyOf", "oneOf"))
    return {keyword: [_schema(random, spot.within()) for _ in range(random.randint(1, 3))]}


def _tagged(random: Random, spot: Spot) -> dict[str, Any]:
    """A union of records that a property tells apart."""
    branches = []
    for number in range(random.randint(2, 3)):
        branch = _properties(random, spot.within())
        tag = {"enum": [f"t{number}"]} if spot.draft == 0 else {"const": f"t{number}"}
        branch["properties"]["kind"] = tag
        if random.randint(0, 3):
            branch["required"] = [*branch.get("required", []), "kind"]
        if random.randint(0, 3):
            branch["type"] = "object"
        branches.append(branch)
    return {random.choice(("oneOf", "anyOf")): branches}


def _not(random: Random, spot: Spot) -> dict[str, Any]:
    return {"not": _schema(random, spot.within())}


def _if(random: Random, spot: Spot) -> dict[str, Any]:
    if spot.draft < 2:
        return {}
    keywords = random.choice((("if", "then"), ("if", "else"), ("if", "then", "else")))
    return {keyword: _schema(random, spot.within()) for keyword in keywords}


def _unevaluated(random: Random, spot: Spot) -> dict[str, Any]:
    if spot.draft < 3:
        return {}
    keyword = random.choice(("unevaluatedProperties", "unevaluatedItems"))
    said = random.random() < 0.5
    return {keyword: False if said else _schema(random, spot.inside())}


def _annotation(random: Random, _: Spot) -> dict[str, Any]:
    keyword = random.choice(("title", "description", "default", "x-own"))
    is_text = keyword in {"title", "description"}
    return {keyword: random.choice(("A thing", "one", "")) if is_text else _value(random)}


def _foreign(_: Random, spot: Spot) -> dict[str, Any]:
    """A keyword that the draft does not know, which then says nothing."""
    later = ({"const": 1}, {"if": {}, "then": False}, {"dependentRequired": {"a": ["b"]}})
    earlier = {"dependencies": {"a": ["b"]}}
    return dict(earlier if spot.draft > 2 else later[spot.draft])


_LEAVES: tuple[Fragment, ...] = (
    *(_type, _type, _enum, _const, _range, _range, _multiple, _length, _length, _pattern, _format),
    *(_content, _required, _property_count, _item_count, _unique, _annotation, _foreign),
)
_ALL: tuple[Fragment, ...] = (
    *_LEAVES,
    *(_properties, _properties, _properties, _additional, _pattern_properties, _property_names),
    *(_dependencies, _items, _items, _tuple, _contains, _branches, _branches, _branches, _tagged),
    *(_not, _if, _unevaluated),
)
