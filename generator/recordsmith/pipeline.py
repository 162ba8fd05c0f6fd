"""The whole story: load, lower, emit, then write or check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from recordsmith.artifacts import Artifact, compare, refuse_edited, sealed, write
from recordsmith.catalog import Catalog, load
from recordsmith.config import Config
from recordsmith.freshness import facts
from recordsmith.lowering import lower
from recordsmith.positions import locate
from recordsmith.problems import Location, Problem, ProblemsFound, gathered
from recordsmith.publishing import publish
from recordsmith.targets import TARGETS
from recordsmith.validation import examine


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did to the folder of generated files."""

    artifacts: int
    changed: int
    deleted: int


def read_schemas(config: Config) -> Catalog:
    """The project's schemas, with their own examples and defaults judged.

    Raises `ProblemsFound`.
    """
    with located(config.root):
        catalog = load(config.schemas, config.shown(config.schemas))
        with gathered() as problems:
            problems.extend(examine(catalog))
    return catalog


def render(config: Config) -> list[Artifact]:
    """Every file that belongs into the folder of generated files.  Raises `ProblemsFound`."""
    catalog = read_schemas(config)
    with located(config.root):
        model = lower(catalog)
        emitted = chain.from_iterable(TARGETS[name](model, config) for name in sorted(TARGETS))
        return sealed([*emitted, *_published(catalog, config)], facts(config))


def _published(catalog: Catalog, config: Config) -> Iterator[Artifact]:
    for artifact in publish(catalog, config.version):
        yield replace(artifact, path="json-schema" / artifact.path)


def generate(config: Config, *, force: bool = False) -> Written:
    """Bring the folder of generated files up to date.

    Raises `ProblemsFound`; then nothing was written.  `force` replaces files edited by hand.
    """
    artifacts = render(config)
    shown = config.shown(config.generated)
    if not force:
        refuse_edited(config.generated, artifacts, shown)
    changed, deleted = write(config.generated, artifacts, shown)
    return Written(len(artifacts), changed, deleted)


def publish_to(config: Config, folder: Path) -> Written:
    """Write the published schemas into `folder`.  Raises `ProblemsFound`."""
    artifacts = publish(read_schemas(config), config.version)
    changed, deleted = write(folder, artifacts, str(folder))
    return Written(len(artifacts), changed, deleted)


def check(config: Config) -> list[str]:
    """The lines of a diff from the generated files to what they should be; empty if they are it."""
    return list(compare(config.generated, render(config), config.shown(config.generated)))


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
        if at.line or not at.file.endswith(".json"):
            yield problem
            continue
        if at.file not in texts:
            texts[at.file] = (root / at.file).read_text(encoding="utf-8")
        line, column = locate(texts[at.file], at.pointer)
        yield replace(problem, at=Location(at.file, at.pointer, line, column))
