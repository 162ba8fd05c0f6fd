"""Freshness: whether the generated files are still what their inputs make.

A run with nothing to do ends here, so this imports little and reads no more than bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recordsmith import __version__
from recordsmith.artifacts import digest, digest_of
from recordsmith.config import Config
from recordsmith.manifest import read_manifest

_TOOLKIT = Path(__file__).parent
_DEPENDENCIES = ("datamodel_code_generator", "jinja2", "ruff")
"""What the output depends on; their versions are pinned exactly."""


def facts(config: Config) -> dict[str, Any]:
    """What the generated files are made of, as the manifest tells it."""
    return {
        "generator": f"recordsmith {__version__}",
        "dependencies": {name: _version(name) for name in _DEPENDENCIES},
        "toolkit": _digest_of_all(_files(_TOOLKIT, "**/*.py", "**/*.jinja", "**/*.json")),
        "settings": digest(json.dumps(_settings(config), sort_keys=True).encode()),
        "inputs": {
            shown: digest(file.read_bytes()) for shown, file in sorted(_inputs(config).items())
        },
    }


def is_fresh(config: Config) -> bool:
    """Whether generating would change nothing."""
    manifest = read_manifest(config.generated)
    files = manifest.pop("files", {})
    warnings = manifest.pop("warnings", None)
    manifest.pop("definitions", None)
    if config.strict and warnings != 0:
        return False
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
        "files": config.files,
        "dialect": config.dialect,
        "formats": config.formats,
        "roots": sorted(config.roots),
        "names": dict(config.names),
        "python": asdict(config.python),
    }
    # not `strict`, which decides whether there is an output, and not what it is


def _inputs(config: Config) -> dict[str, Path]:
    """The files that are read, as the user knows them; below a root, by their URLs."""
    folders = [
        (config.shown(config.schemas), config.schemas, config.files),
        (config.shown(config.mixins), config.mixins, ("**/*.jinja",)),
        *((url.removesuffix("/"), folder, ("**/*",)) for url, folder in config.roots.items()),
    ]
    return {
        f"{shown}/{below}": file
        for shown, folder, patterns in folders
        for below, file in _files(folder, *patterns).items()
    }


def _files(folder: Path, *patterns: str) -> dict[str, Path]:
    """The files by their paths below the folder, sorted."""
    found = {file for pattern in patterns for file in folder.glob(pattern) if file.is_file()}
    return dict(sorted((file.relative_to(folder).as_posix(), file) for file in found))


def _digest_of_all(files: Mapping[str, Path]) -> str:
    lines = (f"{below} {digest(file.read_bytes())}" for below, file in files.items())
    return digest("\n".join(lines).encode())


def _version(module: str) -> str:
    """The installed version, by the name of its metadata: `importlib.metadata` takes 50 ms."""
    for folder in map(Path, sys.path):
        for metadata in sorted(folder.glob(f"{module}-*.dist-info")):
            return metadata.name.removesuffix(".dist-info").rpartition("-")[2]
    return "missing"
