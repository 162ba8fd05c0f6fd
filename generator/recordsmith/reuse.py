"""Reuse: what the last run made, where it would come out the same.

A generated module is remembered by what it was made of; it is taken again while none of that, nor
the file itself, has changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from shutil import rmtree
from typing import Any

from recordsmith.artifacts import Artifact, digest, digest_of
from recordsmith.config import Config

FOLDER = ".recordsmith_cache"
"""Below the project's folder; whoever deletes it loses time and nothing else."""


@dataclass(frozen=True, slots=True)
class Made:
    """A generated file, and the digest of each thing that it was made of."""

    artifact: Artifact
    of: Mapping[str, str]


class Reuse:
    """The memory of one target, from one run to the next."""

    def __init__(self, config: Config, target: str, made_by: Mapping[str, Any]) -> None:
        self._generated = config.generated
        self._file = config.root / FOLDER / f"{target}.json"
        self._made_by = digest(json.dumps(made_by, sort_keys=True).encode())
        self._modules: dict[str, Any] = {}
        self.shapes: dict[str, Any] = {}
        """How types are printed, by the printer's own keys."""
        with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
            known = json.loads(self._file.read_bytes())
            if known["made_by"] == self._made_by:
                self._modules, self.shapes = dict(known["modules"]), dict(known["shapes"])

    def of(self, module: str, digest_now: Callable[[str], str | None]) -> Made | None:
        """The module as it is, if all that it was made of has the digest that it had."""
        with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
            known = self._modules[module]
            path, made_of = known["path"], known["of"]
            is_same = all(digest_now(name) == then for name, then in made_of.items())
            if is_same and digest_of(self._generated / path) == known["digest"]:
                text = (self._generated / path).read_bytes().decode("utf-8")
                return Made(Artifact(PurePosixPath(path), text), made_of)
        return None

    def keep(self, modules: Mapping[str, Made]) -> None:
        """Remember the modules; a disk that refuses is no problem."""
        kept = {
            name: {
                "path": str(made.artifact.path),
                "digest": made.artifact.digest,
                "of": dict(sorted(made.of.items())),
            }
            for name, made in sorted(modules.items())
        }
        content = {"made_by": self._made_by, "shapes": self.shapes, "modules": kept}
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            (self._file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
            staged = self._file.with_suffix(f".{os.getpid()}")
            staged.write_text(json.dumps(content), encoding="utf-8")
            staged.replace(self._file)


def forget(config: Config) -> None:
    """Remember nothing of earlier runs."""
    rmtree(config.root / FOLDER, ignore_errors=True)
