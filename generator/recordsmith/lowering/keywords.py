"""Keywords: the reading of one schema, which accounts for every keyword in it.

A keyword is read in exactly one place.  One that no place reads is a problem.
"""

from __future__ import annotations

from typing import Any

from recordsmith.catalog import Place
from recordsmith.dialect import behaviour_keywords
from recordsmith.ir import Documentation
from recordsmith.naming import did_you_mean, nearest
from recordsmith.problems import Problems

_ANNOTATIONS = (
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "default",
    "deprecated",
    "description",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
)
"""What asserts nothing about the instance."""

_ASSERTIONS = (
    "$dynamicAnchor",
    "$dynamicRef",
    "$ref",
    "$vocabulary",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
)


class Keywords:
    """The keywords of one schema that have not been read yet."""

    def __init__(self, place: Place, problems: Problems) -> None:
        self.place = place
        self.problems = problems
        self._left = [key for key in place.schema if key not in _ANNOTATIONS]

    def __contains__(self, keyword: str) -> bool:
        return keyword in self._left

    def take(self, keyword: str, default: Any = None) -> Any:
        """The keyword's value; it counts as read."""
        if keyword in self._left:
            self._left.remove(keyword)
        return self.place.schema.get(keyword, default)

    def forget(self, keywords: tuple[str, ...]) -> None:
        """Count keywords as read that something else accounts for."""
        self._left = [key for key in self._left if key not in keywords]

    def report(self, keyword: str, rule: str, sentence: str) -> None:
        """A problem at one of the keywords."""
        self.problems.add(self.place.at / keyword, rule, sentence)

    def close(self) -> None:
        """Report each keyword that nothing has read."""
        ours = behaviour_keywords()
        for key in self._left:
            if key in _ASSERTIONS:
                sentence = f"no type can carry `{key}` here, nor does an `x-` keyword explain it"
                self.report(key, "unsupported-keyword", sentence)
            elif key in ours:
                self.report(key, "misplaced-keyword", f"`{key}` has no meaning here")
            elif not key.startswith("x-"):
                hint = did_you_mean(key, (*_ASSERTIONS, *_ANNOTATIONS, *ours))
                self.report(key, "unknown-keyword", f"no dialect defines `{key}`{hint}")
            elif nearest(key, ours):
                sentence = f"there is no keyword `{key}`{did_you_mean(key, ours)}"
                self.report(key, "unknown-keyword", sentence)


def documentation(schema: Any) -> Documentation:
    """The schema's own words for its reader."""
    if not isinstance(schema, dict):
        return Documentation()
    return Documentation(
        description=schema.get("description", "").strip(),
        examples=tuple(schema.get("examples", ())),
        deprecated=schema.get("deprecated", False),
    )
