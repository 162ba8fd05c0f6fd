"""Faults of a project beyond its schemas: settings, mixins, names, and what is in the way."""

from __future__ import annotations

from collections.abc import Callable

from tests.generator.faults import Expected, Fault
from tests.generator.project import POINT, Project

from recordsmith import pipeline
from recordsmith.index import named
from recordsmith.scaffold import scaffold

SCHEMA = "schemas/Point.schema.json"
MIXIN = "mixins/python/Point.py.jinja"
METHOD = "    def method(self) -> int:\n        return 1\n"
TEXT = '{ "type": "object", "properties": { "a": { "type": "string" } } }'


def setting(name: str, toml: str, at: str, says: str) -> Fault:
    """A fault of the settings, which have no lines of their own."""
    expected = Expected(rule="config", at=f"pyproject.toml#/tool/recordsmith{at}", says=says)
    files = {"pyproject.toml": f"[tool.recordsmith]\n{toml}\n", SCHEMA: POINT}
    return Fault(name=name, files=files, problems=(expected,))


def mixin(name: str, text: str, rule: str, says: str, line: int = 0) -> Fault:
    """A fault of a hand-written mixin."""
    at = f"{MIXIN}:{line}:1" if line else MIXIN
    expected = Expected(rule=rule, at=at, says=says)
    return Fault(name=name, files={SCHEMA: POINT, MIXIN: text}, problems=(expected,))


def new(kind: str, name: str) -> Callable[[Project], object]:
    return lambda project: scaffold(project.config, kind, name)


def ask_for(name: str) -> Callable[[Project], object]:
    return lambda project: named(pipeline.read_schemas(project.config), name)


SETTINGS_OF_PROJECTS = [
    Fault(
        name="settings that are no TOML",
        files={"pyproject.toml": "[tool.recordsmith\n", SCHEMA: POINT},
        problems=(Expected(rule="toml", at="pyproject.toml", says="not TOML"),),
    ),
    setting("a setting that there is not", 'schema = "x"', "/schema", "did you mean `schemas`?"),
    setting("a setting of the wrong type", "schemas = 1", "/schemas", "is to be a string"),
    setting("a table that is none", 'python = "x"', "/python", "is to be a table"),
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

MIXINS = [
    Fault(
        name="a mixin for no type",
        files={SCHEMA: POINT, "mixins/python/Pont.py.jinja": "class {{ name }}:\n" + METHOD},
        problems=(
            Expected(rule="mixin", at="mixins/python/Pont.py.jinja", says="no record or enum"),
        ),
    ),
    Fault(
        name="a mixin for what is only a name",
        files={
            "schemas/Text.schema.json": '{ "type": "string" }',
            "mixins/python/Text.py.jinja": "class {{ name }}:\n" + METHOD,
        },
        problems=(
            Expected(rule="mixin", at="mixins/python/Text.py.jinja", says="no record or enum"),
        ),
    ),
    mixin(
        "a mixin of two classes",
        "class A:\n    pass\n\n\nclass B:\n    pass\n",
        "mixin",
        "one class",
    ),
    mixin("a mixin that is no Python", "class {{ name }}\n", "mixin", "not Python"),
    mixin(
        "a mixin that is no template", "class {{ name }}:\n    {% nope %}\n", "template", "nope", 2
    ),
    mixin("a mixin that asks for too much", "\n{{ nope }}\n", "template", "'nope' is undefined", 2),
    mixin("a mixin that divides by zero", "\n{{ 1 / 0 }}\n", "template", "division by zero", 2),
    mixin(
        "a mixin whose statements would be lost",
        f"if 1 > 0:\n    LIMIT = 1\n\n\nclass {{{{ name }}}}:\n{METHOD}",
        "mixin",
        "",
    ),
    mixin(
        "a mixin whose members would be lost",
        "class {{ name }}:\n    if 1 > 0:\n        limit = 1\n",
        "mixin",
        "",
    ),
    mixin(
        "a mixin with a base class",
        f"class {{{{ name }}}}(dict):\n{METHOD}",
        "mixin",
        "",
    ),
    mixin(
        "a mixin that adds a property which the schema does not have",
        "class {{ name }}:\n    z: int = 0\n",
        "mixin",
        "",
    ),
    Fault(
        name="a mixin whose settings would replace the generated ones",
        files={
            SCHEMA: '▶{ "type": "object", "properties": { "class": { "type": "string" } } }',
            MIXIN: 'class {{ name }}:\n    model_config = {"frozen": True}\n',
        },
        problems=(Expected(rule="member-collision", says=""),),
    ),
    Fault(
        name="a mixin that is not UTF-8",
        files={SCHEMA: POINT, MIXIN: b"# \xff\nclass {{ name }}:\n    pass\n"},
        problems=(Expected(rule="not-utf-8", at=MIXIN, says="UTF-8"),),
    ),
    Fault(
        name="a method called like a property",
        files={SCHEMA: f"▶{POINT}", MIXIN: "class {{ name }}:\n    x = 1\n"},
        problems=(Expected(rule="member-collision", says="`x`"),),
    ),
    Fault(
        name="two mixins of one module with one constant",
        files={
            SCHEMA: POINT,
            "schemas/Line.schema.json": TEXT,
            MIXIN: f"class {{{{ name }}}}:\n{METHOD}\n\n_LIMIT = 1\n",
            "mixins/python/Line.py.jinja": f"class {{{{ name }}}}:\n{METHOD}\n\n_LIMIT = 2\n",
        },
        problems=(Expected(rule="name-collision", at=MIXIN, says=""),),
    ),
]

NAMES = [
    Fault(
        name="a type called like what its module imports",
        files={SCHEMA: f'▶{{ "title": "BaseModel", {TEXT[1:]}'},
        problems=(Expected(rule="name-collision", says="`BaseModel`"),),
    ),
    Fault(
        name="two types of one name that meet",
        files={
            "schemas/a/Point.schema.json": POINT,
            "schemas/b/Point.schema.json": POINT,
            "schemas/c/Both.schema.json": '▶{ "type": "object", "properties": {'
            ' "a": { "$ref": "../a/Point.schema.json" },'
            ' "b": { "$ref": "../b/Point.schema.json" } } }',
        },
        problems=(Expected(rule="name-collision", says="two types called `Point`"),),
    ),
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

FAULTS_OF_PROJECTS = [*SETTINGS_OF_PROJECTS, *MIXINS, *NAMES, *IN_THE_WAY, *ASKED]
