"""Sources: where schemas come from, and their texts as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from referencing import Resource

from recordsmith.config import Config
from recordsmith.drafts import BY_NAME, DRAFT_2020_12, Draft
from recordsmith.positions import line_and_column
from recordsmith.problems import Location, Problems, gathered, pointer_of
from recordsmith.strict_json import NotJsonError, NotPlainError, is_too_deep, parse, plain

SUFFIX = ".schema.json"
_LARGEST = 20_000_000
"""Bytes; a larger file is no schema that a person wrote, and takes a gigabyte to read."""

Retrieve = Callable[[str], "Resource[Any] | None"]
"""Gives the document at a URI; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where schemas come from."""

    root: Path
    """The folder of the project's own."""
    shown: str = ""
    """The folder, as the user knows it."""
    files: tuple[str, ...] = (f"**/*{SUFFIX}",)
    """Globs: which files of the folder are schemas."""
    dialect: Draft = DRAFT_2020_12
    """Of a document without `$schema`."""
    roots: Mapping[str, Path] = field(default_factory=dict)
    """The folders that stand for a URL prefix."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that the user gives to types, by `<file>#<pointer>`."""

    def names_in(self, path: PurePosixPath) -> dict[str, str]:
        """The names given to types in a document, by their pointers."""
        written = (one.partition("#") for one in self.names)
        return {
            pointer: self.names[f"{file}{mark}{pointer}"]
            for file, mark, pointer in written
            if file == str(path)
        }


def sources_of(config: Config) -> Sources:
    """Where the project's schemas are."""
    return Sources(
        root=config.schemas,
        shown=config.shown(config.schemas),
        files=config.files,
        dialect=BY_NAME[config.dialect],
        roots=config.roots,
        names=config.names,
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What a document is known by before it is read."""

    path: PurePosixPath
    uri: str
    at: Location


def files_of(sources: Sources) -> list[Path]:
    """The files of the folder that are schemas, sorted."""
    found = {file for glob in sources.files for file in sources.root.glob(glob) if file.is_file()}
    return sorted(found, key=lambda file: file.relative_to(sources.root).as_posix())


def from_roots(uri: str, sources: Sources) -> Resource[Any] | None:
    """The document that a configured folder has at the URI."""
    for prefix in sorted(sources.roots, key=len, reverse=True):
        if not uri.startswith(prefix):
            continue
        folder = sources.roots[prefix].resolve()
        for suffix in ("", ".json", SUFFIX):
            file = folder / (unquote(uri.removeprefix(prefix)).lstrip("/") + suffix)
            if file.resolve().is_relative_to(folder) and file.is_file():
                with gathered() as problems:
                    schema = read_json(file, Location(file.name), problems)
                return Resource.opaque(schema)
    return None


def meta_schema(uri: str) -> Resource[Any] | None:
    """A meta-schema, which every user of JSON Schema has."""
    if "json-schema.org/" not in uri:
        return None
    from jsonschema_specifications import REGISTRY  # late: it reads twenty files

    found: Resource[Any] | None = REGISTRY.get(uri) or REGISTRY.get(f"{uri}#")
    return found


def read_json(file: Path, at: Location, problems: Problems) -> Any:
    """The JSON value in `file`; None, and a problem, where it holds none or an ambiguous one."""
    raw = b""
    try:
        if file.stat().st_size > _LARGEST:
            sentence = f"the file has more than {_LARGEST // 1_000_000} MB; split it by `$ref`"
            problems.add(at, "too-large", sentence)
            return None
        raw = file.read_bytes()
        text = raw.decode("utf-8")
        value = parse(text)
        if not is_too_deep(value):
            return value
        problems.add(at, "too-deep", "the schema is nested too deeply; name parts of it by `$ref`")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = Location(at.file, "", *line_and_column(before, len(before)))
        problems.add(place, "not-utf-8", f"byte {error.start} of the file is not UTF-8")
    except NotJsonError as error:
        place = Location(at.file, "", *line_and_column(text, error.offset))
        problems.add(place, error.rule, error.sentence)
    except OSError as error:
        problems.add(at, "unreadable", f"the file cannot be read: {error.strerror}")
    return None


def from_python(value: Any, at: Location, problems: Problems) -> Any:
    """A copy of the JSON value that a Python object is; None, and a problem, where it is none."""
    try:
        return plain(value)
    except NotPlainError as error:
        place = Location(at.file, at.pointer + pointer_of(error.tokens))
        problems.add(place, error.rule, error.sentence)
    return None
