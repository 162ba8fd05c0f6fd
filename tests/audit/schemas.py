"""Schemas of other teams: other names, states that are words, times that nobody asserts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TIME = {"type": "string", "format": "date-time"}

STATE: dict[str, Any] = {
    "title": "ParcelState",
    "type": "string",
    "x-lifecycle": {
        "initial": "New",
        "path": ["New", "OnTheWay", "Delivered"],
        "transitions": {
            "New": ["OnTheWay", "Lost"],
            "OnTheWay": ["Delivered", "Lost"],
            "Delivered": [],
            "Lost": ["OnTheWay"],
        },
        "groups": {"terminal": ["Delivered", "Lost"], "open": ["New", "OnTheWay"]},
    },
    "oneOf": [
        {"const": "new"},
        {"const": "on the way"},
        {"const": "delivered"},
        {"const": "lost"},
    ],
}

PARCEL: dict[str, Any] = {
    "title": "Parcel",
    "type": "object",
    "x-history": {"entries": "events", "state": "what", "time": "when/at"},
    "properties": {
        "events": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "properties": {"what": {"$ref": "ParcelState.schema.json"}, "when/at": TIME},
                "required": ["what", "when/at"],
            },
        }
    },
}

OPEN: dict[str, Any] = {
    "title": "DoorState",
    "type": "string",
    "x-unknown-member": "Unknown",
    "x-lifecycle": {
        "initial": "Shut",
        "path": ["Shut"],
        "transitions": {
            "Shut": ["Ajar", "Unknown"],
            "Ajar": ["Shut"],
            "Unknown": ["Shut", "Ajar"],
        },
        "groups": {"terminal": []},
    },
    "anyOf": [
        {"const": "shut", "title": "Shut"},
        {"const": "ajar", "title": "Ajar"},
        {"const": "unknown", "title": "Unknown"},
        {"type": "string"},
    ],
}

DOOR: dict[str, Any] = {
    "title": "Door",
    "type": "object",
    "x-history": {"entries": "log", "state": "is", "time": "at", "last": "now"},
    "properties": {
        "now": {"$ref": "DoorState.schema.json"},
        "log": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"is": {"$ref": "DoorState.schema.json"}, "at": TIME},
                "required": ["is", "at"],
            },
        },
    },
}

SCHEMAS: Mapping[str, Any] = {
    "ParcelState": STATE,
    "Parcel": PARCEL,
    "Parcels": {"title": "Parcels", "$ref": "Parcel.schema.json"},
    "DoorState": OPEN,
    "Door": DOOR,
    "Plain": {"title": "Plain", "type": "object", "properties": {"a": {}}},
}
