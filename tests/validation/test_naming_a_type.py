"""A type is named as its module is: by its folder and its title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from recordsmith.catalog import Catalog
from recordsmith.problems import Problem, ProblemsFound
from recordsmith.validation import named


@pytest.mark.parametrize("name", ["LogRecord", "actions.invocation_record.LogRecord"])
def test_a_type_is_found_by_its_name_with_and_without_its_module(
    flagship: Catalog, name: str
) -> None:
    document = named(flagship, name)

    assert str(document.path) == "actions/invocation_record/LogRecord.schema.json"


def test_a_type_without_a_title_is_named_by_its_file(catalog_of: Callable[..., Catalog]) -> None:
    catalog = catalog_of({"jobs/job status": {"type": "string"}})

    document = named(catalog, "jobs.JobStatus")

    assert str(document.path) == "jobs/job status.schema.json"


def test_a_title_goes_before_the_name_of_the_file(catalog_of: Callable[..., Catalog]) -> None:
    catalog = catalog_of({"a": {"title": "Job status"}})

    document = named(catalog, "JobStatus")

    assert document.schema == {"title": "Job status"}


def test_an_unknown_name_is_a_problem_that_suggests_the_nearest(flagship: Catalog) -> None:
    problem = _problem_of(flagship, "InvocationRecrod")

    assert problem.rule == "unknown-type"
    assert problem.sentence.endswith("`InvocationRecrod`; did you mean `InvocationRecord`?")


def test_an_ambiguous_name_is_a_problem_that_lists_the_dotted_ones(
    catalog_of: Callable[..., Catalog],
) -> None:
    catalog = catalog_of({"b/Status": {}, "a/x/Status": {}, "a/Other": {}})

    problem = _problem_of(catalog, "Status")

    assert problem.rule == "ambiguous-type"
    assert "`a.x.Status` and `b.Status`" in problem.sentence
    assert named(catalog, "b.Status").path.parts[0] == "b"


def test_a_type_of_the_root_is_told_from_its_namesake_in_a_folder(
    catalog_of: Callable[..., Catalog],
) -> None:
    catalog = catalog_of({"a/Status": {}, "Status": {}})

    document = named(catalog, "Status")

    assert document.path.parts == ("Status.schema.json",)


def test_two_types_of_one_name_in_one_module_are_a_problem(
    catalog_of: Callable[..., Catalog],
) -> None:
    catalog = catalog_of({"a/one": {"title": "Thing"}, "a/two": {"title": "Thing"}})

    problem = _problem_of(catalog, "Thing")

    assert (problem.at.file, problem.rule) == ("schemas/a/two.schema.json", "duplicate-name")


def _problem_of(catalog: Catalog, name: str) -> Problem:
    with pytest.raises(ProblemsFound) as found:
        named(catalog, name)
    (problem,) = found.value.problems
    return problem


def test_a_name_is_no_pattern(flagship: Catalog) -> None:
    names: list[Any] = ["", ".", "actions", "actions.invocation_record", "*", "LogRecord "]

    rules = [_problem_of(flagship, name).rule for name in names]

    assert set(rules) == {"unknown-type"}
