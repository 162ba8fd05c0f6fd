"""Imports: the import block of a generated module, with what it uses and no more."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

from recordsmith.targets.python.fragments import Import


def import_block(imports: Iterable[Import], source: str, package: str) -> str:
    """The imports that `source`, a module of `package`, uses, sorted as isort does it."""
    used = {*_used(source), "annotations"}
    wanted = {entry for entry in imports if _binds(entry) in used}
    groups = defaultdict(list)
    for module in sorted({module for module, _ in wanted}, key=str.lower):
        groups[_group(module, package)].append(_line(module, wanted))
    blocks = (sorted(groups[group], key=_plain_first) for group in sorted(groups))
    return "\n\n".join("\n".join(block) for block in blocks)


def _binds(entry: Import) -> str:
    module, name = entry
    return name.rpartition(" as ")[2] or module.partition(".")[0]


def _used(source: str) -> Iterator[str]:
    """Every name in the source, also inside the annotations and the quoted named types."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(name):
                yield name
            case ast.Call(ast.Name("TypeAliasType"), [_, ast.Constant(str(quoted))]):
                yield from _used(quoted)


def _group(module: str, package: str) -> int:
    if module == "__future__":
        return 0
    if module.startswith(f"{package}."):
        return 3
    return 1 if module.partition(".")[0] in sys.stdlib_module_names else 2


def _plain_first(line: str) -> bool:
    return line.startswith("from")


def _line(module: str, wanted: set[Import]) -> str:
    names = sorted((name for where, name in wanted if where == module and name), key=by_kind)
    return f"from {module} import {', '.join(names)}" if names else f"import {module}"


def by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
