"""The subject of a behaviour: the definition that a keyword stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recordsmith.ir import Alias, Definition, Enumeration, Field, Name, Record, ScalarKind
from recordsmith.naming import did_you_mean, listed
from recordsmith.problems import Location, Problems


@dataclass(frozen=True, slots=True)
class Subject:
    """A definition, the schema it was lowered from, and where problems with it go."""

    definition: Definition
    definitions: Mapping[Name, Definition]
    """All of the project, without their behaviours."""
    schema: dict[str, Any]
    at: Location
    problems: Problems

    def fields(self) -> dict[str, Field]:
        """The record's fields by name; none for an enum."""
        match self.definition:
            case Record(fields=fields):
                return {field.name: field for field in fields}
            case Enumeration() | Alias():
                return {}

    def members(self) -> tuple[str, ...]:
        """The enum's members; none for a record."""
        match self.definition:
            case Enumeration(members=members):
                return tuple(member.name for member in members)
            case Record() | Alias():
                return ()

    def is_record(self, keyword: str) -> bool:
        """Whether the definition is a record; a problem if not, as in the questions below."""
        return self._is(isinstance(self.definition, Record), keyword, "a record (`properties`)")

    def is_enumeration(self, keyword: str) -> bool:
        """Whether it is an enum whose members have names."""
        named = "an enum whose members have names (`oneOf` of `const` and `title`)"
        return self._is(isinstance(self.definition, Enumeration), keyword, named)

    def is_text_enumeration(self, keyword: str) -> bool:
        """Whether it is an enum of strings."""
        definition = self.definition
        right = isinstance(definition, Enumeration) and definition.kind is ScalarKind.STRING
        return self._is(right, keyword, "an enum of strings")

    def _is(self, right: bool, keyword: str, wanted: str) -> bool:
        if not right:
            sentence = f"`{keyword}` goes with {wanted}"
            self.problems.add(self.at / keyword, "misplaced-keyword", sentence)
        return right

    def known_fields(self, names: list[str], at: Location, rule: str) -> bool:
        """Whether all names are fields; a problem for each that is not."""
        return self._known(names, tuple(self.fields()), at, rule, "property")

    def known_members(self, names: list[str], at: Location, rule: str) -> bool:
        """Whether all names are members; a problem for each that is not."""
        return self._known(names, self.members(), at, rule, "member of the enum")

    def _known(
        self, names: list[str], known: tuple[str, ...], at: Location, rule: str, what: str
    ) -> bool:
        unknown = [name for name in names if name not in known]
        for name in unknown:
            hint = did_you_mean(name, known) or f"; there are {listed(known)}"
            self.problems.add(at, rule, f"`{name}` is no {what}{hint}")
        return not unknown
