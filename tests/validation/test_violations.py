"""A violation says what is wrong to somebody who knows the records and not JSON Schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from recordsmith.catalog import Catalog
from recordsmith.validation import Validator, named

DRAFT7 = {"$schema": "http://json-schema.org/draft-07/schema#"}


def _violations(validator: Validator, value: Any) -> list[str]:
    found = validator.violations(value)
    return [f"{each.pointer}: {each.sentence} [{each.rule}]" for each in found]


@pytest.mark.parametrize(
    ("type_", "value", "violation"),
    [
        (
            "DataSelector",
            {"dataset_id": "ds_1"},
            ": at least one of `query`, `ids`, `names` must be non-empty [selector]",
        ),
        (
            "FileSelector",
            {"paths": []},
            ": at least one of `query`, `ids`, `names`, `paths` must be non-empty [selector]",
        ),
        (
            "ComputeRequirements",
            {"vCPU": 512, "memory": 512},
            ": `memory` 512 does not go with `vCPU` 512: 1024, 2048, 3072, 4096 do [compatible]",
        ),
        (
            "ComputeRequirements",
            {"memory": 512},
            (
                ": `memory` 512 does not go with `vCPU` 512 (its default):"
                " 1024, 2048, 3072, 4096 do [compatible]"
            ),
        ),
        (
            "ComputeRequirements",
            {"vCPU": 4096.0},
            (
                ": `memory` 1024 (its default) does not go with `vCPU` 4096.0:"
                " 8192, 9216, 10240, …, 30720 do [compatible]"
            ),
        ),
        (
            "ComputeRequirements",
            {"vCPU": 300},
            ": `vCPU` 300 is none of 256, 512, 1024, 2048, 4096, 8192, 16384 [compatible]",
        ),
        (
            "InvocationStatus",
            "queued",
            ': "queued" is not an InvocationStatus; did you mean 0 (Queued)? [type]',
        ),
        (
            "InvocationSource",
            "Cron",
            ': "Cron" is not an InvocationSource: "Trigger", "Manual" [enum]',
        ),
        (
            "ExecutorContainer",
            "LogRouter",
            (
                ': "LogRouter" is not an ExecutorContainer;'
                ' did you mean "firelens_log_router" (LogRouter)? [enum]'
            ),
        ),
        (
            "UploadDestinationType",
            5,
            ': 5 is not an UploadDestinationType: "Dataset", "Unknown", any other string [type]',
        ),
        (
            "Timestamp",
            "soon",
            ': "soon" is not a Timestamp, such as "2024-01-02T03:04:05Z" [pattern]',
        ),
        ("Timestamp", 5, ': 5 is not a Timestamp, such as "2024-01-02T03:04:05Z" [type]'),
        ("Duration", "5s", ': "5s" is not a Duration, such as "PT0S" [pattern]'),
        ("LogsLocation", {"bucket": "b"}, ": `prefix` is missing [required]"),
        (
            "ComputeRequirements",
            {"storage": 20},
            "/storage: 20 is less than the minimum of 21 [minimum]",
        ),
        ("ComputeRequirements", {"gpu": 0}, "/gpu: 0 is not false, the only value allowed [const]"),
        (
            "ContainerParameters",
            {"env_vars": {"a/b~c": 1}},
            "/env_vars/a~1b~0c: 1 is not a string [type]",
        ),
    ],
)
def test_a_violation_names_the_rule_the_fields_and_what_would_do(
    flagship: Catalog, type_: str, value: Any, violation: str
) -> None:
    found = _violations(Validator(flagship, named(flagship, type_)), value)

    assert found == [violation]


@pytest.mark.parametrize(
    ("value", "violations"),
    [
        (
            {"files": [{"paths": ["a"]}, {"paths": []}, {"query": 5, "ids": []}]},
            [("/files/1", "selector"), ("/files/2/query", "type")],
        ),
        ({"files": {"query": 5}}, [("/files/query", "type")]),
        ({"files": [7]}, [("/files/0", "type")]),
        ({"files": [], "topics": []}, [("", "selector")]),
        ({"topics": {"paths": ["a"]}}, [("/topics", "selector")]),
    ],
)
def test_the_closest_alternative_is_explained_where_it_fails(
    flagship: Catalog, value: Any, violations: Any
) -> None:
    """A selector, a list of selectors or null: what is meant shows in what is there."""
    found = Validator(flagship, named(flagship, "InvocationInput")).violations(value)

    assert [(violation.pointer, violation.rule) for violation in found] == violations


def test_a_value_of_the_type_of_no_alternative_is_told_what_they_are(flagship: Catalog) -> None:
    found = _violations(Validator(flagship, named(flagship, "InvocationInput")), {"files": 5})

    assert found == ["/files: 5 is not a FileSelector, an array or null [anyOf]"]


def test_a_violation_in_a_nullable_record_is_reported_at_its_own_place(flagship: Catalog) -> None:
    document = named(flagship, "InvocationRecord")
    value = {**document.schema["examples"][0], "rich_input_data": {"files": {"paths": [1]}}}

    (violation,) = Validator(flagship, document).violations(value)

    assert violation.pointer == "/rich_input_data/files/paths/0"
    assert str(violation.asserted_at).endswith(
        "FileSelector.schema.json#/properties/paths/items/type"
    )


def test_an_error_that_only_follows_from_another_is_not_reported(flagship: Catalog) -> None:
    """A vCPU of the wrong type goes with no memory either; the type is what is wrong."""
    document = named(flagship, "ComputeRequirements")

    found = _violations(Validator(flagship, document), {"vCPU": "512"})

    assert found == ['/vCPU: "512" is not an integer [type]']


@pytest.mark.parametrize(
    ("schema", "value", "violation"),
    [
        ({"type": ["string", "null"]}, 5, ("type", "5 is not a string or null")),
        ({"enum": ["left", "right"]}, "rigth", ("enum", None)),
        ({"pattern": "^a"}, "b", ("pattern", '"b" does not match "^a"')),
        ({"title": "Code", "pattern": "^a"}, "b", ("pattern", '"b" is not a Code')),
        ({"title": "Address", "format": "ipv4"}, "b", ("format", '"b" is not an Address')),
        ({"format": "ipv4"}, "b", ("format", '"b" is not of the format `ipv4`')),
        ({"not": {"type": "string"}}, "b", ("not", '"b" is what `not` excludes')),
        ({"not": {"required": ["a"]}}, {"a": 1}, ("not", '{"a": 1} may not have `a`')),
        (
            {"not": {"required": ["a", "b"]}},
            {"a": 1, "b": 1},
            ("not", '{"a": 1, "b": 1} may not have `a` and `b` together'),
        ),
        ({"not": {"required": ["a"], "minProperties": 2}}, {"a": 1, "b": 1}, ("not", None)),
        ({"minimum": 2}, 1, ("minimum", "1 is less than the minimum of 2")),
        ({"exclusiveMaximum": 2.5}, 2.5, ("exclusiveMaximum", "2.5 is not less than 2.5")),
        ({"exclusiveMinimum": 2}, 1, ("exclusiveMinimum", "1 is not greater than 2")),
        ({"enum": []}, 1, ("enum", "1 stands where nothing may")),
        ({"pattern": "^a.c$"}, "ab", ("pattern", '"ab" does not match "^a.c$"')),
        ({"multipleOf": 2}, 3, ("multipleOf", "3 is not a multiple of 2")),
        (
            {"maxLength": 1},
            "\u00e9\U0001f697",
            ("maxLength", '"\u00e9\U0001f697" has 2 characters, more than the maximum of 1'),
        ),
        (
            {"minLength": 1.0},
            "",
            ("minLength", '"" has 0 characters, fewer than the minimum of 1'),
        ),
        ({"minItems": 2}, [1], ("minItems", "[1] has 1 item, fewer than the minimum of 2")),
        ({"maxItems": 1}, [1, 2], ("maxItems", "[1, 2] has 2 items, more than the maximum of 1")),
        (
            {"minProperties": 2},
            {},
            ("minProperties", "{} has 0 properties, fewer than the minimum of 2"),
        ),
        (
            {"maxProperties": 0},
            {"a": 1},
            ("maxProperties", '{"a": 1} has 1 property, more than the maximum of 0'),
        ),
        (
            {"uniqueItems": True},
            [{"a": 1}, True, 1, {"a": 1.0}],
            ("uniqueItems", '[{"a": 1}, true, 1, {"a": 1.0}] has {"a": 1.0} twice, at 0 and 3'),
        ),
        ({"contains": {"const": 1}}, [2], ("contains", "[2] has no item that is 1")),
        ({"contains": {"type": "null"}}, [2], ("contains", "[2] has no item that is null")),
        (
            {"contains": {"title": "Offer", "type": "string"}},
            [2],
            ("contains", "[2] has no item that is an Offer"),
        ),
        (
            {"contains": {"type": "string", "minLength": 1}},
            [2],
            ("contains", "[2] has no item that `contains` asks for"),
        ),
        (
            {"contains": {"const": 1}, "minContains": 2},
            [1],
            ("minContains", "[1] has fewer than 2 items that `contains` asks for"),
        ),
        (
            {"contains": {"const": 1}, "maxContains": 1},
            [1, 1],
            ("maxContains", "[1, 1] has more than 1 item that `contains` asks for"),
        ),
        (
            {"prefixItems": [True], "unevaluatedItems": False},
            [1, 2],
            ("unevaluatedItems", "[1, 2] has 1 item that no schema speaks of"),
        ),
        (
            {"dependentRequired": {"a": ["b"], "c": ["b"], "d": ["b"], "e": ["f"]}},
            {"a": 1, "c": 1},
            ("dependentRequired", "`b` is missing, which `a` and `c` ask for"),
        ),
        (
            {**DRAFT7, "dependencies": {"a": ["b"], "c": True}},
            {"a": 1, "c": 1},
            ("dependencies", "`b` is missing, which `a` asks for"),
        ),
        (
            {**DRAFT7, "items": [True], "additionalItems": False},
            [1, 2],
            ("additionalItems", "[1, 2] has 2 items, more than the maximum of 1"),
        ),
        ({"allOf": [False]}, 1, ("allOf", "1 stands where nothing may")),
        (
            {"propertyNames": {"maxLength": 1}},
            {"ab": 1},
            ("propertyNames", 'the name "ab" has 2 characters, more than the maximum of 1'),
        ),
        (
            {"propertyNames": {"title": "Code", "pattern": "^a", "examples": ["a1"]}},
            {"b": 1},
            ("propertyNames", 'the name "b" is not a Code, such as "a1"'),
        ),
        (
            {"propertyNames": {"anyOf": [{"pattern": "^a"}, {"maxLength": 1}]}},
            {"bb": 1},
            ("propertyNames", 'the name "bb" fits no alternative'),
        ),
        ({"propertyNames": False}, {"a": 1}, ("propertyNames", "no property may stand here")),
        (
            {"propertyNames": {"$ref": "#/$defs/no"}, "$defs": {"no": False}},
            {"a": 1},
            ("propertyNames", "no property may stand here"),
        ),
        ({"if": {"type": "integer"}, "then": {"minimum": 3}}, 1, ("minimum", None)),
        (
            {"oneOf": [{"minimum": 1}, {"maximum": 5}, False]},
            3,
            ("oneOf", "3 fits the alternatives 0 and 1 of `oneOf`, and is to fit exactly one"),
        ),
        (
            {"anyOf": [{"required": ["a"]}, {"required": ["a"], "title": "Other"}]},
            {},
            ("anyOf", "no alternative fits: `a` is missing"),
        ),
        (
            {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {},
            ("anyOf", "no alternative fits: `a` is missing; or `b` is missing"),
        ),
        (
            {"anyOf": [{"type": "array"}, {"type": "null"}, {"type": "string"}]},
            5,
            ("anyOf", "5 is not an array, a string or null"),
        ),
        (
            {"anyOf": [{"required": ["a", "b"]}, {"required": ["c"]}]},
            {},
            ("required", "`c` is missing"),
        ),
        (
            {"anyOf": [{"oneOf": [{"type": "null"}, {"type": "array"}]}, {"required": ["c"]}]},
            {},
            ("required", "`c` is missing"),
        ),
        (
            {"anyOf": [{"type": "array"}, {"allOf": [{"type": "null"}]}]},
            5,
            ("anyOf", "5 is not an array or another alternative"),
        ),
        ({"anyOf": [{"allOf": [{"type": "null"}]}]}, 5, ("anyOf", "5 fits no alternative")),
        ({"anyOf": [False, True], "minimum": 6}, 5, ("minimum", None)),
        ({"oneOf": [{"const": "a"}, {"const": "b"}]}, "c", ("enum", None)),
    ],
)
def test_every_keyword_has_a_sentence(
    validator_of: Callable[..., Validator], schema: Any, value: Any, violation: Any
) -> None:
    rule, sentence = violation

    (found,) = validator_of(schema).violations(value)

    assert (found.pointer, found.rule) == ("", rule)
    assert found.sentence == (sentence or found.sentence)
    assert "\0" not in found.sentence


@pytest.mark.parametrize(
    ("schema", "value", "told"),
    [
        ({"items": False}, [1], ("/0", "items", "/items")),
        ({"prefixItems": [False]}, [1], ("/0", "prefixItems", "/prefixItems/0")),
        ({**DRAFT7, "items": [False]}, [1], ("/0", "items", "/items/0")),
        ({"properties": {"a": False}}, {"a": 1}, ("/a", "properties", "/properties/a")),
        ({"properties": {"": False}}, {"": 1}, ("/", "properties", "/properties/")),
        (
            {"patternProperties": {"^\\d/": False}},
            {"1/": 1},
            ("/1~1", "patternProperties", "/patternProperties/^\\d~1"),
        ),
        (
            {"additionalProperties": False},
            {"a": 1},
            ("/a", "additionalProperties", "/additionalProperties"),
        ),
        ({"propertyNames": False}, {"a": 1}, ("", "propertyNames", "/propertyNames")),
        (
            {"dependentSchemas": {"a": False}},
            {"a": 1},
            ("", "dependentSchemas", "/dependentSchemas/a"),
        ),
        ({"if": True, "then": False}, 1, ("", "then", "/then")),
        ({"if": False, "else": False}, 1, ("", "else", "/else")),
        ({"oneOf": [False]}, 1, ("", "oneOf", "/oneOf/0")),
        *[
            (
                {"properties": {name: False}},
                {name: 1},
                (f"/{name}", "properties", f"/properties/{name}"),
            )
            for name in ("additionalProperties", "propertyNames", "properties", "$ref", "anyOf")
        ],
        (
            {"properties": {"items": {"items": False}}},
            {"items": [1]},
            ("/items/0", "items", "/properties/items/items"),
        ),
        (
            {"properties": {"additionalProperties": False}},
            {"additionalProperties": {"x": 1}},
            ("/additionalProperties", "properties", "/properties/additionalProperties"),
        ),
        (
            {
                "additionalProperties": False,
                "properties": {"a": {"$ref": "#/additionalProperties"}},
            },
            {"a": 1},
            ("/a", "false", "/additionalProperties"),
        ),
        ({"$ref": "#/$defs/no", "$defs": {"no": False}}, 1, ("", "false", "/$defs/no")),
        (False, 1, ("", "false", "")),
    ],
)
def test_what_a_false_schema_refuses_is_told_by_the_keyword_that_holds_it(
    validator_of: Callable[..., Validator], schema: Any, value: Any, told: tuple[str, str, str]
) -> None:
    """A property may be called as a keyword is; what a reference leads to has no keyword."""
    (found,) = validator_of(schema).violations(value)

    assert (found.pointer, found.rule, found.asserted_at.pointer) == told


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"tmieout": 1}, "`timeout` is missing; is `tmieout` meant to be it?"),
        ({"timeouts": 1, "limit": 1}, "`timeout` is missing"),
        ({"": 1, "limit": 1}, "`timeout` is missing"),
        ({"tmieout": 1, **{f"a{n}": n for n in range(100)}}, "`timeout` is missing"),
    ],
)
def test_a_misspelling_of_what_is_missing_is_told(
    validator_of: Callable[..., Validator], value: Any, sentence: str
) -> None:
    """A property that the schema knows is none; nor is one of very many."""
    known = {"timeout": True, "timeouts": True, "limit": True}

    (found,) = validator_of({"properties": known, "required": ["timeout"]}).violations(value)

    assert found.sentence == sentence


def test_a_tagged_alternative_is_chosen_by_its_tag(
    validator_of: Callable[..., Validator],
) -> None:
    branches = [
        {"properties": {"kind": {"const": kind}, field: {"type": "integer"}}, "required": [field]}
        for kind, field in (("a", "x"), ("b", "y"))
    ]

    found = _violations(validator_of({"oneOf": branches}), {"kind": "b", "x": 1, "y": "2"})

    assert found == ['/y: "2" is not an integer [type]']


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
def test_each_property_that_may_not_be_there_is_reported_at_its_own_place(
    validator_of: Callable[..., Validator], keyword: str
) -> None:
    validator = validator_of({"properties": {"timeout": {}}, keyword: False})

    found = _violations(validator, {"timeuot": 1, "q": 2})

    assert found == [
        f"/timeuot: there is no property `timeuot`; did you mean `timeout`? [{keyword}]",
        f"/q: there is no property `q` [{keyword}]",
    ]


def test_where_no_property_may_be_each_is_reported_at_its_own_place(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"properties": {"x": {"additionalProperties": False}}})

    found = validator.violations({"x": {"a": 1, "b/c": [2]}})

    assert [(one.pointer, one.sentence, one.value) for one in found] == [
        ("/x/a", "there is no property `a`", "1"),
        ("/x/b~1c", "there is no property `b/c`", "[2]"),
    ]


def test_a_tag_may_be_any_enum(validator_of: Callable[..., Validator]) -> None:
    """However much else is wrong: who writes a tag knows what it is."""
    branches = [
        {"properties": {"kind": {"oneOf": [{"const": kind}]}}, "required": required}
        for kind, required in (("a", ["x", "y", "z"]), ("b", ["w"]))
    ]

    found = _violations(validator_of({"oneOf": branches}), {"kind": "a"})

    assert found == [f": `{name}` is missing [required]" for name in "xyz"]


@pytest.mark.parametrize(
    ("schema", "value", "asserted"),
    [
        ({"properties": {"a": {"type": "null"}}}, {"a": 1}, "/properties/a/type"),
        ({"properties": {"a/b %": {"minimum": 2}}}, {"a/b %": 1}, "/properties/a~1b %/minimum"),
        ({"$ref": "#/$defs/no", "$defs": {"no": False}}, 1, "/$defs/no"),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, "/propertyNames/maxLength"),
        ({"dependentRequired": {"a": ["a", "b"]}}, {"a": 1}, "/dependentRequired"),
        ({"contains": True, "minContains": 2}, [1], "/minContains"),
        ({"additionalProperties": False}, {"a": 1}, "/additionalProperties"),
        ({"anyOf": [{"dependentRequired": {"a": ["b"]}}]}, {"a": 1}, "/anyOf/0/dependentRequired"),
        ({"patternProperties": {"^a": False}}, {"a": 1}, "/patternProperties/^a"),
        ({"patternProperties": {"^a.": False}}, {"ab": 1}, "/patternProperties/^a."),
        (
            {"patternProperties": {"^a.": {"items": {"maximum": 0}}}},
            {"ab": [1]},
            "/patternProperties/^a./items/maximum",
        ),
        ({"allOf": [True, False]}, 1, "/allOf/1"),
    ],
)
def test_a_violation_tells_which_keyword_asserts_it(
    validator_of: Callable[..., Validator], schema: Any, value: Any, asserted: str
) -> None:
    (violation,) = validator_of(schema).violations(value)

    assert str(violation.asserted_at) == f"schemas/Thing.schema.json#{asserted}"


@pytest.mark.parametrize(
    ("schema", "value", "shown"),
    [
        ({"type": "string"}, {"a": [1, None]}, '{"a": [1, null]}'),
        ({"properties": {"a": {"minimum": 3}}}, {"a": 2.5}, "2.5"),
        ({"additionalProperties": False, "properties": {}}, {"a": "b"}, '"b"'),
        ({"maxLength": 3}, "x" * 100, '"' + "x" * 59 + "…"),
        ({"required": ["a"]}, {"b": 1}, ""),
    ],
)
def test_a_violation_tells_the_value(
    validator_of: Callable[..., Validator], schema: Any, value: Any, shown: str
) -> None:
    (violation,) = validator_of(schema).violations(value)

    assert violation.value == shown


def test_very_many_members_are_not_compared(validator_of: Callable[..., Validator]) -> None:
    validator = validator_of({"enum": [f"member {number}" for number in range(100_000)]})

    (violation,) = validator.violations("membre 5")

    assert "did you mean" not in violation.sentence


def test_a_long_or_hostile_value_is_shown_short_and_harmless(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"additionalProperties": {"type": "string"}})
    value = {"a": ["\x1b[31m\x9b1m\u202e" + "x" * 10_000_000]}

    (violation,) = validator.violations(value)

    assert violation.sentence.startswith('["\\u001b[31m\\u009b1m\\u202exxx')
    assert violation.sentence.endswith("xxx… is not a string")
    assert len(violation.sentence) < 150


def test_a_long_or_hostile_name_is_shown_short_and_harmless(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"properties": {"a": {}}, "additionalProperties": False})

    (violation,) = validator.violations({"\x1b[31m\n" + "x" * 1_000: 1})

    assert violation.sentence.startswith("there is no property `\\u001b[31m\\u000axxx")
    assert len(violation.sentence) < 150


def test_a_behaviour_beside_another_assertion_than_its_own_is_still_reported(
    validator_of: Callable[..., Validator],
) -> None:
    """That mistake is the author's, and found elsewhere; here it is no crash."""
    schema = {"x-selector": ["a"], "anyOf": [{"required": ["b"]}, False]}

    found = _violations(validator_of(schema), {})

    assert found == [": at least one of `a` must be non-empty [selector]"]


def test_a_record_of_an_embedded_document_is_explained(
    catalog_of: Callable[..., Catalog],
) -> None:
    inner = {"$id": "inner.json", "title": "Code", "pattern": "^a", "examples": ["ab"]}
    catalog = catalog_of(
        {
            "One": {"$id": "https://x.example/one.json", "$defs": {"inner": inner}},
            "Two": {"items": {"$ref": "https://x.example/inner.json"}},
        }
    )

    found = _violations(Validator(catalog, named(catalog, "Two")), ["b"])

    assert found == ['/0: "b" is not a Code, such as "ab" [pattern]']


@pytest.mark.parametrize("key", ["12", "007", "+5", "0"])
@pytest.mark.parametrize(
    "schema",
    [
        {"additionalProperties": {"additionalProperties": False}},
        {"patternProperties": {"": {"additionalProperties": False}}},
        {"anyOf": [{"additionalProperties": {"additionalProperties": False}}, {"type": "null"}]},
    ],
)
def test_a_key_of_digits_is_a_key(
    validator_of: Callable[[Any], Validator], schema: Any, key: str
) -> None:
    """The engine makes a number of it."""
    violations = validator_of(schema).violations({key: {"a": 1}})

    assert [violation.pointer for violation in violations] == [f"/{key}/a"]


def test_an_index_is_still_an_index(validator_of: Callable[[Any], Validator]) -> None:
    validator = validator_of({"items": {"properties": {"3": {"items": {"type": "string"}}}}})

    violations = validator.violations([{}, {"3": ["", 5]}])

    assert [violation.pointer for violation in violations] == ["/1/3/1"]
