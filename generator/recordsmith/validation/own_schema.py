"""Own schema: each record is judged by the schema that its own `$schema` names.

Records are data from elsewhere: none has a file read that is neither in its own folder nor a schema
of the project or of its `roots`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from recordsmith.catalog import Catalog, load
from recordsmith.config import Config
from recordsmith.drafts import FormatPolicy
from recordsmith.phrases import quoted
from recordsmith.problems import Problem, ProblemsFound
from recordsmith.sources import sources_of
from recordsmith.validation.checking import judged
from recordsmith.validation.judging import Judge
from recordsmith.validation.subject import validator_for, validator_of
from recordsmith.validation.texts import Payload
from recordsmith.validation.validator import Validator


class OwnSchemas(Judge):
    """Judges by schemas that are read when the first record names them."""

    def __init__(self, config: Config | None, formats: FormatPolicy | None) -> None:
        super().__init__()
        self._config = config
        self._formats = formats
        self._known: dict[tuple[str, str], Validator | str] = {}
        self._catalog: Catalog | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process reads the schemas anew."""
        return OwnSchemas, (self._config, self._formats)

    @property
    def takes_arrays(self) -> bool:
        """An array has no `$schema` of its own."""
        return False

    def problems(self, payload: Payload) -> Sequence[Problem]:
        """What is wrong with a record, which may be that it names no schema."""
        if not payload.readable:
            return payload.faults
        value = payload.value
        named = value.get("$schema") if isinstance(value, dict) else None
        if not isinstance(named, str):
            sentence = "there is no `$schema` that says by what to judge the record"
            return [*payload.faults, payload.start.fault((1, 1), "no-schema", sentence)]
        found = self._validator(named, payload.file)
        if isinstance(found, str):
            at = payload.locate("/$schema")
            fault = Problem(at, "unknown-schema", found, record=payload.number)
            return [*payload.faults, fault]
        return judged(found, payload)

    def _validator(self, uri: str, file: str) -> Validator | str:
        """The judge by what a record of a file calls its schema; a sentence where there is none."""
        folder = str(Path(file).parent)
        if (uri, folder) not in self._known:
            try:
                self._known[uri, folder] = self._found(urldefrag(uri).url, Path(folder))
            except ProblemsFound as found:
                self._known[uri, folder] = f"{quoted(uri)} cannot be used: {found.problems[0]}"
            except (OSError, ValueError) as error:
                self._known[uri, folder] = f"{quoted(uri)} cannot be used: {error}"
        return self._known[uri, folder]

    def _found(self, uri: str, folder: Path) -> Validator | str:
        parts = urlsplit(uri)
        if parts.scheme in ("", "file"):
            return self._beside(uri, unquote(parts.path) if parts.scheme else uri, folder)
        if self._config is None:
            return f"{quoted(uri)} is known to no project, for there is none around this folder"
        catalog = self._catalog_of(self._config)
        place = catalog.resolve(uri, catalog.documents[0].top)
        if place is None:
            return f"no schema of the project, and none of its `roots`, is {quoted(uri)}"
        return validator_of(catalog, place, self._config, self._formats)

    def _catalog_of(self, config: Config) -> Catalog:
        """The project's schemas, read once."""
        if self._catalog is None:
            self._catalog = load(sources_of(config))
        return self._catalog

    def _beside(self, uri: str, path: str, folder: Path) -> Validator | str:
        """The judge by a file in the folder, or by a schema of the project.

        Of a file elsewhere not even whether it is there is told.
        """
        file = _followed(folder / path)
        if not file.is_relative_to(_followed(folder)):
            return self._of_project(file) or (
                f"{quoted(uri)} leads out of the record's folder; name a file in it,"
                " or a schema of the project"
            )
        if not file.is_file():
            return f"there is no file {quoted(path)} beside the record"
        return validator_for(str(file), self._config, self._formats)

    def _of_project(self, file: Path) -> Validator | None:
        """The judge by one of the project's own schemas, if the file is one."""
        config = self._config
        if config is None or not file.is_relative_to(_followed(config.schemas)):
            return None
        catalog = self._catalog_of(config)
        for document in catalog.documents:
            if _followed(config.schemas / document.path) == file:
                return validator_of(catalog, document.top, config, self._formats)
        return None


def _followed(path: Path) -> Path:
    """Where the path leads, behind all symbolic links; a circle of them leads nowhere."""
    return Path(os.path.realpath(path))
