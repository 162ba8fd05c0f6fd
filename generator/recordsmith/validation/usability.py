"""Usability: what keeps an engine from using the schemas at all."""

from __future__ import annotations

from collections.abc import Iterator

from recordsmith.catalog import Catalog
from recordsmith.problems import Problem


def obstacles(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each `$ref` that leads nowhere."""
    for document in catalog.documents:
        for place in document.schemas:
            reference = place.schema.get("$ref")
            if isinstance(reference, str) and catalog.resolve(reference, place) is None:
                sentence = f"`{reference}` leads to no schema below the root; nothing else is read"
                yield Problem(place.at / "$ref", "unresolvable-ref", sentence)
