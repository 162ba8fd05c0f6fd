"""Lower: turn the catalog's documents into the intermediate representation.

For each definition there is a type that takes every value that its schema takes, and a guard for
what the type takes beyond.
"""

from __future__ import annotations

from recordsmith.catalog import Catalog
from recordsmith.drafts import FormatPolicy
from recordsmith.ir import Model
from recordsmith.lowering.consistency import check
from recordsmith.lowering.definitions import Definitions
from recordsmith.lowering.finishing import finished
from recordsmith.lowering.keywords import strange_keywords
from recordsmith.problems import gathered

__all__ = ["lower", "strange_keywords"]


def lower(
    catalog: Catalog, formats: FormatPolicy = "dialect", *, only_needed: bool = False
) -> Model:
    """Lower every document, what it defines, and what is lifted out of it.

    `only_needed` leaves out the definitions to which nothing refers.  Raises `ProblemsFound`.
    """
    with gathered() as problems:
        definitions = Definitions(catalog, formats, problems)
        definitions.lower_all(only_needed=only_needed)
        check(definitions.lowered, catalog, problems)
        whole = finished(definitions, catalog.resolve, problems)
    ordered = sorted(whole, key=lambda definition: definition.name)
    return Model(tuple(ordered), definitions.types.guards.resources())
