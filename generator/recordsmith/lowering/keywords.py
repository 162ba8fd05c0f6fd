"""Keywords: what a schema says to its reader, and what it says that no draft defines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recordsmith.catalog import Catalog
from recordsmith.dialect import behaviour_keywords
from recordsmith.drafts import ANNOTATIONS, DRAFTS, Draft
from recordsmith.ir import Documentation
from recordsmith.naming import did_you_mean, nearest
from recordsmith.places import Place
from recordsmith.problems import Problem

_DEFINED = frozenset().union(*(draft.keywords for draft in DRAFTS))


def documentation(schema: Any) -> Documentation:
    """The schema's own words for its reader."""
    if not isinstance(schema, dict):
        return Documentation()
    description = schema.get("description", "")
    examples = schema.get("examples", ())
    return Documentation(
        description=description.strip() if isinstance(description, str) else "",
        examples=tuple(examples) if isinstance(examples, list) else (),
        deprecated=schema.get("deprecated") is True,
    )


def strange_keywords(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each keyword that its draft does not define, the first time in a document.

    A keyword that is nearly one of the draft's is a problem wherever it stands.
    """
    for document in catalog.documents:
        seen: set[str] = set()
        for place in document.schemas:
            for keyword in place.schema:
                sentence = _strange(keyword, place.draft)
                if sentence and ("did you mean" in sentence or keyword not in seen):
                    seen.add(keyword)
                    yield Problem(place.at / keyword, "unknown-keyword", sentence, "warning")


def _strange(keyword: str, draft: Draft) -> str | None:
    if keyword in draft.keywords or keyword in ANNOTATIONS:
        return None
    ours = behaviour_keywords()
    if keyword in ours or keyword == "x-enum-varnames":
        return None
    if keyword.startswith("x-"):
        near = nearest(keyword, ours)
        return f"there is no keyword `{keyword}`; did you mean `{near}`?" if near else None
    if keyword in _DEFINED:
        return f"`{keyword}` means nothing in {draft.name}"
    return f"no dialect defines `{keyword}`{did_you_mean(keyword, (*_defined(draft), *ours))}"


def _defined(draft: Draft) -> Iterator[str]:
    yield from draft.keywords
    yield from ANNOTATIONS


def misplaced_keywords(place: Place) -> list[str]:
    """The keywords of ours that a schema has."""
    return [keyword for keyword in place.schema if keyword in behaviour_keywords()]
