"""YAML nodes: a value with the places of its parts, made of the events of PyYAML.

PyYAML's own nodes are made without an end to their depth; its values follow YAML 1.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from recordsmith.phrases import quoted, shown
from recordsmith.strict_json import MOST_VALUES
from recordsmith.validation.documents.spots import Place, Spot
from recordsmith.validation.documents.yaml_feed import Feed
from recordsmith.validation.documents.yaml_scalars import ScalarError, check_tag, scalar
from recordsmith.validation.texts import LARGEST

_DEEPEST = 255
"""Levels; no engine judges more."""
_TOO_DEEP = "the value is nested too deeply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Spot):
    """A value, and where it stands."""

    parts: dict[str, Node] | list[Node] | None = None
    value: Any
    count: int = 1
    """The values in it, itself included."""
    size: int = 0
    """The characters of its scalars."""
    height: int = 0
    """The levels below it."""


class FaultError(Exception):
    """What is no JSON value: where, and why."""

    def __init__(self, place: Place, rule: str, sentence: str) -> None:
        self.place = place
        self.rule = rule
        self.sentence = sentence
        super().__init__(sentence)


class Composer:
    """Makes nodes of the events of one document."""

    def __init__(self, events: Iterator[Any], feed: Feed) -> None:
        self._events = events
        self._feed = feed
        self._anchors: dict[str, Node | None] = {}
        self._kept = 0
        self._count = 0
        self._size = 0
        self._open = 0

    def record(self, event: Any) -> Node:
        """The node that starts with `event`.  Raises `FaultError`."""
        self._count = self._size = self._open = 0
        return self._node(event)

    def skip(self) -> None:
        """Go behind a record that has a fault."""
        while self._open:
            match next(self._events):
                case yaml.CollectionStartEvent():
                    self._open += 1
                case yaml.CollectionEndEvent():
                    self._open -= 1

    def _node(self, event: Any) -> Node:
        """The node of a scalar, an alias or a collection."""
        place = place_of(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor, place)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        try:
            node = self._scalar(event) if _is_scalar(event) else self._collection(event)
        except ScalarError as error:
            raise FaultError(place, error.rule, error.sentence) from None
        if event.anchor is not None:
            self._keep(event.anchor, node)
        return node

    def _scalar(self, event: Any) -> Node:
        text = self._feed.shown(event.value)
        self._add(place_of(event), 1, len(text))
        value = scalar(text, event.tag, is_plain=event.implicit[0])
        return Node(place=place_of(event), value=value, size=len(text))

    def _collection(self, event: Any) -> Node:
        self._open += 1
        if self._open > _DEEPEST:
            raise FaultError(place_of(event), "too-deep", _TOO_DEEP)
        self._add(place_of(event), 1, 0)
        if isinstance(event, yaml.SequenceStartEvent):
            check_tag(event.tag, "seq")
            items = [self._node(part) for part in self._inside()]
            node = _with_parts(place_of(event), [item.value for item in items], items)
        else:
            check_tag(event.tag, "map")
            fields = self._fields()
            values = {key: field.value for key, field in fields.items()}
            node = _with_parts(place_of(event), values, fields)
        self._open -= 1
        return node

    def _inside(self) -> Iterator[Any]:
        """The events that the parts of an open collection start with."""
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event

    def _fields(self) -> dict[str, Node]:
        """The fields of a mapping; `<<` is one like any other, for YAML 1.2 merges nothing."""
        fields: dict[str, Node] = {}
        for event in self._inside():
            key = self._key(event)
            value = self._node(next(self._events))
            if key in fields:
                sentence = f"the key {shown(key)} stands twice in one mapping"
                raise FaultError(place_of(event), "not-yaml", sentence)
            fields[key] = value
        return fields

    def _key(self, event: Any) -> str:
        if isinstance(event, yaml.CollectionStartEvent):
            self._open += 1
            sentence = "a key is a list or a mapping; JSON has only strings for keys"
            raise FaultError(place_of(event), "not-json", sentence)
        key = self._node(event).value
        if not isinstance(key, str):
            sentence = f"the key {shown(key)} is no string; put it in quotes"
            raise FaultError(place_of(event), "not-json", sentence)
        return key

    def _alias(self, anchor: str, place: Place) -> Node:
        if anchor not in self._anchors:
            sentence = f"no anchor {quoted('&' + anchor)} stands before this alias"
            raise FaultError(place, "not-yaml", sentence)
        node = self._anchors[anchor]
        if node is None:
            raise FaultError(place, "not-json", "the alias is in what it stands for")
        if self._open + node.height > _DEEPEST:
            raise FaultError(place, "too-deep", _TOO_DEEP)
        self._add(place, node.count, node.size)
        return replace(node, place=place)

    def _add(self, place: Place, count: int, size: int) -> None:
        """Count what the record comes to, each alias as what it stands for."""
        self._count += count
        self._size += size
        if self._count > MOST_VALUES or self._size > LARGEST:
            sentence = (
                f"the record has more than {MOST_VALUES:,} values, or {LARGEST >> 20} MiB of them"
            )
            raise FaultError(place, "too-large", sentence)

    def _keep(self, anchor: str, node: Node) -> None:
        self._kept += node.count
        if self._kept > MOST_VALUES:
            sentence = f"more than {MOST_VALUES:,} values of the document have an anchor"
            raise FaultError(node.place, "too-large", sentence)
        self._anchors[anchor] = node


def place_of(event: Any) -> Place:
    """Where an event starts, in its stream."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _is_scalar(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent)


def _with_parts(place: Place, value: Any, parts: dict[str, Node] | list[Node]) -> Node:
    nodes = parts.values() if isinstance(parts, dict) else parts
    return Node(
        place=place,
        value=value,
        parts=parts,
        count=1 + sum(node.count for node in nodes),
        size=sum(node.size for node in nodes),
        height=1 + max((node.height for node in nodes), default=0),
    )
