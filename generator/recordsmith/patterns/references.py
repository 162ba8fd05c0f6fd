r"""References: whether every engine that backtracks finds the same text at a `\1`.

ECMA-262 takes a group without a capture for an empty one, and forgets captures as it repeats;
others do not.
"""

from __future__ import annotations

from recordsmith.patterns.syntax import (
    Choice,
    Group,
    Look,
    Node,
    Pattern,
    Reference,
    Repeat,
    Sequence,
    nodes,
)


def are_settled(pattern: Pattern) -> bool:
    """Whether each group that is referred to is captured by then, whichever way was taken."""
    try:
        _settled(pattern.root, frozenset())
    except _UnsettledError:
        return False
    return True


class _UnsettledError(Exception):
    pass


def _settled(node: Node, known: frozenset[int]) -> frozenset[int]:
    """The groups that are captured behind the node, if the `known` ones are before it."""
    match node:
        case Reference(group) if group not in known:
            raise _UnsettledError
        case Group(body, number=number):
            return _settled(body, known) | ({number} if number else set())
        case Look(body):
            return _settled_by_looking(node, known)
        case Repeat(body=body, low=low, high=high):
            within = _settled(body, known)
            return within if low == high == 1 else known
        case Sequence(items):
            for item in items:
                known = _settled(item, known)
            return known
        case Choice(options):
            return frozenset.intersection(*(_settled(option, known) for option in options))
        case _:
            return known


def _settled_by_looking(look: Look, known: frozenset[int]) -> frozenset[int]:
    """What looks behind is read backwards by ECMA-262, so that it captures otherwise."""
    if look.behind and any(isinstance(node, Reference) for node in nodes(look)):
        raise _UnsettledError
    within = _settled(look.body, known)
    return known if look.behind or look.negated else within
