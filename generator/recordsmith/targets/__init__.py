"""Targets: from the intermediate representation to artifacts, one language a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recordsmith.artifacts import Artifact
from recordsmith.config import Config
from recordsmith.ir import Model, Name
from recordsmith.targets import python


@dataclass(frozen=True, slots=True)
class Target:
    """A language: what it makes of a model, and where in that a definition is found."""

    emit: Callable[[Model, Config], list[Artifact]]
    path_of: Callable[[Name, Config], str]


TARGETS = {"python": Target(python.emit, python.path_of)}
