"""The whole story: load, lower, emit, then write or check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from recordsmith.artifacts import (
    Artifact,
    compare,
    refuse_edited,
    sealed,
    write,
    written,
)
from recordsmith.catalog import Catalog, load
from recordsmith.config import TABLE, Config
from recordsmith.fidelity import fidelity
from recordsmith.freshness import facts
from recordsmith.index import misnamed
from recordsmith.ir import Model, Name
from recordsmith.lowering import lower, strange_keywords
from recordsmith.positions import locate
from recordsmith.problems import Location, Problem, ProblemsFound, gathered
from recordsmith.publishing import publish
from recordsmith.reuse import Reuse, forget
from recordsmith.sources import sources_of
from recordsmith.targets import TARGETS, Target
from recordsmith.validation.examining import examine


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did to the folder of generated files."""

    artifacts: int
    changed: int
    deleted: int
    warnings: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        """`3 changed, 1 deleted`."""
        deleted = f", {self.deleted} deleted" if self.deleted else ""
        return f"{self.changed} changed{deleted}"


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of a project, and what in them is odd but no problem."""

    catalog: Catalog
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What belongs into the folder of generated files, and what is odd about the schemas."""

    artifacts: list[Artifact]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The generated files that are not what they should be, and what is odd about the schemas."""

    diffs: Mapping[str, list[str]]
    """The lines of a diff for each such file."""
    warnings: tuple[Problem, ...]


def read_schemas(config: Config) -> Schemas:
    """The project's schemas, with their own examples and defaults judged.

    Raises `ProblemsFound`, in strict mode also for what else is a warning.
    """
    with located(config.root):
        catalog = load(sources_of(config))
        found = {*strange_keywords(catalog), *examine(catalog, config.formats)}
        problems = [one for one in found if config.strict or one.severity == "error"]
        if problems:
            raise ProblemsFound(replace(one, severity="error") for one in problems)
    return Schemas(catalog, tuple(sorted(_with_lines(found, config.root))))


def lowered(config: Config) -> Model:
    """The project's types.  Raises `ProblemsFound`."""
    catalog = read_schemas(config).catalog
    with located(config.root):
        return _lowered(catalog, config)


def _lowered(catalog: Catalog, config: Config) -> Model:
    model = lower(catalog, config.formats)
    with gathered() as problems:
        problems.extend(misnamed(catalog, model, config.names, TABLE / "names"))
    return model


def explained(config: Config) -> dict[str, dict[str, Any]]:
    """What becomes of each definition's keywords, for the manifest.  Raises `ProblemsFound`."""
    catalog = read_schemas(config).catalog
    with located(config.root):
        return _fidelity(catalog, _lowered(catalog, config), config)


def _fidelity(catalog: Catalog, model: Model, config: Config) -> dict[str, dict[str, Any]]:
    languages = {name: _path_of(TARGETS[name], config) for name in sorted(TARGETS)}
    return fidelity(catalog, model, config.formats, languages)


def _path_of(target: Target, config: Config) -> Callable[[Name], str]:
    return lambda name: target.path_of(name, config)


def render(config: Config, *, remembering: bool = False) -> Rendered:
    """Every file that belongs into the folder of generated files.  Raises `ProblemsFound`.

    `remembering` takes what the last run made again where it would come out the same.
    """
    schemas = read_schemas(config)
    with located(config.root):
        model = _lowered(schemas.catalog, config)
        made_by = facts(config)
        reuse = partial(_reuse, config, made_by) if remembering else lambda _: None
        emitted = chain.from_iterable(
            TARGETS[name].emit(model, config, reuse(name)) for name in sorted(TARGETS)
        )
        published = _published(schemas.catalog, config)
        told = {
            **made_by,
            "warnings": len(schemas.warnings),
            "definitions": _fidelity(schemas.catalog, model, config),
        }
        return Rendered(sealed([*emitted, *published], told), schemas.warnings)


def _reuse(config: Config, made_by: Mapping[str, Any], target: str) -> Reuse:
    return Reuse(config, target, {key: made_by[key] for key in made_by if key != "inputs"})


def _published(catalog: Catalog, config: Config) -> Iterator[Artifact]:
    for artifact in publish(catalog, config.version):
        yield replace(artifact, path="json-schema" / artifact.path)


def generate(config: Config, *, force: bool = False) -> Written:
    """Bring the folder of generated files up to date.

    Raises `ProblemsFound`; then nothing was written.  `force` replaces files edited by hand.
    """
    if force:
        forget(config)
    rendered = render(config, remembering=True)
    artifacts, shown = rendered.artifacts, config.shown(config.generated)
    if not force:
        refuse_edited(config.generated, artifacts, shown)
    changed, deleted = write(config.generated, artifacts, shown, written(config.generated))
    return Written(len(artifacts), changed, deleted, rendered.warnings)


def publish_to(config: Config, folder: Path) -> Written:
    """Write the published schemas into `folder`.

    Raises `ProblemsFound`, also where the folder holds anything but published schemas.
    """
    schemas = read_schemas(config)
    with located(config.root):
        artifacts = publish(schemas.catalog, config.version)
    shown = config.shown(folder)
    changed, deleted = write(folder, artifacts, shown, _published_before(folder, shown))
    return Written(len(artifacts), changed, deleted, schemas.warnings)


def _published_before(folder: Path, shown: str) -> list[str]:
    """The files of an earlier run.  Raises `ProblemsFound` where `folder` is not ours to write."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return []
    try:
        files = json.loads((folder / "manifest.json").read_bytes())["files"]
        return [str(file["path"]) for file in files]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        sentence = "the folder holds something else; publish into one of its own"
        raise ProblemsFound([Problem(Location(shown), "unwritable", sentence)]) from None


def check(config: Config) -> Checked:
    """Compare the generated files with what they should be.  Raises `ProblemsFound`."""
    rendered = render(config)
    found = compare(config.generated, rendered.artifacts, config.shown(config.generated))
    return Checked(dict(found), rendered.warnings)


@contextmanager
def located(root: Path) -> Iterator[None]:
    """Add lines and columns to the problems that are found in the files below `root`."""
    try:
        yield
    except ProblemsFound as found:
        raise ProblemsFound(_with_lines(found.problems, root)) from found


def _with_lines(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    texts: dict[str, str] = {}
    for problem in problems:
        at = problem.at
        file = root / at.file
        if at.line or file.suffix != ".json" or not file.exists():
            yield problem
            continue
        if at.file not in texts:
            texts[at.file] = _text_of(file)
        line, column = locate(texts[at.file], at.pointer)
        yield replace(problem, at=Location(at.file, at.pointer, line, column))


def _text_of(file: Path) -> str:
    """The text of a file; as much of it as is one, since that may be what is wrong."""
    try:
        return file.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ""
