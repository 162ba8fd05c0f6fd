"""The subject of a behaviour: the definition that a keyword stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from recordsmith.ir import Alias, Definition, Enumeration, Field, Name, Record, ScalarKind
from recordsmith.naming import did_you_mean, listed
from recordsmith.places import Place
from recordsmith.problems import Location, Problems

Resolve: TypeAlias = Callable[[str, Place], Place | None]
"""Gives the schema that a reference leads to from a place; None where it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A definition, the schema it was lowered from, and where problems with it go."""

    definition: Definition
    definitions: Mapping[Name, Definition]
    """All of the project, without their behaviours."""
    place: Place
    resolve: Resolve
    problems: Problems

    @property
    def schema(self) -> dict[str, Any]:
        """The schema that the keyword stands in."""
        schema: dict[str, Any] = self.place.schema
        return schema

    @property
    def at(self) -> Location:
        """Where the schema stands."""
        return self.place.at

    def below(self, *steps: tuple[str, ...]) -> list[dict[str, Any]]:
        """The schemas that judge what stands some steps of keywords below, each as it is written.

        What a schema refers to, and the branches of what it combines, judge beside it.
        """
        found = self._judging([self.place])
        for step in steps:
            found = self._judging(_children(found, step))
        return [place.schema for place in found]

    def _judging(self, places: Iterable[Place]) -> list[Place]:
        found: dict[int, Place] = {}
        waiting = [*places]
        while waiting:
            here = waiting.pop()
            if not isinstance(here.schema, dict) or id(here.schema) in found:
                continue
            found[id(here.schema)] = here
            target = self.resolve(here.schema["$ref"], here) if "$ref" in here.schema else None
            waiting += [target] if target else []
            for keyword in ("allOf", "anyOf", "oneOf"):
                branches = range(len(here.schema.get(keyword, ())))
                waiting += [here / keyword / index for index in branches]
        return [*found.values()]

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


def _children(places: Iterable[Place], step: tuple[str, ...]) -> Iterable[Place]:
    """What stands a step below, where something does."""
    for place in places:
        for token in step:
            if token not in place.schema:
                break
            place /= token  # noqa: PLW2901 - the way down
        else:
            yield place
