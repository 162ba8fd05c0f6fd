"""Configuration: `[tool.recordsmith]` of the project's `pyproject.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from keyword import iskeyword
from pathlib import Path
from typing import Any, cast

from recordsmith.drafts import FormatPolicy
from recordsmith.naming import did_you_mean, pascal_case
from recordsmith.problems import Location, Problem, Problems, ProblemsFound, gathered

FILE = "pyproject.toml"
TABLE = Location(FILE) / "tool" / "recordsmith"
"""Where a project says what it wants."""

_FORMAT_POLICIES = ("dialect", "assert", "annotate")
_OTHER_DIALECTS = ("draft-04", "draft-06", "draft-07", "2019-09")


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonTarget:
    """`[tool.recordsmith.python]`: the distribution that holds the generated models."""

    package: str
    distribution: str
    version: str
    description: str
    runtime_descriptions: bool
    """Whether fields know their descriptions at run time, for `model_json_schema()`; import of
    the package takes an eighth longer then.
    """
    unknown_properties: str = "ignore"
    """What becomes of a property that an open record does not declare: `ignore` or `keep`."""
    attributes: str = "as-written"
    """How attributes are spelt: `as-written` in the schema, or in `snake_case`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A project.  The folders are absolute."""

    root: Path
    schemas: Path
    generated: Path
    mixins: Path
    published: Path
    python: PythonTarget
    version: str
    """The version under which the schemas are published."""
    files: tuple[str, ...] = ("**/*.schema.json",)
    """Globs: which files below `schemas` are schemas."""
    dialect: str = "2020-12"
    """The draft of a schema without `$schema`."""
    formats: FormatPolicy = "dialect"
    """Whether `format` asserts: as the dialect has it, always (`assert`) or never (`annotate`)."""
    strict: bool = False
    """Whether what is a warning otherwise is a problem."""
    roots: Mapping[str, Path] = field(default_factory=dict)
    """The folders that stand for a URL prefix."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names of types, by `<file>#<pointer>`, where they are not those of the schemas."""

    def shown(self, path: Path) -> str:
        """A path as the user knows it: seen from the project's folder, with forward slashes."""
        below = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        return below.as_posix()


@dataclass(slots=True)
class _Table:
    """A TOML table being read: what is left at the end is unknown."""

    at: Location
    values: dict[str, Any]
    problems: Problems
    known: list[str] = field(default_factory=list)

    def take(self, key: str, kind: type, default: Any) -> Any:
        self.known.append(key)
        value = self.values.pop(key, default)
        if not isinstance(value, kind):
            self.problems.add(self.at / key, "config", f"`{key}` is to be a {_KINDS[kind]}")
            return default
        return value

    def path(self, key: str, default: str) -> str:
        """A path."""
        value: str = self.take(key, str, default)
        if "\0" in value:
            self.problems.add(self.at / key, "config", f"`{key}` holds a null character")
            return default
        return value

    def inner(self, key: str) -> _Table:
        """The table within this one."""
        return _Table(self.at / key, dict(self.take(key, dict, {})), self.problems)

    def close(self) -> None:
        for key in sorted(self.values):
            hint = did_you_mean(key, self.known)
            self.problems.add(self.at / key, "config", f"there is no setting `{key}`{hint}")

    def choose(self, key: str, *choices: str) -> str:
        """One of some words; the first is the default."""
        chosen: str = self.take(key, str, choices[0])
        if chosen not in choices:
            sentence = f"`{key}` is to be one of {', '.join(choices)}"
            self.problems.add(self.at / key, "config", sentence)
        return chosen

    def strings(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list of strings."""
        listed = self.take(key, list, list(default))
        if not listed or not all(isinstance(one, str) for one in listed):
            self.problems.add(self.at / key, "config", f"`{key}` is to be a list of strings")
            return default
        return tuple(listed)

    def mapping(self, key: str) -> dict[str, str]:
        """A table of strings."""
        found = self.take(key, dict, {})
        for name in sorted(found):
            if not isinstance(found[name], str):
                self.problems.add(self.at / key / name, "config", f"`{name}` is to be a string")
        return {name: one for name, one in sorted(found.items()) if isinstance(one, str)}


_KINDS: dict[type, str] = {bool: "boolean", str: "string", dict: "table", list: "list"}


def find_project(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, whose pyproject has `[tool.recordsmith]`.

    Raises `ProblemsFound` where a pyproject on the way cannot be read.
    """
    for folder in (start, *start.parents):
        file = folder / FILE
        shown = Path(os.path.relpath(file, start)).as_posix()
        if file.is_file() and "recordsmith" in _tool_table(file, shown):
            return folder
    return None


def read_config(root: Path) -> Config:
    """Read the project's settings.  Raises `ProblemsFound`."""
    return configured(root, _tool_table(root / FILE, FILE).get("recordsmith", {}))


def configured(root: Path, settings: Any) -> Config:
    """The project in `root` with what its `[tool.recordsmith]` says.  Raises `ProblemsFound`."""
    with gathered() as problems:
        tool = _Table(Location(FILE) / "tool", {"recordsmith": settings}, problems)
        table = tool.inner("recordsmith")
        config = Config(
            root=root,
            schemas=root / table.path("schemas", "schemas"),
            generated=root / table.path("generated", "generated"),
            mixins=root / table.path("mixins", "mixins"),
            published=root / table.path("published", "dist/json-schema"),
            version=table.take("version", str, "0.1.0"),
            files=_read_files(table),
            dialect=table.choose("dialect", "2020-12", *_OTHER_DIALECTS),
            formats=cast("FormatPolicy", table.choose("formats", *_FORMAT_POLICIES)),
            strict=table.take("strict", bool, False),
            roots={url: root / folder for url, folder in table.mapping("roots").items()},
            names=_read_names(table),
            python=_read_python(table),
        )
        table.close()
        _check_folders(config, table.at, problems)
    with gathered() as problems:
        _check_overlaps(config, table.at, problems)
    return config


def _read_files(table: _Table) -> tuple[str, ...]:
    default = ("**/*.schema.json",)
    files = table.strings("files", default)
    for glob in files:
        try:
            next(Path(os.devnull).glob(glob), None)  # there is nothing; but a glob it must be
        except (ValueError, NotImplementedError):
            sentence = f"`{glob}` is no glob below `schemas`; write it like `{default[0]}`"
            table.problems.add(table.at / "files", "config", sentence)
    return files


def _read_names(table: _Table) -> dict[str, str]:
    names = table.mapping("names")
    for key, name in names.items():
        if not (name.isidentifier() and pascal_case(name) == name):
            better = pascal_case(name) or "Type"
            sentence = f"`{name}` is no name for a type; write it like `{better}`"
            table.problems.add(table.at / "names" / key, "config", sentence)
    return names


def _read_python(table: _Table) -> PythonTarget:
    python = table.inner("python")
    package = python.take("package", str, "records")
    if not all(part.isidentifier() and not iskeyword(part) for part in package.split(".")):
        sentence = f"`{package}` is not the name of a Python package"
        table.problems.add(python.at / "package", "config", sentence)
    target = PythonTarget(
        package=package,
        distribution=python.take("distribution", str, package.replace("_", "-")),
        version=python.take("version", str, "0.1.0"),
        description=python.take("description", str, "Records and enums."),
        runtime_descriptions=python.take("runtime_descriptions", bool, False),
        unknown_properties=python.choose("unknown_properties", "ignore", "keep"),
        attributes=python.choose("attributes", "as-written", "snake_case"),
    )
    python.close()
    return target


def _check_folders(config: Config, at: Location, problems: Problems) -> None:
    for key in ("schemas", "generated", "mixins", "published"):
        folder: Path = getattr(config, key)
        if not folder.resolve().is_relative_to(config.root.resolve()):
            problems.add(at / key, "config", f"`{key}` leads out of the project's folder")
        elif folder.resolve() == config.root.resolve():
            problems.add(at / key, "config", f"`{key}` is to be a folder below the project's own")
    for url, folder in config.roots.items():
        if not folder.is_dir():
            problems.add(at / "roots" / url, "config", f"there is no folder `{folder.name}`")


def _check_overlaps(config: Config, at: Location, problems: Problems) -> None:
    """What is written among what is read would be read by the next run."""
    for key, other in product(("generated", "published"), ("schemas", "mixins")):
        written, read = (getattr(config, one).resolve() for one in (key, other))
        if written.is_relative_to(read) or read.is_relative_to(written):
            sentence = f"`{key}` and `{other}` overlap; give each a folder of its own"
            problems.add(at / key, "config", sentence)


def _tool_table(file: Path, shown: str) -> Mapping[str, Any]:
    try:
        content = file.read_bytes()
    except OSError as error:
        sentence = f"the file cannot be read: {error.strerror}"
        raise ProblemsFound([Problem(Location(shown), "unreadable", sentence)]) from error
    tool = parsed(content, shown).get("tool", {})
    return tool if isinstance(tool, dict) else {}


def parsed(content: bytes, shown: str) -> dict[str, Any]:
    """The TOML of a file that the user knows as `shown`.  Raises `ProblemsFound`."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except ValueError as error:  # no UTF-8, no TOML, or an integer of thousands of digits
        sentence = f"the file is not TOML: {error}"
        raise ProblemsFound([Problem(Location(shown), "toml", sentence)]) from error
    except RecursionError as error:
        sentence = "the file is nested too deeply"
        raise ProblemsFound([Problem(Location(shown), "toml", sentence)]) from error
