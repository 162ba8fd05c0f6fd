"""Lost: the keywords that no type carries, for a guard to carry."""

from __future__ import annotations

from dataclasses import dataclass, field

from recordsmith.lowering.facets import Facet


@dataclass(slots=True)
class Lost:
    """The keywords, by facet, that no type carries."""

    of: list[tuple[Facet, set[str]]] = field(default_factory=list)

    def add(self, facet: Facet, *keywords: str) -> None:
        """Keywords of a facet, by their names in 2020-12."""
        for known, lost in self.of:
            if known is facet:
                lost.update(keywords)
                return
        self.of.append((facet, set(keywords)))

    def take(self) -> list[tuple[Facet, frozenset[str]]]:
        """What was lost; from here on it is somebody else's."""
        taken = [(facet, frozenset(keywords)) for facet, keywords in self.of if keywords]
        self.of = []
        return taken
