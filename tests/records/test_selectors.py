"""Selectors: at least one of the fields that a selector's rule names is non-empty."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from roboto_domain.actions.invocation_record import DataSelector, FileSelector, InvocationInput

ABSENT = object()
FILES = FileSelector(paths=["a"])
TOPICS = DataSelector(names=["t"])
LISTS = [ABSENT, None, [], ["x"], [""]]
FIELDS: dict[type[BaseModel], dict[str, list[Any]]] = {
    DataSelector: {
        "query": [ABSENT, None, "", "a = 1", " "],
        "ids": LISTS,
        "names": LISTS,
    },
    FileSelector: {
        "query": [ABSENT, None, "", "a = 1"],
        "ids": LISTS[:4],
        "names": LISTS[:4],
        "paths": LISTS,
    },
    InvocationInput: {
        "files": [ABSENT, None, [], FILES, [FILES], [FILES, {"query": "q"}], {"ids": ["i"]}],
        "topics": [ABSENT, None, [], TOPICS, [TOPICS], [TOPICS, {"query": "q"}], {"ids": ["i"]}],
    },
}
"""The fields of each rule, with what may stand in them; ABSENT stands for a field not given."""

ALL = list(FIELDS)


def combinations(selector: type[BaseModel]) -> list[dict[str, Any]]:
    names = list(FIELDS[selector])
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not ABSENT}
        for values in itertools.product(*FIELDS[selector].values())
    ]


def taken(selector: type[BaseModel], given: dict[str, Any]) -> bool:
    try:
        selector(**given)
    except ValidationError:
        return False
    return True


def example(selector: type[BaseModel]) -> Any:
    return selector(files=[FILES]) if selector is InvocationInput else selector(query="a = 1")


@pytest.mark.parametrize("selector", ALL)
def test_any_combination_with_something_non_empty_is_taken_and_no_other(
    selector: type[BaseModel],
) -> None:
    given = combinations(selector)

    wrong = [one for one in given if taken(selector, one) is not any(one.values())]

    assert wrong == []
    assert len(given) > 40


@pytest.mark.parametrize("selector", [DataSelector, FileSelector])
@pytest.mark.parametrize("dataset_id", [None, "", "ds_1"])
def test_a_dataset_id_neither_makes_nor_spoils_a_selector(
    selector: type[BaseModel], dataset_id: str | None
) -> None:
    verdicts = [taken(selector, {"dataset_id": dataset_id, "query": query}) for query in ("", "q")]

    assert verdicts == [False, True]


@pytest.mark.parametrize("selector", ALL)
def test_the_reason_names_the_rule_and_its_fields_and_no_schema_path(
    selector: type[BaseModel],
) -> None:
    with pytest.raises(ValidationError) as refusal:
        selector()

    (error,) = refusal.value.errors()
    assert all(name in error["msg"] for name in FIELDS[selector])
    assert "at least one of" in error["msg"]
    assert "non-empty" in error["msg"]
    assert "anyOf" not in error["msg"]
    assert "/" not in error["msg"]


@pytest.mark.parametrize("selector", ALL)
def test_ensure_not_empty_returns_the_selector_itself(selector: type[BaseModel]) -> None:
    made = example(selector)

    assert made.ensure_not_empty() is made


@pytest.mark.parametrize("selector", ALL)
def test_ensure_not_empty_sees_that_a_selector_was_emptied(selector: type[BaseModel]) -> None:
    made = example(selector)
    for name in FIELDS[selector]:
        setattr(made, name, None)

    with pytest.raises(ValueError, match="at least one of") as refusal:
        made.ensure_not_empty()

    assert all(name in str(refusal.value) for name in FIELDS[selector])


def test_ensure_not_empty_sees_a_list_that_was_cleared() -> None:
    made = FileSelector(paths=["a"])
    assert made.paths
    made.paths.clear()

    with pytest.raises(ValueError, match="paths"):
        made.ensure_not_empty()


def test_a_file_selector_is_a_data_selector_whose_rule_it_replaces() -> None:
    made = FileSelector(paths=["a"])

    assert issubclass(FileSelector, DataSelector)
    assert isinstance(made, DataSelector)
    assert made.ensure_not_empty() is made
    assert (made.query, made.ids, made.names, made.dataset_id) == (None, None, None, None)


def test_a_data_selector_knows_no_paths() -> None:
    with pytest.raises(ValidationError, match="DataSelector"):
        DataSelector.model_validate({"paths": ["a"]})


def test_the_rule_of_a_selector_inside_an_input_stands() -> None:
    with pytest.raises(ValidationError, match="FileSelector: at least one of"):
        InvocationInput.model_validate({"files": {"dataset_id": "ds_1"}})


@pytest.mark.parametrize(
    ("files", "safe"), [(None, []), ([], []), (FILES, [FILES]), ([FILES, FILES], [FILES, FILES])]
)
def test_safe_files_are_always_a_list(files: Any, safe: list[FileSelector]) -> None:
    made = InvocationInput(files=files, topics=TOPICS)

    assert made.safe_files == safe


@pytest.mark.parametrize(
    ("topics", "safe"), [(None, []), ([], []), (TOPICS, [TOPICS]), ([TOPICS], [TOPICS])]
)
def test_safe_topics_are_always_a_list(topics: Any, safe: list[DataSelector]) -> None:
    made = InvocationInput(files=FILES, topics=topics)

    assert made.safe_topics == safe


def test_safe_lists_are_empty_for_what_is_absent() -> None:
    made = (InvocationInput(topics=TOPICS).safe_files, InvocationInput(files=FILES).safe_topics)

    assert made == ([], [])


@pytest.mark.parametrize(
    ("files", "paths"),
    [
        (None, []),
        ([], []),
        ({"query": "q"}, []),
        ({"paths": ["b", "a"]}, ["b", "a"]),
        ({"query": "q", "paths": []}, []),
        (
            [{"paths": ["b", "a", "b"]}, {"query": "q"}, {"paths": ["c", "a", ""]}],
            ["b", "a", "c", ""],
        ),
    ],
)
def test_file_paths_are_the_distinct_paths_in_the_order_of_their_first(
    files: Any, paths: list[str]
) -> None:
    made = InvocationInput.model_validate({"files": files, "topics": TOPICS})

    assert made.file_paths == paths


def test_an_input_is_made_of_the_paths_of_a_dataset() -> None:
    made = InvocationInput.from_dataset_file_paths("ds_1", ["b", "a"])

    assert made == InvocationInput(files=FileSelector(dataset_id="ds_1", paths=["b", "a"]))
    assert [(one.dataset_id, one.paths) for one in made.safe_files] == [("ds_1", ["b", "a"])]
    assert made.topics is None


def test_an_input_is_made_of_arguments_by_name_and_of_a_subclass() -> None:
    class Special(InvocationInput):
        pass

    made = Special.from_dataset_file_paths(dataset_id="ds_1", file_paths=["a"])

    assert type(made) is Special


def test_an_input_is_not_made_of_no_paths() -> None:
    with pytest.raises(ValidationError, match="paths"):
        InvocationInput.from_dataset_file_paths("ds_1", [])
