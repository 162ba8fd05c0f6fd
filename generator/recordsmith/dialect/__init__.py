"""The dialect: JSON Schema and the `x-` keywords, as a meta-schema."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def dialect() -> dict[str, Any]:
    """The meta-schema of the dialect."""
    text = Path(__file__).with_name("dialect.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def behaviours_schema() -> dict[str, Any]:
    """The part of the dialect that is ours: the shapes of the `x-` keywords of one schema."""
    return {keyword: dialect()[keyword] for keyword in ("properties", "$defs")}


@cache
def behaviour_keywords() -> tuple[str, ...]:
    """The `x-` keywords that the dialect defines, sorted."""
    return tuple(sorted(dialect()["properties"]))
