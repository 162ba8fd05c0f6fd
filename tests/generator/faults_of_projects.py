"""Faults of a project beyond its schemas: settings, names, and what is in the way."""

from __future__ import annotations

from collections.abc import Callable

from tests.generator.faults import Expected, Fault
from tests.generator.project import POINT, Project

from recordsmith import pipeline
from recordsmith.index import named
from recordsmith.scaffold import scaffold

SCHEMA = "schemas/Point.schema.json"
TEXT = '{ "type": "object", "properties": { "a": { "type": "string" } } }'


def setting(name: str, toml: str, at: str, says: str) -> Fault:
    """A fault of the settings, which have no lines of their own."""
    expected = Expected(rule="config", at=f"pyproject.toml#/tool/recordsmith{at}", says=says)
    files = {"pyproject.toml": f"[tool.recordsmith]\n{toml}\n", SCHEMA: POINT}
    return Fault(name=name, files=files, problems=(expected,))


def new(kind: str, name: str) -> Callable[[Project], object]:
    return lambda project: scaffold(project.config, kind, name)


def ask_for(name: str) -> Callable[[Project], object]:
    return lambda project: named(pipeline.read_schemas(project.config).catalog, name)


SETTINGS_OF_PROJECTS = [
    Fault(
        name="settings that are no TOML",
        files={"pyproject.toml": "[tool.recordsmith\n", SCHEMA: POINT},
        problems=(Expected(rule="toml", at="pyproject.toml", says="not TOML"),),
    ),
    setting("a setting that there is not", 'schema = "x"', "/schema", "did you mean `schemas`?"),
    setting("a setting of the wrong type", "schemas = 1", "/schemas", "is to be a string"),
    setting("a table that is none", 'python = "x"', "/python", "is to be a table"),
    setting("a path that is none", 'published = "a\\u0000"', "/published", "a null character"),
    setting("schemas outside", 'schemas = "../x"', "/schemas", "leads out of the project"),
    setting("generated files outside", 'generated = "/x"', "/generated", "leads out"),
    setting("generated files everywhere", 'generated = "."', "/generated", "a folder below"),
    setting(
        "generated files among the schemas",
        'generated = "schemas/generated"',
        "/generated",
        "",
    ),
    setting(
        "a package that cannot be named",
        'python.package = "my-records"',
        "/python/package",
        "`my-records`",
    ),
    setting(
        "a package that is a keyword",
        'python.package = "a.class"',
        "/python/package",
        "`a.class`",
    ),
]

NAMES = [
    Fault(
        name="two folders that become one module",
        files={f"schemas/{folder}/Point.schema.json": POINT for folder in ("a-b", "a_b")},
        problems=(
            Expected(rule="path-collision", at="python/records/a_b.py", says="claim this path"),
        ),
    ),
    Fault(
        name="a folder of schemas and the types above it",
        files={"schemas/Point.schema.json": POINT, "schemas/records/Line.schema.json": TEXT},
        problems=(
            Expected(rule="path-collision", at="python/records/records.py", says="claim this path"),
        ),
    ),
]

IN_THE_WAY = [
    Fault(
        name="a file of somebody else where one is to be generated",
        files={SCHEMA: POINT, "generated/python/records/records.py": "# mine\n"},
        problems=(
            Expected(
                rule="edited", at="generated/python/records/records.py", says="edited by hand"
            ),
        ),
    ),
    Fault(
        name="a file where the folder of generated files is to be",
        files={SCHEMA: POINT, "generated": "a file"},
        problems=(Expected(rule="unwritable", at="generated", says="cannot write"),),
    ),
    Fault(
        name="a file where a folder is to be generated",
        files={SCHEMA: POINT, "generated/python": "a file"},
        problems=(Expected(rule="unwritable", at="generated", says="cannot write"),),
    ),
    Fault(
        name="a folder where a file is to be generated",
        files={SCHEMA: POINT, "generated/python/records/records.py/note.txt": "a folder"},
        problems=(Expected(rule="unwritable", at="generated", says="cannot write"),),
    ),
]

ASKED = [
    Fault(
        name="a new record whose name is none",
        files={SCHEMA: POINT},
        problems=(Expected(rule="new", at="billing.in-voice", says="write it like `InVoice`"),),
        act=new("record", "billing.in-voice"),
    ),
    Fault(
        name="a new record in a module whose name is none",
        files={SCHEMA: POINT},
        problems=(Expected(rule="new", at="Billing.Invoice", says="no module path"),),
        act=new("record", "Billing.Invoice"),
    ),
    Fault(
        name="a new record that there is",
        files={SCHEMA: POINT},
        problems=(Expected(rule="new", at=SCHEMA, says="already"),),
        act=new("record", "Point"),
    ),
    Fault(
        name="a type that there is not",
        files={SCHEMA: POINT},
        problems=(Expected(rule="unknown-type", at="schemas", says="did you mean `Point`?"),),
        act=ask_for("Pont"),
    ),
    Fault(
        name="a type that there is twice",
        files={f"schemas/{folder}/Point.schema.json": POINT for folder in ("a", "b")},
        problems=(Expected(rule="ambiguous-type", at="schemas", says="`a.Point` and `b.Point`"),),
        act=ask_for("Point"),
    ),
]

FAULTS_OF_PROJECTS = [*SETTINGS_OF_PROJECTS, *NAMES, *IN_THE_WAY, *ASKED]
