"""Faults of the files: what is no JSON, no schema, or not within the project."""

from __future__ import annotations

from tests.generator.faults import FILE, Expected, Fault, fault, faults
from tests.generator.project import SETTINGS

DEEP = "[" * 100_000 + "]" * 100_000
ALSO = "schemas/Also.schema.json"
RECORD = '{ "type": "object", "properties": { "a": { "type": "string" } } }'


def unmarked(name: str, text: bytes, place: str, rule: str, says: str) -> Fault:
    """A fault of a file that no mark can stand in."""
    expected = Expected(rule=rule, says=says, at=f"{FILE}{place}")
    return Fault(name=name, files={FILE: text}, problems=(expected,))


FAULTS_OF_FILES = [
    fault("a file that is no JSON", '{ "type": ▶object }', "not-json", "", "not JSON"),
    fault("an empty file", "▶", "not-json", "", "not JSON"),
    fault("a file that ends too soon", '{\n  "a": [1,▶\n', "not-json", "", "not JSON"),
    fault("a byte order mark", "▶\ufeff{}", "not-json", "", "byte order mark"),
    fault("a key twice", '{ "title": "A", ▶"title": "B" }', "not-json", "", "stands twice"),
    fault("a nested key twice", '{ "a": [{ "b": 1, ▶"b": 2 }] }', "not-json", "", "stands twice"),
    fault("NaN", '{ "type": "number", "maximum": ▶NaN }', "not-json", "", "`NaN` is no JSON"),
    fault("an infinite number", '{ "maximum": ▶-Infinity }', "not-json", "", "`-Infinity`"),
    fault("a number too large to hold", '{ "maximum": ▶1e400 }', "not-json", "", ""),
    fault(
        "an integer of too many digits",
        f'{{ "maximum": ▶{"9" * 5000} }}',
        "not-json",
        "",
        "",
    ),
    fault("half of a surrogate pair", '{ "title": ▶"\\ud83d" }', "not-json", "", ""),
    fault("a nesting that is too deep", f"▶{DEEP}", "too-deep", "", "nested too deeply"),
    unmarked("bytes that are not UTF-8", b'{ "title": "\xff" }', ":1:13", "not-utf-8", "byte 12"),
    unmarked("UTF-16", '{ "title": "A" }'.encode("utf-16"), ":1:1", "not-utf-8", "byte 0"),
    fault("a list for a schema", "▶[]", "not-a-schema", "", "a JSON object"),
    fault(
        "a draft that there is not",
        '{ "$schema": ▶"http://json-schema.org/draft-08/schema#" }',
        "unsupported-dialect",
        "/$schema",
        "2020-12",
    ),
    fault(
        "an `$id` that is no URI, where an engine is to use it",
        '{ "$id": ▶"::", "default": 1 }',
        "invalid-id",
        "/$id",
        "not a URI",
    ),
    fault(
        "an `$id` twice",
        '{ "$id": ▶"https://a.example/b", "type": "string" }',
        "duplicate-id",
        "/$id",
        ALSO,
        {ALSO: '{ "$id": "https://a.example/b", "type": "string" }'},
    ),
    fault(
        "a title twice in a folder",
        f'▶{{ "title": "Also", {RECORD[1:]}',
        "duplicate-name",
        "",
        f"{ALSO}",
        {ALSO: RECORD},
    ),
    faults(
        "two faults in one file",
        '{\n  "type": ▶"strnig",\n  "minLength": ▶-1\n}',
        ("dialect", "/type", "strnig"),
        ("dialect", "/minLength", "-1"),
    ),
    Fault(
        name="faults in two files, in the order of the files",
        files={
            "schemas/a/One.schema.json": '{ "type": "string", "minimun": ▶1 }',
            "schemas/b/Two.schema.json": '{\n  "type": "object", "propertys": ▶{}\n}',
        },
        problems=(
            Expected(rule="unknown-keyword", pointer="/minimun", says="`minimum`"),
            Expected(rule="unknown-keyword", pointer="/propertys", says="`properties`"),
        ),
    ),
    Fault(
        name="unreadable files, told together",
        files={"schemas/a/One.schema.json": "▶", "schemas/b/Two.schema.json": '{ "a": ▶x }'},
        problems=(
            Expected(rule="not-json", says="not JSON"),
            Expected(rule="not-json", says="not JSON"),
        ),
    ),
    Fault(
        name="no folder of schemas",
        files={"pyproject.toml": SETTINGS},
        problems=(Expected(rule="no-schemas", at="schemas", says="no such folder"),),
    ),
    Fault(
        name="a folder of schemas with none in it",
        files={"pyproject.toml": SETTINGS, "schemas/note.txt": "nothing yet"},
        problems=(Expected(rule="no-schemas", at="schemas", says="`recordsmith new`"),),
    ),
    Fault(
        name="nothing but a folder that is called like a schema",
        files={f"{FILE}/note.txt": "a folder"},
        problems=(Expected(rule="no-schemas", at="schemas", says="`recordsmith new`"),),
    ),
    Fault(
        name="a file that is too large",
        files={FILE: f'{{ "description": "{"a" * 50_000_000}" }}'},
        problems=(Expected(rule="too-large", at=f"{FILE}:1:1", says="split it"),),
    ),
]
