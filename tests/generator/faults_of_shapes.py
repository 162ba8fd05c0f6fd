"""Faults of the shapes that the dialect gives to the values of the `x-` keywords."""

from __future__ import annotations

from tests.generator.faults import Fault, fault
from tests.generator.faults_of_behaviours import record, sentinel
from tests.generator.faults_of_lifecycles import lifecycle


def shape(keyword: str, text: str, below: str, says: str) -> Fault:
    """A keyword whose value has not the shape that the dialect gives it."""
    name = f"the shape of {keyword}: {says}"
    return fault(name, record(f'"{keyword}": {text}'), "dialect", f"/{keyword}{below}", says)


FAULTS_OF_SHAPES = [
    shape("x-lifecycle", "▶[]", "", "object"),
    shape("x-lifecycle", lifecycle().replace('{ "initial": "A",', "▶{", 1), "", "initial"),
    shape("x-lifecycle", lifecycle(initial="▶1"), "/initial", "string"),
    shape("x-lifecycle", lifecycle(path="▶[]"), "/path", "1 item"),
    shape("x-lifecycle", lifecycle(path='▶["A", "A"]'), "/path", "non-unique"),
    shape("x-lifecycle", lifecycle(transitions='{ "A": ▶"B" }'), "/transitions/A", "array"),
    shape("x-lifecycle", lifecycle(groups="▶{}"), "/groups", "terminal"),
    shape("x-lifecycle", lifecycle(groups='▶{ "terminal": [], "No": [] }'), "/groups", "No"),
    shape("x-lifecycle", "▶" + lifecycle(final='"C"'), "", "final"),
    shape("x-history", '▶{ "entries": "a", "state": "b" }', "", "time"),
    shape("x-history", '{ "entries": ▶["a"], "state": "b", "time": "c" }', "/entries", "string"),
    shape("x-history", '▶{ "entries": "a", "state": "b", "time": "c", "end": "d" }', "", "end"),
    shape("x-selector", "▶[]", "", "1 item"),
    shape("x-selector", '▶"a"', "", "array"),
    shape("x-selector", '["a", ▶1]', "/1", "string"),
    shape("x-unknown-member", "▶1", "", "string"),
    shape("x-sentinel", "▶{}", "", "1 property"),
    shape("x-sentinel", "▶" + sentinel().replace("none", "Not-a-name"), "", "Not-a-name"),
    shape("x-sentinel", sentinel(value=[]).replace("[]", "▶[]", 1), "/none/value", "object"),
    shape("x-compatible", '▶{ "key": "k" }', "", "value"),
    shape("x-compatible", '{ "key": ▶1, "value": "v" }', "/key", "string"),
    shape("x-compatible", '▶{ "key": "a", "value": "b", "rows": [] }', "", "rows"),
    shape("x-extends", "▶{}", "", "string"),
    shape("x-format", '▶"iso8601"', "", "iso8601-duration"),
]
