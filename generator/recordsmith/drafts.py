"""Drafts: what sets one version of JSON Schema apart from another, as tables.

Everything else speaks the words of 2020-12; a draft tells how its own words map to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

_META = "https://json-schema.org/draft/{}/schema"
_OLD_META = "http://json-schema.org/draft-{}/schema"

_IN_ALL = frozenset(
    (
        *("$ref", "additionalProperties", "allOf", "anyOf", "default", "description", "enum"),
        *("exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength"),
        *("maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum"),
        *("multipleOf", "not", "oneOf", "pattern", "patternProperties", "properties", "required"),
        *("title", "type", "uniqueItems", "$schema"),
    )
)
_SINCE_6 = frozenset(("$id", "const", "contains", "examples", "propertyNames"))
_CONTENT = frozenset(("contentEncoding", "contentMediaType"))
_SINCE_7 = frozenset(
    (
        *("$comment", "if", "then", "else", "readOnly", "writeOnly"),
        *_CONTENT,
    )
)
_SINCE_2019 = frozenset(
    (
        *("$anchor", "$defs", "$vocabulary", "dependentRequired", "dependentSchemas"),
        *("contentSchema", "deprecated", "maxContains", "minContains"),
        *("unevaluatedItems", "unevaluatedProperties"),
    )
)
_UNTIL_2019 = frozenset(("definitions", "dependencies", "additionalItems"))

ANNOTATIONS = frozenset(
    (
        *("$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$recursiveAnchor", "$schema"),
        *("$vocabulary", "contentSchema", "default", *_CONTENT),
        *("definitions", "deprecated", "description", "examples", "id", "readOnly", "title"),
        "writeOnly",
    )
)
"""What asserts nothing about the instance."""

SINGLE = frozenset(
    (
        *("additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if"),
        *("items", "not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"),
    )
)
"""The keywords whose value is a schema (`items` may be a list of them)."""
LISTED = frozenset(("allOf", "anyOf", "items", "oneOf", "prefixItems"))
"""The keywords whose value is a list of schemas."""
NAMED = frozenset(
    (
        *("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties"),
        "properties",
    )
)
"""The keywords whose value is an object of schemas (`dependencies` may hold lists of names too)."""

_FORMATS_4 = frozenset(
    ("date", "date-time", "email", "hostname", "idn-email", "ipv4", "ipv6", "regex", "time", "uri")
)
_FORMATS_6 = _FORMATS_4 | {"json-pointer", "uri-reference", "uri-template"}
_FORMATS_7 = _FORMATS_6 | {"idn-hostname", "iri", "iri-reference", "relative-json-pointer"}
_FORMATS_2019 = _FORMATS_7 | {"duration", "uuid"}


FormatPolicy: TypeAlias = Literal["dialect", "assert", "annotate"]
"""Whether `format` asserts: as the schema's draft has it, always, or never."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A version of JSON Schema."""

    name: str
    """`draft-07`, `2020-12`: what a generated package calls it."""
    uri: str
    """Of its meta-schema, without a fragment."""
    engine: str
    """The class of jsonschema-rs that knows it."""
    keywords: frozenset[str]
    """The keywords that it defines."""
    formats: frozenset[str]
    """The formats that an engine checks where formats are asserted."""
    id_keyword: str = "$id"
    ref_stands_alone: bool = False
    """Whether what stands beside `$ref` is ignored."""
    asserts_formats: bool = False
    """Whether `format` asserts where nobody says otherwise."""
    items_may_be_listed: bool = True
    """Whether `items` does the work of `prefixItems` too."""
    asserts_content: bool = False
    """Whether engines decode strings by `contentEncoding` and `contentMediaType`."""
    takes_whole_floats: bool = True
    """Whether `1.0` is an integer."""
    has_boolean_bounds: bool = False
    """Whether `exclusiveMinimum` is a boolean beside `minimum`."""

    def asserts(self, keyword: str) -> bool:
        """Whether the keyword asserts anything about the instance."""
        return keyword in self._asserting

    @cached_property
    def _asserting(self) -> frozenset[str]:
        asserting = self.keywords - ANNOTATIONS - _CONTENT
        return asserting | _CONTENT if self.asserts_content else asserting

    def identifier(self, schema: Mapping[str, Any]) -> str | None:
        """The URI that the schema gives itself; None where it gives none."""
        if self.ref_stands_alone and "$ref" in schema:
            return None
        found = schema.get(self.id_keyword)
        is_uri = isinstance(found, str) and not (self.ref_stands_alone and found.startswith("#"))
        return found if is_uri else None


DRAFT_4 = Draft(
    name="draft-04",
    uri=_OLD_META.format("04"),
    engine="Draft4Validator",
    keywords=_IN_ALL | _UNTIL_2019 | {"id"},
    formats=_FORMATS_4,
    id_keyword="id",
    ref_stands_alone=True,
    asserts_formats=True,
    has_boolean_bounds=True,
    takes_whole_floats=False,
)
DRAFT_6 = Draft(
    name="draft-06",
    uri=_OLD_META.format("06"),
    engine="Draft6Validator",
    keywords=_IN_ALL | _UNTIL_2019 | _SINCE_6,
    formats=_FORMATS_6,
    ref_stands_alone=True,
    asserts_formats=True,
    asserts_content=True,
)
DRAFT_7 = Draft(
    name="draft-07",
    uri=_OLD_META.format("07"),
    engine="Draft7Validator",
    keywords=_IN_ALL | _UNTIL_2019 | _SINCE_6 | _SINCE_7,
    formats=_FORMATS_7,
    ref_stands_alone=True,
    asserts_formats=True,
    asserts_content=True,
)
DRAFT_2019_09 = Draft(
    name="2019-09",
    uri=_META.format("2019-09"),
    engine="Draft201909Validator",
    keywords=_IN_ALL
    | _UNTIL_2019
    | _SINCE_6
    | _SINCE_7
    | _SINCE_2019
    | {"$recursiveAnchor", "$recursiveRef"},
    formats=_FORMATS_2019,
)
DRAFT_2020_12 = Draft(
    name="2020-12",
    uri=_META.format("2020-12"),
    engine="Draft202012Validator",
    keywords=_IN_ALL
    | {"definitions", "dependencies"}
    | _SINCE_6
    | _SINCE_7
    | _SINCE_2019
    | {"$dynamicAnchor", "$dynamicRef", "prefixItems"},
    formats=_FORMATS_2019,
    items_may_be_listed=False,
)

DRAFTS = (DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019_09, DRAFT_2020_12)
BY_NAME: Mapping[str, Draft] = {draft.name: draft for draft in DRAFTS}
_BY_URI = {draft.uri: draft for draft in DRAFTS}


def assertive(formats: FormatPolicy) -> Mapping[Draft, bool]:
    """Whether the schemas of each draft assert formats."""
    return {
        draft: draft.asserts_formats if formats == "dialect" else formats == "assert"
        for draft in DRAFTS
    }


OF_NO_DRAFT = ("", "http://json-schema.org/schema", "http://json-schema.org/schema#")
"""What a `$schema` may be that names no draft: once it was the URI of whichever was the latest."""


def draft_of(uri: Any) -> Draft | None:
    """The draft whose meta-schema a `$schema` names; None where it is none of these."""
    if not isinstance(uri, str):
        return None
    bare = uri.removesuffix("#")
    other = "http:" if bare.startswith("https:") else "https:"
    return _BY_URI.get(bare) or _BY_URI.get(other + bare.partition(":")[2])


def declared(schema: Any, draft: Draft) -> Any:
    """The schema of a document, with the draft that it is read by."""
    return {**schema, "$schema": draft.uri} if isinstance(schema, dict) else schema
