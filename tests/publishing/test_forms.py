"""The published forms: what each rewrites, and what none touches."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema_rs
import pytest

from recordsmith.catalog import Catalog
from recordsmith.dialect import dialect
from recordsmith.problems import ProblemsFound
from recordsmith.publishing import publish

Published: TypeAlias = Mapping[str, Any]

ROOT = Path(__file__).parents[2]


def test_a_single_schema_is_published_byte_for_byte(flagship: Catalog) -> None:
    singles = [artifact for artifact in publish(flagship, "1.2.3") if len(artifact.path.parts) > 1]

    changed = [
        str(artifact.path)
        for artifact in singles
        if (ROOT / artifact.path).read_bytes() != artifact.text.encode("utf-8")
    ]

    assert len(singles) == len(flagship.documents)
    assert changed == []


def test_every_published_text_is_laid_out_as_json_dumps_does(
    catalog_of: Callable[..., Catalog],
) -> None:
    odd = {
        "quoted": '"\\/',
        "control": "\n\u2028\x7f",
        "wide": "ü\U0001f600",
        "": [[], {}, [{}], ""],
    }
    numbers = [0, -1, 1.0, 1e300, -0.0, 2**70, None, True, False]
    schema = {"title": "A", "examples": [odd, numbers], "properties": {"b": {"$ref": "#"}}}

    texts = [artifact.text for artifact in publish(catalog_of({"a": schema, "b": True}), "1.2.3")]

    assert texts == [
        f"{json.dumps(json.loads(text), indent=2, ensure_ascii=False)}\n" for text in texts
    ]


@pytest.mark.parametrize("identified", [True, False])
def test_publishing_leaves_the_catalog_alone_and_makes_the_same_again(
    catalog_of: Callable[..., Catalog], *, identified: bool
) -> None:
    identity = {"$id": "https://x.example/b.json"} if identified else {}
    catalog = catalog_of(
        {
            "a": {"title": "A"},
            "b": {**identity, "not": {"$ref": "#/$defs/c"}}
            | {
                "$defs": {"c": {"$ref": "b.json#/not"} if identified else {"$ref": "a.schema.json"}}
            },
        }
    )
    before = json.dumps([document.schema for document in catalog.documents])

    first, second = (publish(catalog, "1.2.3") for _ in range(2))

    assert first == second
    assert json.dumps([document.schema for document in catalog.documents]) == before


@pytest.mark.parametrize("path", ["bundle.schema.json", "flat.schema.json"])
def test_a_bundle_is_valid_against_the_dialect(published: Published, path: str) -> None:
    errors = list(jsonschema_rs.Draft202012Validator(dialect()).iter_errors(published[path]))

    assert errors == []
    assert jsonschema_rs.meta.is_valid(published[path])


def test_the_compound_bundle_embeds_each_schema_as_it_is(
    published: Published, flagship: Catalog
) -> None:
    embedded = published["bundle.schema.json"]["$defs"]

    assert embedded == {
        document.schema["title"]: document.schema for document in flagship.documents
    }
    assert list(embedded) == sorted(embedded)


def test_the_flat_bundle_has_no_reference_but_to_its_own_definitions(published: Published) -> None:
    flat = published["flat.schema.json"]
    text = json.dumps(flat["$defs"])

    references = set(re.findall(r'"(?:\$ref|x-extends)": "([^"]*)"', text))

    assert "#/$defs/DataSelector/properties/query" in references
    assert {reference.split("/")[2] for reference in references} <= flat["$defs"].keys()
    assert all(reference.startswith("#/$defs/") for reference in references)
    assert not re.search(r'"\$(id|schema|anchor)":', text)


def test_every_bundle_keeps_the_behaviour_keywords(published: Published) -> None:
    singles = [schema for path, schema in published.items() if path.startswith("schemas/")]

    counts = [
        Counter(re.findall(r'"(x-[^"]*)":', json.dumps(schemas)))
        for schemas in (singles, published["bundle.schema.json"], published["flat.schema.json"])
    ]

    assert counts[0] == counts[1] == counts[2]
    assert counts[0]["x-selector"] == 3


def test_an_ambiguous_type_is_called_by_its_dotted_name(
    published_of: Callable[..., Published],
) -> None:
    published = published_of(
        {"a/Status": {}, "b/c/Status": {"$ref": "../../a/Status.schema.json"}, "a/Other": {}}
    )

    for path in ("bundle.schema.json", "flat.schema.json"):
        assert list(published[path]["$defs"]) == ["Other", "a.Status", "b.c.Status"]
    assert published["flat.schema.json"]["$defs"]["b.c.Status"] == {"$ref": "#/$defs/a.Status"}


DATA = {"$ref": "../Other.schema.json", "$id": "it", "$anchor": "it", "$schema": "it"}


@pytest.mark.parametrize(
    "schema",
    [
        {"const": DATA},
        {"enum": [DATA]},
        {"default": DATA},
        {"examples": [DATA]},
        {"properties": {"a": {"default": {"properties": DATA}}}},
        {"x-ours": DATA},
        {"properties": {"$ref": {"type": "string"}, "$id": {}, "$anchor": True, "$schema": {}}},
        {"$defs": {"$ref": {"type": "string"}, "$id": {}}},
        {"dependentRequired": {"$ref": ["$id"]}},
        {"required": ["$ref", "$id"]},
    ],
)
def test_data_and_names_that_look_like_references_are_kept(
    published_of: Callable[..., Published], schema: Any
) -> None:
    published = published_of({"a/Thing": schema})

    assert published["flat.schema.json"]["$defs"]["Thing"] == schema
    assert published["bundle.schema.json"]["$defs"]["Thing"].items() >= schema.items()


def test_every_kind_of_reference_finds_its_place_in_the_flat_bundle(
    published_of: Callable[..., Published],
) -> None:
    other = {
        "$id": "https://x.example/folder/other.json",
        "properties": {"a b/c%": {"type": "string"}, "é": {"$anchor": "here"}},
        "$defs": {
            "inner": {"$id": "sub/in.json", "items": {"$ref": "../other.json#/properties/%C3%A9"}}
        },
    }
    references = {
        "whole": "../folder/other.json",
        "empty fragment": "../folder/other.json#",
        "pointer": "../folder/other.json#/properties/a%20b~1c%25",
        "anchor": "https://x.example/folder/other.json#here",
        "embedded": "/folder/sub/in.json",
        "into embedded": "/folder/sub/in.json#/items",
        "self": "#",
        "own": "#/properties/self",
        "name": "urn:x:named",
    }
    named = {"$id": "urn:x:named", "items": {"$ref": "#/$defs/a"}, "$defs": {"a": {}}}
    thing = {
        "$id": "https://x.example/there/thing.json",
        "properties": {name: {"$ref": reference} for name, reference in references.items()},
        "$defs": {"urn": named},
    }

    flat = published_of({"Other": other, "Thing": thing})["flat.schema.json"]["$defs"]

    assert {name: each["$ref"] for name, each in flat["Thing"]["properties"].items()} == {
        "whole": "#/$defs/Other",
        "empty fragment": "#/$defs/Other",
        "pointer": "#/$defs/Other/properties/a%20b~1c%25",
        "anchor": "#/$defs/Other/properties/%C3%A9",
        "embedded": "#/$defs/Other/$defs/inner",
        "into embedded": "#/$defs/Other/$defs/inner/items",
        "self": "#/$defs/Thing",
        "own": "#/$defs/Thing/properties/self",
        "name": "#/$defs/Thing/$defs/urn",
    }
    assert flat["Thing"]["$defs"]["urn"]["items"] == {"$ref": "#/$defs/Thing/$defs/urn/$defs/a"}
    assert flat["Other"]["$defs"]["inner"] == {"items": {"$ref": "#/$defs/Other/properties/%C3%A9"}}
    assert flat["Other"]["properties"]["é"] == {}


def test_a_document_without_an_id_is_embedded_below_the_uri_of_the_catalog(
    published_of: Callable[..., Published],
) -> None:
    """Its references are absolute: not every reader can join with a scheme it does not know."""
    published = published_of(
        {
            "a/One two": {
                "items": {"$ref": "../b/Three.schema.json#/$defs/x"},
                "not": {"$ref": "#"},
            },
            "b/Three": {"$defs": {"x": {"type": "string"}}},
        }
    )

    assert published["bundle.schema.json"]["$defs"]["OneTwo"] == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "recordsmith:///a/One%20two.schema.json",
        "items": {"$ref": "recordsmith:///b/Three.schema.json#/$defs/x"},
        "not": {"$ref": "#"},
    }
    assert "$id" not in published["schemas/b/Three.schema.json"]


@pytest.mark.parametrize(
    "schema",
    [
        {"$dynamicAnchor": "t", "items": {"$dynamicRef": "#t"}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "items": [{}, {}]},
        {"$defs": {"old": {"$id": "old", "$schema": "http://json-schema.org/draft-07/schema#"}}},
    ],
)
def test_what_would_mean_something_else_in_the_flat_bundle_is_only_in_the_compound_one(
    published_of: Callable[..., Published], schema: Any
) -> None:
    referring = {"not": {"$ref": "T.schema.json"}}
    published = published_of({"a/T": schema, "a/Referring": referring, "a/Other": {}})

    assert published["flat.schema.json"]["$defs"] == {"Other": {}}
    assert [*published["bundle.schema.json"]["$defs"]] == ["Other", "Referring", "T"]


@pytest.mark.parametrize(
    ("schemas", "problem"),
    [
        ({"a/T": {"items": {"$ref": "no.json"}}}, ("/items/$ref", "unresolvable-ref")),
        ({"a/S": {"title": "T"}, "a/T": {}}, ("", "duplicate-name")),
    ],
)
def test_what_cannot_be_published_is_a_problem_at_its_place(
    published_of: Callable[..., Published], schemas: Any, problem: tuple[str, str]
) -> None:
    with pytest.raises(ProblemsFound) as found:
        published_of(schemas)

    (only,) = found.value.problems
    assert (only.at.file, only.at.pointer, only.rule) == ("schemas/a/T.schema.json", *problem)


def test_the_manifest_lists_every_file_with_its_digest(flagship: Catalog) -> None:
    texts = {str(artifact.path): artifact.text for artifact in publish(flagship, "1.2.3")}
    manifest = json.loads(texts.pop("manifest.json"))

    assert manifest["version"] == "1.2.3"
    assert [file["path"] for file in manifest["files"]] == sorted(texts)
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256(texts[file["path"]].encode("utf-8")).hexdigest()


def test_the_manifest_names_the_type_and_the_id_of_each_schema(published: Published) -> None:
    files = {file["path"]: file for file in published["manifest.json"]["files"]}

    entry = files["schemas/wire/Timestamp.schema.json"]

    assert entry["type"] == "wire.Timestamp"
    assert entry["id"] == published["schemas/wire/Timestamp.schema.json"]["$id"]
