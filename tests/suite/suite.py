"""The official JSON-Schema-Test-Suite: its files, its cases and the documents they refer to.

It is not part of this project: the environment variable `JSON_SCHEMA_TEST_SUITE` is its folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from referencing import Registry, Resource, Specification
from referencing.exceptions import NoSuchResource
from referencing.jsonschema import (
    DRAFT4,
    DRAFT6,
    DRAFT7,
    DRAFT201909,
    DRAFT202012,
)

from recordsmith.drafts import FormatPolicy

VARIABLE = "JSON_SCHEMA_TEST_SUITE"
REMOTE = "http://localhost:1234/"

SchemaSpecification: TypeAlias = Specification[Any]

DRAFTS: dict[str, tuple[str, SchemaSpecification]] = {
    "draft4": ("draft-04", DRAFT4),
    "draft6": ("draft-06", DRAFT6),
    "draft7": ("draft-07", DRAFT7),
    "draft2019-09": ("2019-09", DRAFT201909),
    "draft2020-12": ("2020-12", DRAFT202012),
}
"""By their folders in the suite: what we call them, and what reads a document of theirs."""


@dataclass(frozen=True)
class SuiteFile:
    """A file of the suite for one draft, and whether formats are to assert."""

    folder: Path
    """Of the suite."""
    draft: str
    path: str
    formats: FormatPolicy

    def __str__(self) -> str:
        policy = "" if self.formats == "dialect" else f" ({self.formats})"
        return f"{self.draft}/{self.path}{policy}"

    @property
    def dialect(self) -> str:
        return DRAFTS[self.draft][0]

    def cases(self) -> list[dict[str, Any]]:
        """Schemas, each with some payloads."""
        text = (self.folder / "tests" / self.draft / self.path).read_text("utf-8")
        found: list[dict[str, Any]] = json.loads(text)
        return found

    def remote(self, uri: str) -> Any:
        """The document at a URI that the suite pretends to serve."""
        file = self.folder / "remotes" / uri.partition("#")[0].removeprefix(REMOTE)
        if not uri.startswith(REMOTE) or not file.is_file():
            raise NoSuchResource(uri)
        return json.loads(file.read_text("utf-8"))

    def registry(self) -> Registry[Any]:
        """Gives the documents of the suite, those without `$schema` as ones of the draft."""
        specification = DRAFTS[self.draft][1]

        def retrieve(uri: str) -> Resource[Any]:
            return Resource.from_contents(self.remote(uri), default_specification=specification)

        return Registry(retrieve=retrieve)  # type: ignore[call-arg]  # its attrs are private


def suite_files() -> Iterator[SuiteFile]:
    """Each file of the suite; those of formats once more, asserting.  None without the variable."""
    if VARIABLE not in os.environ:
        return
    folder = Path(os.environ[VARIABLE])
    for draft in DRAFTS:
        tests = folder / "tests" / draft
        for file in sorted(tests.rglob("*.json")):
            path = file.relative_to(tests).as_posix()
            yield SuiteFile(folder, draft, path, "dialect")
            if path.startswith("optional/format/"):
                yield SuiteFile(folder, draft, path, "assert")
