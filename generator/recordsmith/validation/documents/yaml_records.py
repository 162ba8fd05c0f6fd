"""YAML records: each document of a stream, or each item of a sequence that holds records.

Values follow the core schema of YAML 1.2.  What YAML forbids is `not-yaml`: bad syntax, a key that
stands twice.  What JSON has not is `not-json`: a key that is no string, `.nan`, a tag of one's own,
an alias within what it stands for.  A byte order mark is good YAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import yaml

from recordsmith.validation.documents.spots import Place
from recordsmith.validation.documents.yaml_feed import Feed
from recordsmith.validation.documents.yaml_nodes import Composer, FaultError, place_of
from recordsmith.validation.texts import Payload, Start

_LIST = "tag:yaml.org,2002:seq"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _EndError(FaultError):
    """A document cannot be read on; what came just before may be cut short with it."""

    def __init__(self, place: Place, rule: str, sentence: str, *, cuts: bool = False) -> None:
        self.cuts = cuts
        super().__init__(place, rule, sentence)


def records(stream: BinaryIO, name: str, *, takes_arrays: bool) -> Iterator[Payload]:
    """The records of a stream that the user knows as `name`, read as they are taken.

    A fault in the syntax ends its document, not the stream.  What the stream raises comes through.
    """
    feed = Feed(stream)
    last = Start(name, 0)
    while feed.begin():
        for payload in _Documents(feed, last, holds=not takes_arrays).records():
            last = payload.start
            yield payload


class _Documents:
    """What a feed has until it begins anew: a document, if it has any."""

    def __init__(self, feed: Feed, start: Start, *, holds: bool) -> None:
        self._feed = feed
        self._before = start
        self._holds = holds
        self._is_held = False
        """Whether the records are items of a sequence."""
        self._events = _events(feed)
        self._composer = Composer(self._events, feed)
        self._start: Start | None = None
        """Where the last record starts in the file."""
        self._origin: Place = 1, 1
        """And where it does in the document."""

    def records(self) -> Iterator[Payload]:
        """The records, each when what follows shows that it is whole."""
        payload = None
        try:
            for event in self._starts():
                if payload:
                    yield payload
                payload = None
                start = self._begin(min(place_of(event), self._feed.end))
                payload = self._record(event, start)
        except _EndError as end:
            if payload and not end.cuts:
                yield payload
                self._begin(end.place)
            yield self._unreadable(self._start or self._begin((1, 1)), end)
            return
        if payload:
            yield payload

    def _starts(self) -> Iterator[Any]:
        """The events that records start with; who takes one makes the record of those behind."""
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            self._composer = Composer(self._events, self._feed)
            root = next(self._events)
            self._is_held = self._holds and _is_list(root)
            if not self._is_held:
                yield root
                continue
            for item in self._events:
                if isinstance(item, yaml.CollectionEndEvent):
                    break
                yield item

    def _begin(self, place: Place) -> Start:
        """Take the next number for what starts at a place in the document."""
        self._feed.begin_record()
        last = self._start or self._before
        line = self._feed.line + place[0]
        self._start = Start(last.file, last.number + 1, line, place[1])
        self._origin = place
        return self._start

    def _record(self, event: Any, start: Start) -> Payload:
        try:
            node = replace(self._composer.record(event), place=self._origin)
        except _EndError:
            raise
        except FaultError as fault:
            if fault.rule == "too-deep":  # PyYAML takes quadratic time to go through it
                raise _EndError(fault.place, fault.rule, fault.sentence) from None
            self._composer.skip()
            return self._unreadable(start, fault)
        origin = self._origin
        return replace(
            start.readable("", node.value),
            finder=lambda _, pointer: _inside(origin, node.at(pointer)),
        )

    def _unreadable(self, start: Start, fault: FaultError) -> Payload:
        sentence = fault.sentence
        if self._is_held and isinstance(fault, _EndError):
            sentence += "; the rest of the document was not judged"
        inside = _inside(self._origin, fault.place) if fault.place[0] else (1, 1)
        return start.unreadable("", (start.fault(inside, fault.rule, sentence),))


def _events(feed: Feed) -> Iterator[Any]:
    """The events of PyYAML.  Raises `_EndError`."""
    try:
        for event in yaml.parse(feed, Loader=_LOADER):
            if feed.cease and isinstance(event, yaml.DocumentEndEvent | yaml.StreamEndEvent):
                break
            yield event
    except yaml.YAMLError as error:
        if not feed.cease:
            raise _EndError(*_syntax_fault(feed, error)) from None
    if feed.cease:
        raise _EndError(feed.cease.place, feed.cease.rule, feed.cease.sentence, cuts=True)


def _syntax_fault(feed: Feed, error: Any) -> tuple[Place, str, str]:
    """The place, the rule and the sentence of what PyYAML raises."""
    mark = getattr(error, "problem_mark", None)
    place = min((mark.line + 1, mark.column + 1), feed.end) if mark else feed.end
    told = [getattr(error, "problem", None), getattr(error, "context", None)]
    reason = ", ".join(words for words in told if words) or "it cannot be read"
    return place, "not-yaml", f"the text is not YAML: {reason}"


def _is_list(event: Any) -> bool:
    return isinstance(event, yaml.SequenceStartEvent) and event.tag in (None, "!", _LIST)


def _inside(origin: Place, place: Place) -> Place:
    """A place as seen from another."""
    row, column = place[0] - origin[0] + 1, place[1]
    return row, column - origin[1] + 1 if row == 1 else column
