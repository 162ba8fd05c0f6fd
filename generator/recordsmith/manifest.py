"""Manifest: what was generated, from what, and what became of each definition."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = PurePosixPath("MANIFEST.json")


def laid_out(value: Any, indent: str = "\n") -> str:
    """The value as JSON, a list on one line."""
    if not (isinstance(value, dict) and value):
        return json.dumps(value, ensure_ascii=False)
    inner = f"{indent}  "
    members = (f"{json.dumps(key)}: {laid_out(value[key], inner)}" for key in value)
    return f"{{{inner}{f',{inner}'.join(members)}{indent}}}"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in `folder`; empty where there is none or it is no longer one."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    usable = isinstance(manifest, dict) and isinstance(manifest.get("files", {}), dict)
    return manifest if usable else {}
