"""Freshness: whether the generated files are still what their inputs make.

A run with nothing to do ends here, so this imports little and reads no more than bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recordsmith import __version__
from recordsmith.artifacts import digest, digest_of, read_manifest
from recordsmith.config import Config

_TOOLKIT = Path(__file__).parent
_DEPENDENCIES = ("datamodel_code_generator", "jinja2", "ruff")
"""What the output depends on; their versions are pinned exactly."""


def facts(config: Config) -> dict[str, Any]:
    """What the generated files are made of, as the manifest tells it."""
    return {
        "generator": f"recordsmith {__version__}",
        "dependencies": {name: _version(name) for name in _DEPENDENCIES},
        "toolkit": _digest_of_all(_TOOLKIT, _files(_TOOLKIT, "*.py", "*.jinja", "*.json")),
        "settings": digest(json.dumps(_settings(config), sort_keys=True).encode()),
        "inputs": {
            config.shown(file): digest(file.read_bytes())
            for file in (
                *_files(config.schemas, "*.schema.json"),
                *_files(config.mixins, "*.jinja"),
            )
        },
    }


def is_fresh(config: Config) -> bool:
    """Whether generating would change nothing."""
    manifest = read_manifest(config.generated)
    files = manifest.pop("files", {})
    try:
        return manifest == facts(config) and all(
            digest_of(config.generated / path) == written for path, written in files.items()
        )
    except (OSError, ValueError):
        return False


def _settings(config: Config) -> dict[str, Any]:
    return {
        "version": config.version,
        "schemas": config.shown(config.schemas),
        "python": asdict(config.python),
    }


def _files(folder: Path, *patterns: str) -> list[Path]:
    found = (file for pattern in patterns for file in folder.rglob(pattern))
    return sorted(found, key=lambda file: _below(folder, file))


def _digest_of_all(folder: Path, files: Iterable[Path]) -> str:
    lines = (f"{_below(folder, file)} {digest(file.read_bytes())}" for file in files)
    return digest("\n".join(lines).encode())


def _below(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def _version(module: str) -> str:
    """The installed version, by the name of its metadata: `importlib.metadata` takes 50 ms."""
    for folder in map(Path, sys.path):
        for metadata in sorted(folder.glob(f"{module}-*.dist-info")):
            return metadata.name.removesuffix(".dist-info").rpartition("-")[2]
    return "missing"
