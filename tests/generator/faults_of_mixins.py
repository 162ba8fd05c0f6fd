"""Faults of hand-written mixins: what is no mixin, and what would be lost of one."""

from __future__ import annotations

from tests.generator.faults import Expected, Fault
from tests.generator.project import POINT

SCHEMA = "schemas/Point.schema.json"
MIXIN = "mixins/python/Point.py.jinja"
METHOD = "    def method(self) -> int:\n        return 1\n"
TEXT = '{ "type": "object", "properties": { "a": { "type": "string" } } }'


def mixin(name: str, text: str, rule: str, says: str, line: int = 0) -> Fault:
    """A fault of a hand-written mixin."""
    at = f"{MIXIN}:{line}:1" if line else MIXIN
    expected = Expected(rule=rule, at=at, says=says)
    return Fault(name=name, files={SCHEMA: POINT, MIXIN: text}, problems=(expected,))


FAULTS_OF_MIXINS = [
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
