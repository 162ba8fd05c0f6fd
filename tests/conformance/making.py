"""Make: draw payloads by walking a schema, so that most of them are valid.

The schema judges what came out: of a keyword that is not known here it may draw what is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import urljoin

from hypothesis import strategies as st

Schema: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

KINDS = ("null", "boolean", "integer", "number", "string", "array", "object")
STRINGS = st.text(max_size=6) | st.sampled_from(["ds_1", " ", "\0", "é", "e\u0301", "\U0001f916"])
INTEGERS = st.integers(-9, 9) | st.integers() | st.sampled_from([2**53 + 1, 2**64, int(1e30)])
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
ANY = st.recursive(
    st.none() | st.booleans() | INTEGERS | NUMBERS | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=6,
)


class Maker:
    """Draws values that fit the schemas it was given, each by its `$id`."""

    def __init__(self, documents: Mapping[str, Schema]) -> None:
        self._documents = {uri: _absolute(one, uri) for uri, one in documents.items()}
        self._kinds: dict[str, Callable[[Draw, Schema], Any]] = {
            "null": lambda _draw, _schema: None,
            "boolean": lambda draw, _schema: draw(st.booleans()),
            "integer": self._integer,
            "number": lambda draw, _schema: draw(NUMBERS),
            "string": self._string,
            "array": self._array,
            "object": self._object,
        }

    def payloads(self, uri: str) -> st.SearchStrategy[Any]:
        """Values that fit the schema with this `$id`."""

        @st.composite
        def drawn(draw: Draw) -> Any:
            return self._value(draw, {"$ref": uri})

        return drawn()

    def _value(self, draw: Draw, schema: Schema) -> Any:
        schema = self._resolved(schema)
        if any(keyword in schema for keyword in ("anyOf", "oneOf")):
            return self._value(draw, draw(st.sampled_from(self._branches(schema))))
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return draw(st.sampled_from(schema["enum"]))
        if _kinds(schema) == list(KINDS):
            return draw(ANY)
        return self._kinds[draw(st.sampled_from(_kinds(schema)))](draw, schema)

    def _integer(self, draw: Draw, schema: Schema) -> int:
        least = schema.get("minimum")
        near = st.integers(min_value=least, max_value=None if least is None else least + 3)
        return int(draw(near | INTEGERS.filter(lambda n: least is None or n >= least)))

    def _string(self, draw: Draw, schema: Schema) -> str:
        if "pattern" in schema:
            form = st.from_regex(schema["pattern"], fullmatch=True)
            return str(draw(st.sampled_from(schema.get("examples", [""])) | form))
        return str(draw(STRINGS.filter(lambda text: len(text) >= schema.get("minLength", 0))))

    def _array(self, draw: Draw, schema: Schema) -> list[Any]:
        least = schema.get("minItems", 0)
        length = draw(st.integers(least, least + 2))
        return [self._value(draw, schema.get("items", {})) for _ in range(length)]

    def _object(self, draw: Draw, schema: Schema) -> dict[str, Any]:
        made = {}
        if (more := schema.get("additionalProperties", True)) is not False:
            names = draw(st.lists(STRINGS, max_size=2))
            made = {name: self._value(draw, {} if more is True else more) for name in names}
        for name, property_ in schema.get("properties", {}).items():
            if name in schema.get("required", ()) or draw(st.integers(0, 3)):
                made[name] = self._value(draw, property_)
        return made

    def _resolved(self, schema: Schema) -> Schema:
        """The schema with what its `$ref` names beside its own keywords."""
        if "$ref" not in schema:
            return schema
        uri, _, pointer = schema["$ref"].partition("#")
        target = self._documents[uri]
        for step in pointer.split("/")[1:]:
            target = target[step.replace("~1", "/").replace("~0", "~")]
        return self._both(target, {k: v for k, v in schema.items() if k != "$ref"})

    def _branches(self, schema: Schema) -> list[Schema]:
        """What stands beside `anyOf` or `oneOf`, joined with each branch that it leaves open."""
        keyword = "anyOf" if "anyOf" in schema else "oneOf"
        beside = {k: v for k, v in schema.items() if k != keyword}
        joined = (self._both(beside, branch) for branch in schema[keyword])
        return [one for one in joined if _kinds(one)]

    def _both(self, one: Schema, other: Schema) -> Schema:
        """One schema for what fits both, as far as the keywords in use need it."""
        one, other = self._resolved(one), self._resolved(other)
        kinds = [kind for kind in _kinds(one) if kind in _kinds(other)]
        properties = dict(one.get("properties", {}))
        for name, property_ in other.get("properties", {}).items():
            properties[name] = self._both(properties.get(name, {}), property_)
        required = [*one.get("required", ()), *other.get("required", ())]
        joined = {"type": kinds, "properties": properties, "required": required}
        return {**one, **other, **joined}


def _kinds(schema: Schema) -> list[str]:
    kinds = schema.get("type", KINDS)
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _absolute(schema: Any, base: str) -> Any:
    """The schema with every `$ref` made absolute, so that its parts may be moved."""
    if isinstance(schema, list):
        return [_absolute(one, base) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        keyword: urljoin(base, value) if keyword == "$ref" else _absolute(value, base)
        for keyword, value in schema.items()
    }
