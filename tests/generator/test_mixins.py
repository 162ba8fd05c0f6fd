"""What a hand-written mixin holds arrives in the class as it is."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from itertools import count

import pytest
from tests.generator.project import POINT, Project

NUMBERS = count()

MIXINS = {
    "a method": "class {{ name }}:\n    def f(self) -> int:\n        return 1\n",
    "a tab in a text": "class {{ name }}:\n    def f(self) -> int:\n        return len('\t')\n",
    "line ends of Windows": (
        "class {{ name }}:\r\n    def f(self) -> int:\r\n        return 1\r\n"
    ),
    "a comment and a decorator": (
        "class {{ name }}:\n    # Why.\n    @staticmethod\n    def f() -> int:\n        return 1\n"
    ),
    "a constant behind the class": (
        "class {{ name }}:\n    def f(self) -> int:\n        return _ONE\n\n\n_ONE = 1\n"
    ),
    "a decorated function behind the class": (
        "from functools import cache\n\n\nclass {{ name }}:\n    def f(self) -> int:\n"
        "        return one() * one.cache_info().misses\n\n\n"
        "@cache\ndef one() -> int:\n    return 1\n"
    ),
    "a text of several lines": (
        "class {{ name }}:\n    def f(self) -> int:\n"
        '        return len("""\n\n""") - 1\n\n    def g(self) -> int:\n        return 2\n'
    ),
    "a separator of lines in a text": (
        "class {{ name }}:\n    def f(self) -> int:\n        return len('\u2028')\n"
        "\n    def g(self) -> int:\n        return 2\n"
    ),
    "a form feed between methods": (
        "class {{ name }}:\n    def f(self) -> int:\n        return 1\n"
        "\x0c\n    def g(self) -> int:\n        return 2\n"
    ),
    "a class variable": (
        "from typing import ClassVar\n\n\nclass {{ name }}:\n    one: ClassVar[int] = 1\n\n"
        "    def f(self) -> int:\n        return self.one\n"
    ),
    "what the schema says": (
        "class {{ name }}:\n    def f(self) -> int:\n"
        '        return len(({{ definition.fields | map(attribute="name") | map("literal")'
        ' | join(", ") }})) - 1\n'
    ),
}


@pytest.mark.parametrize("text", MIXINS.values(), ids=MIXINS)
def test_a_mixin_may_hold(
    project_with: Callable[..., Project], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    package = f"mixed_{next(NUMBERS)}"
    project = project_with(
        {
            "pyproject.toml": f'[tool.recordsmith.python]\npackage = "{package}"\n',
            "schemas/Point.schema.json": POINT,
            "mixins/python/Point.py.jinja": text,
        }
    )
    project.generate()
    monkeypatch.syspath_prepend(str(project.root / "generated/python"))

    point = importlib.import_module(f"{package}.records").Point(x=1)
    assert point.f() == 1
