"""Compute requirements: memory fits vCPU, as the table of the domain's page says."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from roboto_domain.actions.action_record import ComputeRequirements

TABLE = {
    256: [512, 1024, 2048],
    512: range(1024, 4096 + 1, 1024),
    1024: range(2048, 8192 + 1, 1024),
    2048: range(4096, 16384 + 1, 1024),
    4096: range(8192, 30720 + 1, 1024),
    8192: range(16384, 61440 + 1, 4096),
    16384: range(32768, 122880 + 1, 8192),
}
PAIRS = [(vcpu, memory) for vcpu, fitting in TABLE.items() for memory in fitting]
STEPS = (1, 256, 512, 1024, 2048, 4096, 8192)


def taken(given: dict[str, Any]) -> bool:
    try:
        ComputeRequirements.model_validate(given)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("vcpu", "memory"), PAIRS)
def test_a_pair_of_the_table_is_taken(vcpu: int, memory: int) -> None:
    made = ComputeRequirements(vCPU=vcpu, memory=memory)

    assert (made.vCPU, made.memory) == (vcpu, memory)


@pytest.mark.parametrize("vcpu", TABLE)
def test_a_neighbour_of_a_pair_is_taken_only_if_the_table_has_it(vcpu: int) -> None:
    near = {memory + sign * step for memory in TABLE[vcpu] for step in STEPS for sign in (1, -1)}
    tried = near | {memory for _, memory in PAIRS} | {0, -1024, 245760}

    fitting = {memory for memory in tried if taken({"vCPU": vcpu, "memory": memory})}

    assert fitting == set(TABLE[vcpu])


@pytest.mark.parametrize("memory", [512, 1024, 2048, 4096, 16384, 32768])
def test_a_vcpu_value_that_the_table_has_not_takes_no_memory(memory: int) -> None:
    near = {vcpu + step for vcpu in TABLE for step in (-1, 1)} | {0, -256, 128, 768, 32768, 65536}

    fitting = [vcpu for vcpu in sorted(near) if taken({"vCPU": vcpu, "memory": memory})]

    assert fitting == []


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({}, True),
        ({"vCPU": 256}, True),
        ({"vCPU": 512}, True),
        ({"vCPU": 1024}, False),
        ({"vCPU": 2048}, False),
        ({"vCPU": 16384}, False),
        ({"memory": 512}, False),
        ({"memory": 1024}, True),
        ({"memory": 4096}, True),
        ({"memory": 5120}, False),
        ({"memory": 8192}, False),
        ({"storage": 30}, True),
    ],
)
def test_an_absent_field_counts_as_its_default(given: dict[str, Any], fits: bool) -> None:
    verdict = taken(given)

    assert verdict is fits


def test_the_defaults_are_those_of_the_page() -> None:
    made = ComputeRequirements()

    assert made.model_dump() == {"vCPU": 512, "memory": 1024, "gpu": False, "storage": 21}


def test_the_reason_names_what_would_fit() -> None:
    with pytest.raises(ValidationError) as refusal:
        ComputeRequirements(vCPU=256, memory=4096)

    (error,) = refusal.value.errors()
    assert all(word in error["msg"] for word in ("vCPU", "256", "memory", "512", "1024", "2048"))


def test_the_reason_names_the_vcpu_values() -> None:
    with pytest.raises(ValidationError) as refusal:
        ComputeRequirements(vCPU=300)

    (error,) = refusal.value.errors()
    assert all(str(vcpu) in error["msg"] for vcpu in TABLE)


@pytest.mark.parametrize("gpu", [True, None, 0, 1, 0.0, "false", "", []], ids=repr)
def test_a_gpu_is_nothing_but_false(gpu: Any) -> None:
    verdict = taken({"gpu": gpu})

    assert verdict is False


@pytest.mark.parametrize("storage", [20, 0, -21, 20.999, 21.5, True, None, "21", [21]], ids=repr)
def test_storage_is_no_less_than_21_and_whole(storage: Any) -> None:
    verdict = taken({"storage": storage})

    assert verdict is False


@pytest.mark.parametrize("storage", [21, 22, 200, 21.0, 10**30], ids=repr)
def test_storage_may_be_any_integer_from_21(storage: Any) -> None:
    made = ComputeRequirements(storage=storage)

    assert made.storage == storage
    assert type(made.storage) is int


@pytest.mark.parametrize("name", ["vCPU", "memory", "storage"])
@pytest.mark.parametrize("value", [True, "1024", None, 1024.5, [1024], float("inf")], ids=repr)
def test_a_number_is_nothing_but_an_integer(name: str, value: Any) -> None:
    verdict = taken({name: value})

    assert verdict is False


def test_several_faults_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as refusal:
        ComputeRequirements.model_validate({"vCPU": "512", "gpu": 0, "storage": 20})

    assert [error["loc"] for error in refusal.value.errors()] == [("vCPU",), ("gpu",), ("storage",)]
