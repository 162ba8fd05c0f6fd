"""The dialect: JSON Schema 2020-12 and the `x-` keywords, as a meta-schema."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"


@cache
def dialect() -> dict[str, Any]:
    """The meta-schema of the dialect."""
    text = files(__package__).joinpath("dialect.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def behaviour_keywords() -> tuple[str, ...]:
    """The `x-` keywords that the dialect defines, sorted."""
    return tuple(sorted(dialect()["properties"]))
