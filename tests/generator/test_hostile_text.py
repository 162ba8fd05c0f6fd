"""A schema is data: no text of it becomes code in a generated file."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Callable

import pytest
from tests.generator.project import Project, project_of

HOSTILE = [
    '"""\npwned()\n"""',
    "'''\npwned()\n'''",
    '\\"""\npwned()\n\\"""',
    '"); pwned(); ("',
    "'); pwned(); ('",
    "\\",
    'ends with a quote"',
    "ends with a backslash\\",
    "{{ pwned() }}{% include 'pwned' %}{# pwned #}",
    "{pwned()} %(pwned)s ${pwned} #{pwned}",
    "\n    pwned()\n",
    "\rpwned()\r",
    "\u2028pwned()\u2029",
    "\x0cpwned()\x85pwned()",
    "# -*- coding: utf-7 -*-\n+AGE-",
    "\x00\x1b[31m\u202e\ufeff\U000e0001",
    "--> <script>pwned()</script> ]]>",
    '"\n[tool.pwned]\npwned = "',
]


def everywhere(text: str) -> dict[str, str]:
    """A project that has the text wherever a schema may have one."""
    special = {"description": text, "value": {"name": text}, "identified_by": ["name"]}
    record = {
        "title": f"Odd {text}",
        "description": text,
        "$comment": text,
        "x-sentinel": {"special": special},
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": text},
            text: {"type": "integer", "description": text},
            "default": {"type": "string", "default": text, "examples": [text]},
            "constant": {"const": text},
            "choice": {"enum": [text, "b"], "default": text},
            "texts": {"type": "array", "items": {"type": "string"}, "default": [text]},
            "map": {
                "type": "object",
                "additionalProperties": {"type": "string"},
                "default": {text: text},
            },
            "anything": {"default": {text: [text]}},
            "mode": {"$ref": "Mode.schema.json", "default": text},
        },
        "examples": [{"name": text}],
    }
    mode = {
        "description": text,
        "type": "string",
        "oneOf": [{"const": text, "title": "Odd", "description": text}, {"const": "b"}],
    }
    pattern = {"type": "string", "pattern": "".join(f"\\u{ord(c):04x}" for c in text[:20])}
    escaped = "".join(f"\\U{ord(character):08x}" for character in text)
    return {
        "pyproject.toml": f'[tool.recordsmith]\npython.description = "{escaped}"\n',
        "schemas/Record.schema.json": json.dumps(record),
        "schemas/Mode.schema.json": json.dumps(mode),
        "schemas/Pattern.schema.json": json.dumps(pattern),
    }


@pytest.fixture(scope="module", params=HOSTILE, ids=ascii)
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, bytes]]:
    """A hostile text, and what is generated from a project that has it everywhere."""
    project = project_of(tmp_path_factory.mktemp("hostile"), everywhere(request.param))
    project.generate()
    return request.param, project.generated()


def test_no_text_of_a_schema_becomes_code(hostile: tuple[str, dict[str, bytes]]) -> None:
    _, files = hostile

    modules = {path: ast.parse(files[path]) for path in files if path.endswith(".py")}
    assert [path for path, tree in modules.items() if any(map(_is_planted, ast.walk(tree)))] == []
    assert set(tomllib.loads(files["python/pyproject.toml"].decode())["tool"]) == {"hatch"}
    assert all(json.loads(files[path]) for path in files if path.endswith(".json"))


def _is_planted(node: ast.AST) -> bool:
    """Whether the node calls what only a text can have brought there."""
    match node:
        case ast.Call(func=ast.Name("pwned") | ast.Attribute(attr="pwned")):
            return True
    return False


def test_every_text_of_a_schema_arrives_as_it_is(hostile: tuple[str, dict[str, bytes]]) -> None:
    text, files = hostile
    module = ast.parse(files["python/records/records.py"])

    texts = [node.value for node in ast.walk(module) if isinstance(node, ast.Constant)]
    assert texts.count(text) >= 8  # the alias, constants, choices, defaults and members


def test_no_hidden_character_stands_in_generated_python(
    project_with: Callable[..., Project],
) -> None:
    project = project_with(everywhere("\x00\x0b\x0c\x1b\x85\xa0\u200b\u202e\u2028\u2066\ufeff"))
    project.generate()

    hidden = {
        path: [character for character in text.decode() if not character.isprintable()]
        for path, text in project.generated().items()
        if path.endswith((".py", ".toml"))
    }
    assert {path for path, found in hidden.items() if set(found) - {"\n"}} == set()
