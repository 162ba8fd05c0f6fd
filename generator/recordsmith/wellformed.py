"""Well-formed: whether documents are what the meta-schemas of their drafts ask for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import jsonschema_rs

from recordsmith.dialect import behaviour_keywords, behaviours_schema
from recordsmith.drafts import Draft
from recordsmith.naming import did_you_mean
from recordsmith.phrases import quoted
from recordsmith.places import Document, Place, is_uri
from recordsmith.problems import Location, Problems
from recordsmith.readable import is_readable, patterns

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


def check(documents: Iterable[Document], problems: Problems) -> None:
    """Report what is wrong with each document, and where two have one URI."""
    listed = list(documents)
    for document in listed:
        check_dialect(document, problems)
        _check_identifiers(document, problems)
        _check_patterns(document, problems)
    _check_uris(listed, problems)


def check_dialect(document: Document, problems: Problems) -> None:
    """Judge a document by the meta-schema of its draft, and its `x-` keywords by ours."""
    if not isinstance(document.schema, dict):
        return
    _report(_meta_judge(document.draft), document.top, problems)
    keywords = set(behaviour_keywords())
    for place in document.schemas:
        if not keywords.isdisjoint(place.schema):
            _report(_behaviours_judge(), place, problems)


@cache
def _meta_judge(draft: Draft) -> Any:
    """Judges schemas by the draft's meta-schema."""
    return getattr(jsonschema_rs, draft.engine)(
        {"$ref": draft.uri}, offline=True, validate_formats=False
    )


@cache
def _behaviours_judge() -> Any:
    """Judges the `x-` keywords of a schema."""
    return jsonschema_rs.Draft202012Validator(behaviours_schema())


def _report(judge: Any, place: Place, problems: Problems) -> None:
    if judge.is_valid(place.schema):
        return
    for error in judge.iter_errors(place.schema):
        at = place.at
        for token in error.instance_path:
            at /= token
        problems.add(at, "dialect", _dialect_sentence(at, error))


def _dialect_sentence(at: Location, error: jsonschema_rs.ValidationError) -> str:
    """What is wrong, in the author's terms where the meta-schema's are roundabout."""
    if at.pointer.endswith("/type") and isinstance(error.instance, str):
        return f"`{error.instance}` is no type{did_you_mean(error.instance, _TYPES)}"
    return error.message


def _check_identifiers(document: Document, problems: Problems) -> None:
    for place in document.schemas:
        identifier = place.draft.identifier(place.schema)
        if identifier is not None and not (is_uri(identifier) and identifier.isascii()):
            at = place.at / place.draft.id_keyword
            problems.add(at, "invalid-id", f"`{identifier}` is not a URI")


def forget_strangers(document: Document) -> None:
    """Take away the keywords that are called like ours and are somebody else's, by their shape."""
    keywords = set(behaviour_keywords())
    for place in document.schemas:
        if not keywords.isdisjoint(place.schema):
            errors = _behaviours_judge().iter_errors(place.schema)
            for keyword in {str(error.instance_path[0]) for error in errors}:
                del place.schema[keyword]


def _check_patterns(document: Document, problems: Problems) -> None:
    for place in document.schemas:
        for at, pattern in patterns(place):
            if not is_readable(pattern, place.draft):
                sentence = f"{quoted(pattern)} is not a regular expression that an engine can use"
                problems.add(at, "invalid-pattern", sentence)


def _check_uris(documents: list[Document], problems: Problems) -> None:
    first: dict[str, Document] = {}
    for document in documents:
        earlier = first.setdefault(document.uri, document)
        if earlier is not document:
            sentence = f"{earlier.at} has the same `$id`"
            problems.add(document.at / document.draft.id_keyword, "duplicate-id", sentence)
