"""Faults of lifecycles: states that are none, and machines that nobody wants."""

from __future__ import annotations

from tests.generator.faults import fault
from tests.generator.faults_of_behaviours import record


def status(lifecycle: str) -> str:
    """An enum of the members A, B and C with that lifecycle."""
    members = '[{ "const": "a" }, { "const": "b" }, { "const": "c" }]'
    return f'{{ "type": "string", "oneOf": {members}, "x-lifecycle": {lifecycle} }}'


def lifecycle(**parts: str) -> str:
    """The text of a lifecycle in which some parts are others."""
    sound = {
        "initial": '"A"',
        "path": '["A", "B"]',
        "transitions": '{ "A": ["B", "C"], "B": ["C"], "C": [] }',
        "groups": '{ "terminal": ["C"] }',
    }
    return "{ " + ", ".join(f'"{key}": {text}' for key, text in {**sound, **parts}.items()) + " }"


FAULTS_OF_LIFECYCLES = [
    fault(
        "a lifecycle of a record",
        record(f'"x-lifecycle": ▶{lifecycle()}'),
        "misplaced-keyword",
        "/x-lifecycle",
        "goes with an enum",
    ),
    fault(
        "a first state that is no member",
        status(lifecycle(initial='▶"Aa"')),
        "lifecycle",
        "/x-lifecycle/initial",
        "`Aa` is no member",
    ),
    fault(
        "a state on the path that is no member",
        status(lifecycle(path='▶["A", "Beta"]')),
        "lifecycle",
        "/x-lifecycle/path",
        "`Beta`",
    ),
    fault(
        "transitions of what is no member",
        status(lifecycle(transitions='▶{ "A": [], "B": [], "C": [], "Delta": [] }')),
        "lifecycle",
        "/x-lifecycle/transitions",
        "`Delta`",
    ),
    fault(
        "a transition to what is no member",
        status(lifecycle(transitions='{ "A": ["B", "C"], "B": ▶["c"], "C": [] }')),
        "lifecycle",
        "/x-lifecycle/transitions/B",
        "`c` is no member of the enum",
    ),
    fault(
        "a group of what is no member",
        status(lifecycle(groups='{ "terminal": ["C"], "open": ▶["Nope"] }')),
        "lifecycle",
        "/x-lifecycle/groups/open",
        "there are `A`, `B` and `C`",
    ),
    fault(
        "a state that cannot be reached",
        status(lifecycle(transitions='▶{ "A": ["B"], "B": ["A"], "C": [] }')),
        "lifecycle-unreachable",
        "/x-lifecycle/transitions",
        "nothing leads from `A` to `C`",
    ),
    fault(
        "a state without an exit that is not terminal",
        status(lifecycle(transitions='{ "A": ["B", "C"], "B": ▶[], "C": [] }')),
        "lifecycle-dead-end",
        "/x-lifecycle/transitions/B",
        "`B` has no exit",
    ),
    fault(
        "a state whose exits are not told",
        status(lifecycle(transitions='▶{ "A": ["B", "C"], "B": ["C"] }')),
        "lifecycle-incomplete",
        "/x-lifecycle/transitions",
        "where `C` may go",
    ),
    fault(
        "a state that may go to itself",
        status(lifecycle(transitions='{ "A": ["B", "C"], "B": ▶["B", "C"], "C": [] }')),
        "lifecycle-self",
        "/x-lifecycle/transitions/B",
        "may always go to itself",
    ),
    fault(
        "a path that jumps",
        status(lifecycle(path='▶["B", "A"]')),
        "lifecycle-path",
        "/x-lifecycle/path",
        "from `B` to `A`",
    ),
    fault(
        "a path that does not start at the first state",
        status(lifecycle(path='▶["B", "C"]')),
        "lifecycle-path",
        "/x-lifecycle/path",
        "",
    ),
]
