"""Cache: compiled schemas of earlier runs, by the digest of all that they are made from.

What is kept is code for this machine, so the folder is the user's alone, and each file begins with
its own digest.  A cache that cannot be used is no cache, and no problem.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from recordsmith.catalog import Catalog, Document
from recordsmith.drafts import FormatPolicy

VARIABLE = "RECORDSMITH_CACHE"
"""The environment variable that names another folder; empty for none."""

_TOOLKIT = Path(__file__).parents[2]
_MOST_FILES = 100
_SIZE = sha256().digest_size


def key_of(catalog: Catalog, document: Document, formats: FormatPolicy) -> str:
    """What tells a compiled schema from all others: the schemas, the toolkit, the machine."""
    made_from = sha256(json.dumps([sys.version, sys.platform, os.uname().machine]).encode())
    for file in sorted(_TOOLKIT.rglob("*")):
        if file.suffix in (".py", ".wat"):
            about = file.stat()
            made_from.update(f"{file} {about.st_size} {about.st_mtime_ns};".encode())
    for one in catalog.all_documents():
        told = [one.uri, one.draft.name, one.schema]
        made_from.update(json.dumps(told, sort_keys=True).encode())
    made_from.update(json.dumps([document.uri, formats]).encode())
    return made_from.hexdigest()


def fetch(key: str) -> bytes | None:
    """What an earlier run kept under the key; None where there is nothing, or it is damaged."""
    folder = _folder()
    if folder is None:
        return None
    try:
        raw = (folder / key).read_bytes()
    except OSError:
        return None
    content = raw[_SIZE:]
    return content if sha256(content).digest() == raw[:_SIZE] else None


def keep(key: str, content: bytes) -> None:
    """Keep something for later runs, if that is possible."""
    folder = _folder()
    if folder is None:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(sha256(content).digest() + content)
        Path(name).replace(folder / key)
        files = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in files[_MOST_FILES:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _folder() -> Path | None:
    """The folder, which nobody else may write to."""
    chosen = os.environ.get(VARIABLE)
    if chosen == "":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        folder = Path(chosen) if chosen else Path(base).expanduser() / "recordsmith"
        about = folder.stat() if folder.exists() else None
    except (OSError, RuntimeError):
        return None
    is_ours = about is None or (about.st_uid == os.getuid() and not about.st_mode & 0o022)
    return folder / "compiled" if is_ours else None
