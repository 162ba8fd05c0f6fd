"""Faults of the schemas: keywords that no type can carry, values that their own schemas refuse."""

from __future__ import annotations

from tests.generator.faults import fault


def in_property(text: str) -> str:
    """A record with a property of that schema."""
    return f'{{ "type": "object", "properties": {{ "a": {text} }} }}'


def nested(depth: int) -> str:
    """Lists of lists; the mark stands where the problem is told."""
    return "▶" + '{ "items": ' * depth + "{}" + " }" * depth


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
        "a pattern that needs more room than there is",
        in_property('{ "type": "string", "pattern": ▶"(a{1,1000}){1,1000}" }'),
        "invalid-pattern",
        "/properties/a/pattern",
        "an engine can use",
    ),
    fault(
        "a pattern of names that is none",
        '{ "patternProperties": { "a/(": ▶true } }',
        "invalid-pattern",
        "/patternProperties/a~1(",
        "`a/(`",
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
    fault(
        "types that are too many within each other",
        in_property(nested(60)),
        "too-deep",
        "/properties/a",
        "name some of them by `$ref`",
    ),
]
