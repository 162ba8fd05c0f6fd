"""Faults of references: they lead nowhere, out of the schemas, or back to themselves."""

from __future__ import annotations

from tests.generator.faults import Expected, Fault, fault
from tests.generator.faults_of_schemas import RECORD, in_property

ALSO = "schemas/Also.schema.json"

FAULTS_OF_REFERENCES = [
    fault(
        "a reference to a file that is not there",
        in_property('{ "$ref": ▶"Nope.schema.json" }'),
        "unresolvable-ref",
        "/properties/a/$ref",
        "`Nope.schema.json`",
    ),
    fault(
        "a reference to a place that is not there",
        in_property('{ "$ref": ▶"#/$defs/nope" }'),
        "unresolvable-ref",
        "/properties/a/$ref",
        "`#/$defs/nope`",
    ),
    fault(
        "a reference into the air",
        in_property('{ "$ref": ▶"#/properties/a/type" }'),
        "unresolvable-ref",
        "/properties/a/$ref",
        "`#/properties/a/type`",
    ),
    *(
        fault(
            f"a reference out of the schemas: {reference}",
            in_property(f'{{ "$ref": ▶"{reference}" }}'),
            "unresolvable-ref",
            "/properties/a/$ref",
            f"`{reference}`",
            {"outside.schema.json": RECORD, "schemas/inside.json": RECORD},
        )
        for reference in (
            "../outside.schema.json",
            "../../../../../../etc/passwd",
            "file:///etc/passwd",
            "file:../outside.schema.json",
            "http://127.0.0.1:9/outside.schema.json",
            "https://json-schema.org/draft/2020-12/nothing",
            "//example.com/outside.schema.json",
            "urn:outside",
            "inside.json",
        )
    ),
    fault(
        "a reference to itself",
        '{ "$ref": ▶"#" }',
        "reference-cycle",
        "/$ref",
        "",
    ),
    fault(
        "a reference in `$defs` to itself",
        in_property('{ "$ref": "#/$defs/loop" } }, "$defs": { "loop": { "$ref": ▶"#/$defs/loop" }'),
        "reference-cycle",
        "/$defs/loop/$ref",
        "",
    ),
    Fault(
        name="two references to each other",
        files={
            ALSO: '{ "$ref": ▶"Thing.schema.json" }',
            "schemas/Thing.schema.json": '{ "$ref": ▶"Also.schema.json" }',
        },
        problems=(
            Expected(rule="reference-cycle", pointer="/$ref", says=""),
            Expected(rule="reference-cycle", pointer="/$ref", says=""),
        ),
    ),
]
