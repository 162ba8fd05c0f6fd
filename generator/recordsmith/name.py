"""Name: what a definition is called; apart from the model, which takes a while to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """The name of a definition: its module (`("actions", "invocation_record")`) and its type."""

    module: tuple[str, ...]
    type: str

    def __str__(self) -> str:
        return ".".join((*self.module, self.type))
