"""Join: types as alternatives to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recordsmith.ir import Literal, Never, Scalar, ScalarKind, Type, Union

ANYTHING = Scalar(ScalarKind.ANY)
NULL = Scalar(ScalarKind.NULL)
NEVER = Never()


def union(members: Iterable[Type]) -> Type:
    """The union of `members`, without nesting and repetition, null last."""
    given = list(members)
    if len(given) == 1:
        return given[0]
    flat: dict[Type, None] = {}
    for member in given:
        flat |= dict.fromkeys(_alternatives(member))
    kept = [member for member in _listed_once(flat) if not isinstance(member, Never)]
    if ANYTHING in kept:
        return ANYTHING
    match sorted(kept, key=lambda member: member == NULL):
        case []:
            return NEVER
        case [alone]:
            return alone
        case several:
            return Union(tuple(several))


def _listed_once(members: Iterable[Type]) -> Iterator[Type]:
    """The members; values that several of them list are one list, where the first of them was."""
    kept = list(members)
    listing = [member for member in kept if isinstance(member, Literal)]
    values = {repr(value): value for member in listing for value in member.values}
    for member in kept:
        if not isinstance(member, Literal):
            yield member
        elif member is listing[0]:
            yield Literal(tuple(values.values()))


def _alternatives(type_: Type) -> tuple[Type, ...]:
    """The members of a union that tells its members apart by nothing; or the type itself."""
    match type_:
        case Union(members, None):
            return members
        case _:
            return (type_,)


def without_null(type_: Type) -> tuple[Type, bool]:
    """The type without null, and whether null was among its values; null alone stays."""
    if type_ == NULL:
        return NULL, True
    if not isinstance(type_, Union) or NULL not in type_.members:
        return type_, False
    return union(member for member in type_.members if member != NULL), True
