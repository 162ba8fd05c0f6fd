"""The intermediate representation: what the schemas say, as frozen facts.

It knows no language and does no input or output.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar, TypeAlias

from recordsmith.name import Name as Name  # noqa: PLC0414 - it is a part of the model

JsonScalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "JsonScalar | list[Json] | dict[str, Json]"


class ScalarKind(Enum):
    """The kinds of value that have no parts."""

    ANY = "any"
    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    PLAIN_INTEGER = "plain integer"
    """An integer that is written without a fraction, as draft 4 has it."""
    NUMBER = "number"
    STRING = "string"
    DATE_TIME = "date-time"
    """An instant, on the wire a string."""
    DATE = "date"
    """A day, on the wire a string."""
    UUID = "uuid"
    """An identifier of 128 bits, on the wire a string."""
    DURATION = "duration"
    """A signed span of time, on the wire a string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The assertions on a number, a length or a text, named as JSON Schema names them."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    min_properties: int | None = None
    max_properties: int | None = None
    pattern: str | None = None


UNBOUNDED = Bounds()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts."""

    kind: ScalarKind
    bounds: Bounds = UNBOUNDED


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """One of these values and no other.  To JSON, unlike Python, `True` is not `1`."""

    values: tuple[JsonScalar, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and repr(self.values) == repr(other.values)

    def __hash__(self) -> int:
        return hash(repr(self.values))


@dataclass(frozen=True, slots=True)
class Never:
    """No value at all."""


@dataclass(frozen=True, slots=True)
class Other:
    """Any JSON value but those of these JSON types, which are `array` or `object`."""

    than: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tuple:
    """A JSON array of exactly these items."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A JSON array whose items are all of one type."""

    items: Type
    bounds: Bounds = UNBOUNDED


@dataclass(frozen=True, slots=True)
class Map:
    """A JSON object with any keys, whose values are all of one type."""

    values: Type
    bounds: Bounds = UNBOUNDED


@dataclass(frozen=True, slots=True)
class Matching:
    """A JSON object: the values whose keys match a pattern are of one type, others are anything."""

    type: Map
    pattern: str


@dataclass(frozen=True, slots=True)
class Union:
    """A value of at least one of these types."""

    members: tuple[Type, ...]
    discriminator: str | None = None
    """The property whose value tells the members, all records, apart."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a definition."""

    name: Name


@dataclass(frozen=True, slots=True)
class Guard:
    """Keywords of a schema that its type cannot express: they judge the JSON form of a value."""

    schema: str
    """The keywords, as a JSON object; each `$ref` in it is absolute."""
    draft: str
    """The name of the draft that they are written in."""
    asserts_formats: bool = False

    @property
    def keywords(self) -> Json:
        """The keywords."""
        found: Json = json.loads(self.schema)
        return found


@dataclass(frozen=True, slots=True)
class Guarded:
    """A value of a type that fits a guard too."""

    type: Type
    guards: tuple[Guard, ...]


Type: TypeAlias = (
    Scalar | Literal | Never | Other | Tuple | List | Map | Matching | Union | Named | Guarded
)


@dataclass(frozen=True, slots=True)
class Default:
    """A default value, as JSON; a default of null is `Default(None)`."""

    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """What a schema tells its reader."""

    description: str = ""
    examples: tuple[Json, ...] = ()
    deprecated: bool = False


UNDOCUMENTED = Documentation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A property of a record.  Required, nullable and defaulted are three facts."""

    name: str
    type: Type
    required: bool
    nullable: bool = False
    default: Default | None = None
    documentation: Documentation = UNDOCUMENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of an enum."""

    name: str
    value: str | int
    documentation: Documentation = UNDOCUMENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What a definition can do, as data.  Each subclass reads one `x-` keyword."""

    keyword: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a definition stands: a document, by its path below the root, and a JSON Pointer."""

    document: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What becomes of a keyword."""

    pointer: str
    """The keyword: a document and a JSON Pointer."""
    by: str
    """`type` or `guard`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An object with known properties."""

    name: Name
    source: Source
    fields: tuple[Field, ...]
    base: Name | None = None
    closed: bool = False
    """Whether a property that is not a field is refused."""
    extras: Type | None = None
    """The type of the properties that are no fields, where they are kept; None: ignored."""
    guards: tuple[Guard, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    enforced: tuple[Enforcement, ...] = ()
    documentation: Documentation = UNDOCUMENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """A closed list of named values, all strings or all integers."""

    name: Name
    source: Source
    kind: ScalarKind
    members: tuple[Member, ...]
    behaviours: tuple[Behaviour, ...] = ()
    enforced: tuple[Enforcement, ...] = ()
    documentation: Documentation = UNDOCUMENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name for a type that is neither a record nor an enum."""

    name: Name
    source: Source
    type: Type
    behaviours: tuple[Behaviour, ...] = ()
    enforced: tuple[Enforcement, ...] = ()
    documentation: Documentation = UNDOCUMENTED


Definition: TypeAlias = Record | Enumeration | Alias


@dataclass(frozen=True, slots=True)
class Resource:
    """A schema document that guards refer to."""

    uri: str
    schema: str
    """The document as JSON; its `$schema` tells its draft."""


@dataclass(frozen=True, eq=False)
class Model:
    """All definitions of a project, sorted by name."""

    definitions: tuple[Definition, ...]
    resources: tuple[Resource, ...] = ()
    """The documents that guards refer to, sorted by URI."""
    types: frozenset[str] = field(init=False, repr=False, compare=False)
    """The names of all types, without their modules."""
    asked: set[Name] = field(init=False, repr=False, compare=False, default_factory=set)
    """The names that were looked up, for who wants to know what something was made of."""
    _by_name: dict[Name, Definition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {definition.name: definition for definition in self.definitions}
        object.__setattr__(self, "_by_name", by_name)
        object.__setattr__(self, "types", frozenset(name.type for name in by_name))

    def __getitem__(self, name: Name) -> Definition:
        self.asked.add(name)
        return self._by_name[name]

    def modules(self) -> dict[tuple[str, ...], tuple[Definition, ...]]:
        """Group the definitions by module, both sorted."""
        found: dict[tuple[str, ...], list[Definition]] = {}
        for definition in self.definitions:
            found.setdefault(definition.name.module, []).append(definition)
        return {module: tuple(found[module]) for module in sorted(found)}
