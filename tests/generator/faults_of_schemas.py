"""Faults of the schemas: keywords that no type can carry, values that their own schemas refuse."""

from __future__ import annotations

from tests.generator.faults import Expected, Fault, fault


def in_property(text: str) -> str:
    """A record with a property of that schema."""
    return f'{{ "type": "object", "properties": {{ "a": {text} }} }}'


def unsupported(keyword: str, schema: str) -> Fault:
    """A keyword of a property that no type can carry."""
    pointer = f"/properties/a/{keyword}"
    return fault(
        f"`{keyword}`, which no type carries",
        in_property(schema),
        "unsupported-keyword",
        pointer,
        f"`{keyword}`",
    )


RECORD = '{ "type": "object", "properties": { "a": { "type": "string" } } }'

FAULTS_OF_SCHEMAS = [
    fault(
        "a misspelt keyword",
        in_property('{ "type": "string", "minLenght": ▶1 }'),
        "unknown-keyword",
        "/properties/a/minLenght",
        "did you mean `minLength`?",
    ),
    fault(
        "a keyword that is like no other",
        in_property('{ "colour": ▶"red" }'),
        "unknown-keyword",
        "/properties/a/colour",
        "no dialect defines `colour`",
    ),
    fault(
        "a misspelt keyword of ours",
        f'{{ "x-selectr": ▶["a"], {RECORD[1:]}',
        "unknown-keyword",
        "/x-selectr",
        "did you mean `x-selector`?",
    ),
    fault(
        "a keyword in a branch of an enum",
        '{ "type": "string", "oneOf": [{ "const": "a", "deprecatd": ▶true }] }',
        "unknown-keyword",
        "/oneOf/0/deprecatd",
        "did you mean `deprecated`?",
    ),
    fault(
        "a keyword in a list of lists",
        in_property('{ "type": "array", "items": { "type": "array", "itmes": ▶{} } }'),
        "unknown-keyword",
        "/properties/a/items/itmes",
        "did you mean `items`?",
    ),
    fault(
        "a name that a pointer escapes",
        '{ "type": "object", "properties": { "a/b~c": { "x": ▶1 } } }',
        "unknown-keyword",
        "/properties/a~1b~0c/x",
        "`x`",
    ),
    fault(
        "a keyword of ours where it has no meaning",
        in_property('{ "type": "string", "x-selector": ▶["a"] }'),
        "misplaced-keyword",
        "/properties/a/x-selector",
        "`x-selector`",
    ),
    unsupported("not", '{ "not": ▶{ "type": "null" } }'),
    unsupported("if", '{ "if": ▶{} }'),
    unsupported("allOf", '{ "allOf": ▶[{ "type": "string" }] }'),
    unsupported("oneOf", '{ "oneOf": ▶[{ "type": "string" }, { "type": "null" }] }'),
    unsupported("contains", '{ "type": "array", "contains": ▶{ "type": "string" } }'),
    unsupported("uniqueItems", '{ "type": "array", "uniqueItems": ▶true }'),
    unsupported("prefixItems", '{ "type": "array", "prefixItems": ▶[{}] }'),
    unsupported("patternProperties", '{ "type": "object", "patternProperties": ▶{} }'),
    unsupported("propertyNames", '{ "type": "object", "propertyNames": ▶{} }'),
    unsupported("dependentRequired", '{ "type": "object", "dependentRequired": ▶{} }'),
    unsupported("unevaluatedProperties", '{ "type": "object", "unevaluatedProperties": ▶false }'),
    unsupported("contentEncoding", '{ "type": "string", "contentEncoding": ▶"base64" }'),
    unsupported("minimum", '{ "type": "string", "minimum": ▶1 }'),
    unsupported("minLength", '{ "minLength": ▶1 }'),
    unsupported("pattern", '{ "enum": ["a"], "pattern": ▶"^a$" }'),
    unsupported("properties", '{ "properties": ▶{} }'),
    fault(
        "an assertion beside a reference",
        in_property('{ "$ref": "#/$defs/b", "minLength": ▶1 } }, "$defs": { "b": {}'),
        "unsupported-keyword",
        "/properties/a/minLength",
        "`minLength`",
    ),
    unsupported("enum", '{ "enum": ▶[["a"]] }'),
    unsupported("const", '{ "const": ▶{} }'),
    fault(
        "a property that nothing fits",
        in_property("▶false"),
        "unsupported-keyword",
        "/properties/a",
        "nothing fits",
    ),
    fault(
        "a required property that is not declared",
        f'{{ "required": ▶["b"], {RECORD[1:]}',
        "unsupported-keyword",
        "/required",
        "`b` is required but is no property",
    ),
    fault(
        "a record with typed further properties",
        f'{{ "additionalProperties": ▶{{ "type": "string" }}, {RECORD[1:]}',
        "unsupported-keyword",
        "/additionalProperties",
        "`additionalProperties`",
    ),
    fault(
        "a record of a least size",
        f'{{ "minProperties": ▶1, {RECORD[1:]}',
        "unsupported-keyword",
        "/minProperties",
        "`minProperties`",
    ),
    fault(
        "a scope that a flat bundle cannot have",
        f'{{ "$dynamicAnchor": ▶"a", {RECORD[1:]}',
        "unsupported-keyword",
        "/$dynamicAnchor",
        "`$dynamicAnchor`",
    ),
    fault(
        "a format that is not known",
        in_property('{ "type": "string", "format": ▶"e-mail" }'),
        "unsupported-format",
        "/properties/a/format",
        "`e-mail`",
    ),
    fault(
        "a form of ours without its pattern",
        in_property('{ "type": "string", "x-format": ▶"iso8601-duration" }'),
        "format-assertion",
        "/properties/a/x-format",
        "`pattern`",
    ),
    fault(
        "two forms of one string",
        '{ "type": "string", "format": "date-time", "x-format": ▶"iso8601-duration",'
        ' "pattern": "^P" }',
        "unsupported-format",
        "/x-format",
        "",
    ),
    fault(
        "a form of ours whose pattern refuses what is written",
        '{ "type": "string", "x-format": "iso8601-duration", "pattern": ▶"^PT[0-9]{1,5}S$" }',
        "format-closure",
        "/pattern",
        "as Python writes it",
    ),
    fault(
        "a pattern that is none",
        in_property('{ "type": "string", "pattern": ▶"(" }'),
        "invalid-pattern",
        "/properties/a/pattern",
        "`(`",
    ),
    fault(
        "a type that JSON has not",
        in_property('{ "type": ▶"strnig" }'),
        "dialect",
        "/properties/a/type",
        "strnig",
    ),
    fault(
        "a description that is no text",
        in_property('{ "description": ▶1 }'),
        "dialect",
        "/properties/a/description",
        "string",
    ),
    fault(
        "a list that is required twice",
        f'{{ "required": ▶["a", "a"], {RECORD[1:]}',
        "dialect",
        "/required",
        "non-unique",
    ),
    fault(
        "a default that its own schema refuses",
        in_property('{ "type": "integer", "default": ▶"1" }'),
        "default",
        "/properties/a/default",
        "refused by its own schema",
    ),
    fault(
        "an example that its own schema refuses",
        '{\n  "type": "string",\n  "examples": ["a", ▶1]\n}',
        "example",
        "/examples/1",
        "refused by its own schema",
    ),
    fault(
        "an example that is wrong inside",
        f'{{ "examples": [{{ "a": ▶1 }}], {RECORD[1:]}',
        "example",
        "/examples/0/a",
        "1 is not a string",
    ),
    Fault(
        name="members of one name and one value, and one of another type",
        files={
            "schemas/Thing.schema.json": '{ "type": "string",'
            ' "oneOf": [{ "const": "a" }, { "const": "a" }, ▶{ "const": 1, "title": "B" }] }'
        },
        problems=(
            Expected(rule="enum-member", at="schemas/Thing.schema.json:1:1", says="name `A`"),
            Expected(rule="enum-member", at="schemas/Thing.schema.json:1:1", says="value `a`"),
            Expected(rule="enum-member", pointer="/oneOf/2", says="of type string"),
        ),
    ),
    fault(
        "a member that cannot be named",
        '{ "type": "string", "enum": ["a", ▶"1 %"] }',
        "enum-member",
        "/enum/1",
        "write `const` and `title`",
    ),
]
