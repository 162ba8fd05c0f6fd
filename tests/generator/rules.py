"""The rule ids that the toolkit's source can report, read off its calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import recordsmith

SOURCE = Path(recordsmith.__file__).parent

PLACES = {
    "AmbiguousJsonError": 1,
    "NotJsonError": 1,
    "Problem": 1,
    "add": 1,
    "known_fields": 2,
    "known_members": 2,
    "report": 1,
}
"""The functions that a rule is given to, and at which place."""

FEWEST = {"add": 2, "report": 2}
"""Functions of these names with so few arguments are others."""

OF_PAYLOADS = (
    "auditor.py",
    "checking.py",
    "junit.py",
    "machine.py",
    "own_schema.py",
    "payloads.py",
    "running.py",
    "told.py",
    "validating.py",
    "wording.py",
    "workers.py",
)
"""What judges payloads has tests of its own: tests/validation, tests/command and tests/audit."""


def rules_in_the_source() -> set[str]:
    """Every rule id that stands in the source as a word."""
    files = [file for file in sorted(SOURCE.rglob("*.py")) if file.name not in OF_PAYLOADS]
    return {rule for file in files for rule in _rules(ast.parse(file.read_text("utf-8")))}


def _rules(tree: ast.Module) -> Iterator[str]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for given in _given(node):
            value = constants.get(given.id, given) if isinstance(given, ast.Name) else given
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def _given(node: ast.AST) -> Iterator[ast.expr]:
    """What stands where a rule is expected."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
            place = PLACES.get(name, len(args))
            yield from args[place : place + 1] if len(args) > FEWEST.get(name, 0) else ()
        case ast.Yield(value=ast.Tuple(elts=[ast.Constant() as first, _, _])):
            yield first
