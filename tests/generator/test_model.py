"""`recordsmith.model`: a pydantic type for a schema in memory."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, RootModel, TypeAdapter, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT202012

from recordsmith import model
from recordsmith.problems import ProblemsFound

TEXT = {"type": "string"}
ORDER = {
    "title": "Order",
    "description": "What somebody wants.",
    "type": "object",
    "required": ["id"],
    "properties": {"id": TEXT, "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}}},
    "$defs": {
        "line": {"type": "object", "properties": {"price": {"type": "number", "minimum": 0}}}
    },
}


def refused(schema: Any, **options: Any) -> list[tuple[str, str]]:
    """The places and the rules of the problems with a schema."""
    with pytest.raises(ProblemsFound) as found:
        model(schema, **options)
    return [(str(one.at), one.rule) for one in found.value.problems]


def errors(made: type[BaseModel], instance: Any) -> list[tuple[Any, ...]]:
    """Where an instance is wrong, and of which type pydantic calls that."""
    with pytest.raises(ValidationError) as found:
        made.model_validate_json(json.dumps(instance))
    return [(one["loc"], one["type"]) for one in found.value.errors()]


def test_the_type_of_a_record_is_its_class() -> None:
    made = model(ORDER)

    assert (made.__name__, made.__doc__) == ("Order", "What somebody wants.")
    assert not issubclass(made, RootModel)
    made_order: Any = made(id="a", lines=[{"price": 1.5}])
    assert made_order.lines[0].price == 1.5
    assert type(made_order.lines[0]).__name__ == "Line"
    assert errors(made, {"lines": [{"price": -1}]}) == [
        (("id",), "missing"),
        (("lines", 0, "price"), "greater_than_equal"),
    ]


@pytest.mark.parametrize(
    ("schema", "valid", "invalid"),
    [
        (True, 1, None),
        (False, None, 1),
        ({}, [1], None),
        ({"type": "array", "items": TEXT}, ["a"], [1]),
        ({"enum": ["a", 1, None]}, 1, "b"),
        ({"title": "Color", "enum": ["red", "green"]}, "red", "blue"),
        ({"not": TEXT}, 1, "a"),
        ({"anyOf": [TEXT, {"type": "object", "properties": {"a": TEXT}}]}, {"a": "b"}, {"a": 1}),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}}, 1.0, 1.5),
    ],
)
def test_what_is_no_object_is_a_root_model(schema: Any, valid: Any, invalid: Any) -> None:
    made = model(schema)

    assert issubclass(made, RootModel)
    if valid is not None:
        assert made.model_validate(valid).model_dump(mode="json") == valid
    if invalid is not None:
        with pytest.raises(ValidationError):
            made.model_validate(invalid)


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ({"title": "Order line"}, "OrderLine"),
        ({"title": "RequestContextV2AuthorizerIamCognito"}, "RequestContextV2AuthorizerIamCognito"),
        ({"title": "JSON schema for Babel configuration files"}, "BabelConfiguration"),
        ({"title": "JSON Schema"}, "JSONSchema"),
        ({"title": "What is said here is no name.", "$id": "a/babelrc.json"}, "Babelrc"),
        ({"$id": "https://a.example/v1/foo-bar.schema.json"}, "FooBar"),
        ({"$id": "urn:example:thing"}, "Thing"),
        ({"$id": "https://a.example/"}, "Model"),
        ({}, "Model"),
    ],
)
def test_a_model_is_called_by_its_title_or_its_uri(named: Any, name: str) -> None:
    assert model({"type": "object", "properties": {"a": TEXT}, **named}).__name__ == name


def test_definitions_are_called_by_the_last_part_of_their_keys_where_that_is_enough() -> None:
    record = {"type": "object", "properties": {"a": TEXT}}
    keys = ["core.v1.Pod", "core.v1.Job", "batch.v1.Job", "own"]
    refers = {str(index): {"$ref": f"#/$defs/{key}"} for index, key in enumerate(keys)}
    made = model({"type": "object", "properties": refers, "$defs": dict.fromkeys(keys, record)})

    names = [get_args(field.annotation)[0].__name__ for field in made.model_fields.values()]
    assert names == ["Pod", "CoreV1Job", "BatchV1Job", "Own"]


def test_a_reference_to_a_record_is_that_record() -> None:
    made = model({"$ref": "#/$defs/line", "$defs": ORDER["$defs"]})

    assert made.__name__ == "Line"
    assert errors(made, {"price": -1}) == [(("price",), "greater_than_equal")]


def test_a_refusal_of_a_guard_reads_like_one_of_pydantic() -> None:
    rule = {"if": {"required": ["a"]}, "then": {"properties": {"b": {"minLength": 2}}}}
    made = model({"type": "object", "properties": {"inner": {**rule, "type": "object"}}})

    with pytest.raises(ValidationError) as found:
        made.model_validate_json('{"inner": {"a": 1, "b": "x"}}')

    (error,) = found.value.errors(include_url=False)
    assert error == {
        "type": "minLength",
        "loc": ("inner", "b"),
        "msg": "The value is shorter than 2 characters",
        "input": "x",
        "ctx": {
            "reason": "The value is shorter than 2 characters",
            "rule": "/then/properties/b/minLength",
        },
    }


def test_two_types_of_one_title_are_two_types() -> None:
    one = model({"title": "T", "type": "object", "properties": {"a": TEXT}})
    other = model({"title": "T", "type": "object", "properties": {"a": {"type": "integer"}}})

    assert one.__module__ != other.__module__
    assert one.model_validate({"a": "x"}).model_dump() == {"a": "x"}
    assert errors(other, {"a": "x"}) == [(("a",), "int_type")]


def test_a_path_leads_to_a_schema_and_to_those_beside_it(tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    (tmp_path / "common/name.json").write_text('{"type": "string", "minLength": 1}')
    file = tmp_path / "person.json"
    file.write_text('{"type": "object", "properties": {"name": {"$ref": "common/name.json"}}}')

    for path in (file, str(file), Path(os.path.relpath(file))):
        made = model(path)
        assert made.__name__ == "Person"
        assert errors(made, {"name": ""}) == [(("name",), "string_too_short")]


def test_nothing_outside_the_folder_of_a_schema_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (tmp_path / "secret.json").write_text('{"type": "string"}')
    (folder / "link.json").symlink_to(tmp_path / "secret.json")
    (folder / "linked").symlink_to(tmp_path)
    outside = ["link.json", "linked/secret.json", "../secret.json", str(tmp_path / "secret.json")]
    outside += [(tmp_path / "secret.json").as_uri(), "%2e%2e/secret.json", "file:../secret.json"]
    file = folder / "a.json"
    file.write_text(json.dumps({"prefixItems": [{"$ref": reference} for reference in outside]}))

    assert refused(file) == [
        (f"{file}#/prefixItems/{index}/$ref", "unresolvable-ref") for index in range(len(outside))
    ]


def test_a_file_that_is_no_json_is_a_problem_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{\n  "type": }')

    assert refused(file) == [(f"{file}:2:11", "not-json")]
    assert refused(tmp_path / "none.json") == [(str(tmp_path / "none.json"), "unreadable")]


def test_other_documents_come_from_the_registry() -> None:
    bound = {"type": "integer", "maximum": 5, "exclusiveMaximum": True}
    resources = [
        ("urn:text", DRAFT202012.create_resource({"type": "string", "minLength": 2})),
        ("http://a.example/bound", DRAFT4.create_resource(bound)),
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    refers = {"text": {"$ref": "urn:text"}, "bound": {"$ref": "http://a.example/bound"}}
    made = model({"type": "object", "properties": refers}, registry=registry)

    made.model_validate({"text": "ab", "bound": 4})
    assert errors(made, {"text": "a", "bound": 5}) == [
        (("text",), "string_too_short"),
        (("bound",), "less_than"),
    ]


def test_retrieve_is_asked_for_what_the_registry_does_not_have() -> None:
    asked: list[str] = []

    def retrieve(uri: str) -> Resource[Any]:
        asked.append(uri)
        if uri != "http://a.example/b":
            raise LookupError(uri)
        return DRAFT202012.create_resource({"$ref": "c"})

    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    schema = {"properties": {"b": {"$ref": "http://a.example/b"}}}

    assert refused(schema, registry=registry) == [("http://a.example/b#/$ref", "unresolvable-ref")]
    assert asked[:2] == ["http://a.example/b", "http://a.example/c"]


def test_without_a_registry_nothing_is_fetched() -> None:
    schema = {"items": {"$ref": "http://json.example/nowhere.json"}}

    assert refused(schema) == [("schema#/items/$ref", "unresolvable-ref")]


@pytest.mark.parametrize(
    ("uri", "is_the_default"),
    [
        ("http://json-schema.org/draft-04/schema#", False),
        ("https://json-schema.org/draft-04/schema", False),
        ("http://json-schema.org/schema#", True),
        ("", True),
    ],
)
@pytest.mark.parametrize("dialect", ["draft-04", "2020-12"])
def test_the_dialect_is_the_one_that_is_declared_or_else_given(
    uri: str, dialect: str, *, is_the_default: bool
) -> None:
    made = model({"$schema": uri, "type": "integer"}, dialect=dialect)

    is_draft_4 = dialect == "draft-04" or not is_the_default
    assert _accepts(made, 1.0) is not is_draft_4


@pytest.mark.parametrize(
    ("formats", "accepted"), [("dialect", True), ("assert", False), ("annotate", True)]
)
def test_formats_assert_where_they_are_to(formats: Any, accepted: bool) -> None:
    made = model({"type": "string", "format": "date"}, formats=formats)

    assert _accepts(made, "today") is accepted


def _accepts(made: type[BaseModel], instance: Any) -> bool:
    try:
        made.model_validate_json(json.dumps(instance))
    except ValidationError:
        return False
    return True


def test_a_map_types_the_values_of_the_keys_that_match_and_keeps_the_others() -> None:
    service = {"type": "object", "properties": {"image": TEXT}}
    made = model({"type": "object", "patternProperties": {"^[a-z]+$": service}})
    written = {"web": {"image": "a"}, "x-1": [{"image": 1}]}

    for validated in (made.model_validate(written), made.model_validate_json(json.dumps(written))):
        held: Any = validated
        assert held.root["web"].image == "a"
        assert validated.model_dump() == written
        assert json.loads(validated.model_dump_json()) == written
    assert errors(made, {"web": {"image": 1}}) == [(("web", "image"), "string_type")]
    assert not _accepts(made, ["web"])


def test_a_list_beside_such_a_map_is_dumped_as_a_list() -> None:
    mapped = {"type": "object", "patternProperties": {"^a": TEXT}}
    made = model({"anyOf": [mapped, {"type": "array", "items": {"type": "array"}}, TEXT]})

    for instance in ([["a", "b"]], {"a": "b", "c": 1}, "a"):
        assert made.model_validate(instance).model_dump(mode="json") == instance


def test_properties_that_only_some_branch_has_are_fields() -> None:
    branches = {
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"properties": {"size": {"type": "integer"}, "note": TEXT}},
        "else": {"properties": {"size": {"description": "How large.", "enum": ["s", "m"]}}},
        "dependentSchemas": {"note": {"required": ["by"]}},
    }
    made = model({"type": "object", "properties": {"kind": TEXT}, **branches})

    assert [*made.model_fields] == ["kind", "size", "note", "by"]
    assert errors(made, {"size": []})[0][0][0] == "size"
    other = {"kind": "b", "size": "m", "note": 1, "by": 2}
    assert made.model_validate(other).model_dump() == other


def test_choices_within_choices_are_judged_in_time() -> None:
    held = {"type": "object", "additionalProperties": False}
    branches = [{**held, "patternProperties": {f"^{key}$": {"$ref": "#"}}} for key in "abc"]
    made = model({"oneOf": [TEXT, {"type": "array", "items": {"anyOf": branches}}]})
    value: Any = "x"
    for _ in range(40):  # each would triple the time
        value = [{"c": value}]

    assert _accepts(made, value)
    made.model_validate(value)
    wrong = json.loads(json.dumps(value).replace('"x"', "1"))
    assert not _accepts(made, wrong)
    with pytest.raises(ValidationError):
        made.model_validate(wrong)


def test_a_reference_through_an_escaped_pattern_is_followed() -> None:
    inner = {"properties": {"x": {"items": {"$ref": "#/properties/a/patternProperties/%5B.%5D"}}}}
    holder = {"patternProperties": {"[.]": inner}}
    schema = {"a": holder, "b": {"$ref": "#/properties/a"}, "c": {"pattern": "a."}}

    model({"properties": schema}).model_validate_json('{"b": {"q.r": {"x": []}}}')


def test_a_definition_that_nobody_refers_to_is_not_read() -> None:
    assert _accepts(model({"type": "integer", "$defs": {"a": {"$ref": "nowhere"}}}), 1)


def test_a_meta_schema_and_a_document_that_cannot_be_had_are_problems() -> None:
    def retrieve(uri: str) -> Resource[Any]:
        return Resource.from_contents({"type": uri})

    everything = DRAFT202012.create_resource(True)
    registry: Registry[Any] = Registry().with_resource("http://a.example/meta", everything)
    fetching: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]

    assert refused({"$schema": "http://a.example/meta"}, registry=registry) == [
        ("schema#/$schema", "unsupported-dialect")
    ]
    assert refused({"items": {"$ref": "http://a.example/b"}}, registry=fetching) == [
        ("schema#/items/$ref", "unresolvable-ref")
    ]


def test_references_are_joined_whatever_the_scheme() -> None:
    resource = DRAFT202012.create_resource({"type": "integer"})
    registry: Registry[Any] = Registry().with_resource("own://config/b.json", resource)
    made = model(
        {"$id": "own://config/a/c.json", "items": {"$ref": "../b.json"}}, registry=registry
    )

    assert (_accepts(made, [1]), _accepts(made, ["a"])) == (True, False)


@pytest.mark.parametrize(
    "keyword",
    [
        {"x-format": "uri-path"},
        {"x-lifecycle": "stable"},
        {"x-history": ["2.0.0", "renamed"]},
        {"x-sentinel": 1},
        {"x-selector": "a"},
        {"x-compatible": True},
        {"x-extends": []},
    ],
    ids=str,
)
def test_keywords_of_somebody_else_s_are_annotations(keyword: Any) -> None:
    made = model({"type": "object", "properties": {"a": {**TEXT, **keyword}}, **keyword})

    assert (_accepts(made, {"a": "b"}), _accepts(made, {"a": 1})) == (True, False)


def test_what_is_no_schema_is_refused() -> None:
    assert refused({"$schema": "http://json-schema.org/draft-03/schema#"}) == [
        ("schema#/$schema", "unsupported-dialect")
    ]
    assert refused({"type": "strnig", "properties": {"a": {"minLength": -1}}}) == [
        ("schema#/properties/a/minLength", "dialect"),
        ("schema#/type", "dialect"),
    ]
    assert refused({"default": {1, 2}}) == [("schema#/default", "not-json")]
    with pytest.raises(ValueError, match="there is no dialect 'draft-08'"):
        model({}, dialect="draft-08")


def test_a_type_can_be_a_part_of_others() -> None:
    made = model(ORDER)
    orders = TypeAdapter(list[made])  # type: ignore[valid-type]

    assert orders.validate_json('[{"id": "a"}]') == [made(id="a")]
