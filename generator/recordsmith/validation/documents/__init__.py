"""Documents: the records of what is no JSON Lines, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from recordsmith.validation.texts import Payload

_NAMED = re.compile(
    r".*\.(?P<kind>yaml|yml|toml)(?:\.(?:gz|bz2|xz|zst|zstd))?(?P<rest>[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


def named_documents(stream: BinaryIO, name: str, *, takes_arrays: bool) -> Iterator[Payload] | None:
    """The records of a file that is YAML or TOML by its name; None if it is neither.

    The suffix counts, below that of a compression too, for no content tells YAML from broken JSON.
    """
    match _kind(name):
        case "yaml" | "yml":
            from recordsmith.validation.documents import yaml_records

            return yaml_records.records(stream, name, takes_arrays=takes_arrays)
        case "toml":
            from recordsmith.validation.documents import toml_records

            return toml_records.records(stream, name)
        case _:
            return None


def _kind(name: str) -> str | None:
    found = _NAMED.fullmatch(name)
    if not found or (found["rest"] and "://" not in name):
        return None
    return found["kind"].lower()
