"""recordsmith: JSON Schema files in, records with behaviour out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recordsmith.api import generate
    from recordsmith.in_process import InvalidPayload, PayloadValidator, validator
    from recordsmith.memory import model
    from recordsmith.problems import ProblemsFound

__version__ = "0.1.0"
__all__ = [
    "InvalidPayload",
    "PayloadValidator",
    "ProblemsFound",
    "__version__",
    "generate",
    "model",
    "validator",
]

_HOMES = {
    "InvalidPayload": "in_process",
    "PayloadValidator": "in_process",
    "ProblemsFound": "problems",
    "generate": "api",
    "model": "memory",
    "validator": "in_process",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, and no more: the command starts quickly."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
