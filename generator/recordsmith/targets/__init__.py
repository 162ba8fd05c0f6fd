"""Targets: from the intermediate representation to artifacts, one language a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recordsmith.artifacts import Artifact
from recordsmith.config import Config
from recordsmith.ir import Model, Name
from recordsmith.reuse import Reuse
from recordsmith.targets import python


@dataclass(frozen=True, slots=True)
class Target:
    """A language: what it makes of a model, and where in that a definition is found."""

    emit: Callable[[Model, Config, Reuse | None], list[Artifact]]
    """Makes the files, and takes those of the last run where they would come out the same."""
    path_of: Callable[[Name, Config], str]


TARGETS = {"python": Target(python.emit, python.path_of)}
