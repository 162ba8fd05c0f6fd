"""In process: what `recordsmith validate` says of a payload, to a program that has it at hand."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from recordsmith.drafts import FormatPolicy
from recordsmith.in_process.judging import InvalidPayload, PayloadValidator, as_text
from recordsmith.in_process.remembering import Folder, project_around, remembered
from recordsmith.sources import Sources, sources_of
from recordsmith.standalone import catalog_from
from recordsmith.validation.subject import validator_of

__all__ = ["InvalidPayload", "PayloadValidator", "as_text", "validator"]


def validator(
    type_or_schema: str | os.PathLike[str] | Mapping[str, Any] | bool,
    *,
    project: str | os.PathLike[str] | None = None,
    formats: FormatPolicy | None = None,
) -> PayloadValidator:
    """What judges payloads by a type of the project, or by any schema.

    `type_or_schema` is the name of a type of the project around the current folder, or around
    `project`; or the path of a schema file; or a schema itself, which is judged as the project has
    it (its dialect, its `roots`) if you name one by `project`.  `formats` says whether `format`
    asserts: as the dialect has it (`dialect`), always (`assert`), never (`annotate`); without it,
    that is as the project says.

    Schemas are read once.  Ask again, and you get the same validator, until one of their files or
    of the project's settings changes: then a new one, while those that you have stay what they
    are.  That takes a look at each file, so keep the validator where it is used often.

    Raises `ProblemsFound`.
    """
    if isinstance(type_or_schema, Mapping | bool):
        return _of_schema(type_or_schema, project, formats)
    return remembered(_word(type_or_schema), project, formats)


def _word(type_or_schema: str | os.PathLike[str]) -> str:
    """What the command would be told; a path is to be no name, whatever it looks like."""
    word = os.fspath(type_or_schema)
    is_name = isinstance(type_or_schema, str) or Path(word).is_absolute()
    return word if is_name else os.path.join(os.curdir, word)  # noqa: PTH118 - it would go again


def _of_schema(
    schema: Mapping[str, Any] | bool,
    project: Folder,
    formats: FormatPolicy | None,
) -> PayloadValidator:
    config = project_around(project) if project else None
    sources = replace(sources_of(config), names={}) if config else Sources(root=Path())
    catalog = catalog_from(schema, None, sources)
    top = catalog.documents[0].top
    return PayloadValidator(validator_of(catalog, top, config, formats), str(top.at))
