"""Behaviours: what an `x-` keyword means, checked against the assertion that it names.

A new behaviour is a module here, its shape in the dialect, and one template a target.
"""

from __future__ import annotations

from recordsmith.behaviours.compatible import Compatible
from recordsmith.behaviours.history import History
from recordsmith.behaviours.lifecycle import Lifecycle
from recordsmith.behaviours.selector import Selector
from recordsmith.behaviours.sentinel import Sentinel, Special
from recordsmith.behaviours.subject import Resolve, Subject
from recordsmith.behaviours.unknown_member import UnknownMember

BEHAVIOURS = {
    behaviour.keyword: behaviour
    for behaviour in (Compatible, History, Lifecycle, Selector, Sentinel, UnknownMember)
}

__all__ = [
    "BEHAVIOURS",
    "Compatible",
    "History",
    "Lifecycle",
    "Resolve",
    "Selector",
    "Sentinel",
    "Special",
    "Subject",
    "UnknownMember",
]
