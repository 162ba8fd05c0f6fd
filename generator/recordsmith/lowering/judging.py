"""Judge: whether a default is what its own schema accepts; one that is not is no default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from recordsmith.catalog import Catalog
from recordsmith.drafts import Draft, declared
from recordsmith.places import Place
from recordsmith.readable import readable, spelt, uri_of

_DATA = ("const", "default", "enum", "examples", "type")


class Judge:
    """Judges values by the schemas of a catalog."""

    def __init__(self, catalog: Catalog, asserts_formats: Mapping[Draft, bool]) -> None:
        self._catalog = catalog
        self._asserts_formats = asserts_formats
        self._registry: jsonschema_rs.Registry | None = None
        self._known = 0
        self._engines: dict[str, Any] = {}

    def accepts(self, place: Place, value: Any) -> bool:
        """Whether the schema at `place` accepts the value; what cannot be judged is refused."""
        if isinstance(place.schema, bool):
            return place.schema
        try:
            return bool(self._engine(place).is_valid(value))
        except ValueError:
            return False

    def _engine(self, place: Place) -> Any:
        parts = [value for key, value in place.schema.items() if key not in _DATA]
        leads_on = "$ref" in place.schema or any(isinstance(one, dict | list) for one in parts)
        schema: dict[str, Any] = {"$ref": uri_of(place.document, place.at.pointer)}
        if not leads_on:
            schema = {key: place.schema[key] for key in place.schema if not key.startswith("$")}
            schema |= {"pattern": spelt(schema["pattern"])} if "pattern" in schema else {}
        text = f"{place.draft.name} {json.dumps(schema)}"
        if text not in self._engines:
            self._engines[text] = getattr(jsonschema_rs, place.draft.engine)(
                schema,
                registry=self._documents() if leads_on else None,
                validate_formats=self._asserts_formats[place.draft],
                offline=True,
            )
        return self._engines[text]

    def _documents(self) -> jsonschema_rs.Registry:
        """All documents that are known by now."""
        documents = self._catalog.all_documents()
        if self._registry is None or self._known != len(documents):
            self._known = len(documents)
            listed = [(one.uri, declared(readable(one), one.draft)) for one in documents]
            self._registry = jsonschema_rs.Registry(listed)
        return self._registry
