"""Begin: what a folder needs to be a project: settings, with a comment each, and schemas.

Nothing that is there already is changed: a table is appended to a pyproject.toml, byte for byte.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from keyword import iskeyword
from pathlib import Path
from typing import Any

from recordsmith.artifacts import uninterrupted
from recordsmith.config import FILE, configured, parsed
from recordsmith.detection import DEFAULT_FILES, Found, look
from recordsmith.drafts import DRAFT_2020_12
from recordsmith.naming import snake_case
from recordsmith.problems import Location, Problem, ProblemsFound

_EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "shop/Order.schema.json": {
        "$schema": DRAFT_2020_12.uri,
        "title": "Order",
        "description": "What a customer has ordered.",
        "type": "object",
        "properties": {
            "id": {"description": "What identifies the order.", "type": "string", "minLength": 1},
            "placed": {
                "description": "When it was placed.",
                "type": "string",
                "format": "date-time",
            },
            "status": {"$ref": "OrderStatus.schema.json", "default": "open"},
            "note": {
                "description": "A remark, if there is one.",
                "type": ["string", "null"],
                "default": None,
            },
        },
        "required": ["id", "placed"],
        "examples": [{"id": "1", "placed": "2025-01-31T12:00:00Z"}],
    },
    "shop/OrderStatus.schema.json": {
        "$schema": DRAFT_2020_12.uri,
        "title": "OrderStatus",
        "description": "How far an order has come.",
        "type": "string",
        "oneOf": [
            {"const": "open", "title": "Open", "description": "Nobody has begun with it."},
            {"const": "sent", "title": "Sent", "description": "It has left the house."},
        ],
    },
}


@dataclass(frozen=True, slots=True)
class Begun:
    """A project that has been begun."""

    package: str
    written: tuple[str, ...]
    """The files, seen from the project's folder."""
    schemas: int
    """How many there were already."""


def is_begun(root: Path) -> bool:
    """Whether the folder is a project already.  Raises `ProblemsFound` where its TOML is none."""
    return "recordsmith" in _tool(parsed(_content(root / FILE), FILE))


def begin(root: Path, schemas: str, package: str | None) -> Begun:
    """Make a project of the folder, whose schemas are in `schemas` below it.

    Raises `ProblemsFound`; then nothing was written.
    """
    before = _content(root / FILE)
    found = look(root / schemas)
    package = package or _package_of(root)
    table = _table(schemas, package, found)
    configured(root, tomllib.loads(table)["tool"]["recordsmith"])
    after = _appended(before, table)
    examples = {} if found.count else {f"{schemas}/{path}": _EXAMPLES[path] for path in _EXAMPLES}
    files = {path: _json(schema) for path, schema in examples.items()}
    _place_all(root, {**files, FILE: after})
    return Begun(package, (FILE, *files), found.count)


def _content(file: Path) -> bytes:
    if not os.path.lexists(file):
        return b""
    try:
        return file.read_bytes()
    except OSError as error:
        sentence = f"the file cannot be read: {error.strerror}"
        raise ProblemsFound([Problem(Location(FILE), "unreadable", sentence)]) from error


def _tool(parsed: Mapping[str, Any]) -> dict[str, Any]:
    tool = parsed.get("tool", {})
    return tool if isinstance(tool, dict) else {}


def _appended(before: bytes, table: str) -> bytes:
    """The file with the table behind what it holds, in the file's own line ends."""
    ends = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before else ends if before.endswith(b"\n") else ends * 2
    after = before + gap + table.encode("utf-8").replace(b"\n", ends)
    try:
        is_kept = _without_ours(parsed(after, FILE)) == _without_ours(parsed(before, FILE))
    except ProblemsFound:
        is_kept = False
    if not is_kept:
        sentence = "no table can be appended to this `tool`; make it a table, `[tool]`"
        raise ProblemsFound([Problem(Location(FILE) / "tool", "config", sentence)])
    return after


def _without_ours(parsed: Mapping[str, Any]) -> dict[str, Any]:
    tool = _tool(parsed)
    return {**parsed, "tool": {key: tool[key] for key in tool if key != "recordsmith"}}


def _package_of(root: Path) -> str:
    """The package for the generated records: not the name of the project's own package."""
    name = snake_case(root.resolve().name)
    is_usable = name.isidentifier() and name.isascii() and not iskeyword(name)
    if not is_usable:
        return "records"
    return name if name.endswith(("records", "schemas", "types", "models")) else f"{name}_records"


def _table(schemas: str, package: str, found: Found) -> str:
    """The settings, with what each means."""
    lines: list[tuple[str, str]] = [
        (f"schemas = {_quoted(schemas)}", "folders are the module path, a file is one type"),
    ]
    if found.files != DEFAULT_FILES:
        lines.append((f"files = [{_quoted(found.files)}]", "which of the files are schemas"))
    if found.dialect is not DRAFT_2020_12:
        lines.append((f"dialect = {_quoted(found.dialect.name)}", "of a schema without `$schema`"))
    lines += [
        ('generated = "generated"', "never edited by hand: `recordsmith check` tells if it was"),
        ('formats = "assert"', "a `format` is checked, and a date-time is a `datetime`;"),
        ("", '"dialect": only where the draft says so; "annotate": never'),
        ("# strict = true", "let warnings, as of unknown keywords, be problems"),
    ]
    python = [
        (f"package = {_quoted(package)}", "what programs import"),
        ('# attributes = "snake_case"', "spell them like this, whatever the schemas do"),
        ('# unknown_properties = "keep"', "keep what a schema allows without naming it"),
    ]
    body = "\n".join((*_aligned(lines), "", "[tool.recordsmith.python]", *_aligned(python)))
    return f"[tool.recordsmith]\n{body}\n"


def _aligned(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(lines)
    width = max(len(setting) for setting, _ in listed)
    yield from (f"{setting:<{width}}  # {comment}" for setting, comment in listed)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _json(schema: Mapping[str, Any]) -> bytes:
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _place_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write all files, or none: each is complete beside its place before the first takes it."""
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in files.items():
            target = (root / path).resolve() if path == FILE else root / path
            made += _make_folders(target.parent)
            staged[_stage(target, content)] = target
        with uninterrupted():
            while staged:
                file, target = next(iter(staged.items()))
                file.replace(target)
                del staged[file]
                made.clear()
    except OSError as error:
        sentence = f"cannot write: {error.strerror}: {os.path.relpath(error.filename, root)}"
        raise ProblemsFound([Problem(Location(FILE), "unwritable", sentence)]) from error
    finally:
        for file in staged:
            file.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def _make_folders(folder: Path) -> list[Path]:
    """Make the folder; which folders that made, the outermost first."""
    missing = [one for one in chain([folder], folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _stage(target: Path, content: bytes) -> Path:
    """Write a file beside its place, with the rights of the one that it replaces."""
    handle, name = tempfile.mkstemp(prefix=".recordsmith-", dir=target.parent)
    file = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        if target.exists():
            shutil.copymode(target, file)
        else:
            mask = os.umask(0)
            os.umask(mask)
            file.chmod(0o666 & ~mask)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return file
