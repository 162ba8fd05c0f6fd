"""Targets: from the intermediate representation to artifacts, one language a folder."""

from __future__ import annotations

from collections.abc import Callable

from recordsmith.artifacts import Artifact
from recordsmith.config import Config
from recordsmith.ir import Model
from recordsmith.targets import python

TARGETS: dict[str, Callable[[Model, Config], list[Artifact]]] = {"python": python.emit}
