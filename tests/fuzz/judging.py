"""Judging: what a schema says of its payloads and what its model says, and where that differs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast

import jsonschema_rs
from pydantic import ValidationError
from referencing import Registry, Resource
from tests.fuzz.schemas import Case

import recordsmith
from recordsmith.problems import ProblemsFound

_ENGINES = {
    "draft-04": jsonschema_rs.Draft4Validator,
    "draft-06": jsonschema_rs.Draft6Validator,
    "draft-07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}
_ASSERTS = {"dialect": None, "assert": True, "annotate": False}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A payload that the schema and the model judge otherwise, or a schema without a model."""

    case: Case
    payload: Any
    kind: str
    """`refuses`, `accepts`, `refuses in Python`: what the model does wrongly; or what stops it."""
    says: str

    def __str__(self) -> str:
        return (
            f"{self.case.dialect}, formats {self.case.formats}: the model {self.kind}\n"
            f"  schema  {json.dumps(self.case.schema, ensure_ascii=False)}\n"
            f"{self._others()}"
            f"  payload {json.dumps(self.payload, ensure_ascii=False)}\n"
            f"  says    {self.says}"
        )

    def _others(self) -> str:
        told = (json.dumps(one, ensure_ascii=False) for one in self.case.others.values())
        return "".join(f"  other   {one}\n" for one in told)


def findings(case: Case, values: list[Any]) -> Iterator[Finding]:
    """The disagreements over some payloads.  Nothing where the engine itself has no verdict."""
    is_valid = _engine(case)
    if is_valid is None:
        return
    try:
        model = recordsmith.model(
            case.schema,
            dialect=case.dialect,
            registry=registry_of(case),
            formats=cast("Literal['dialect', 'assert', 'annotate']", case.formats),
        )
    except ProblemsFound as problems:
        rules = ", ".join(sorted({one.rule for one in problems.problems}))
        yield Finding(case=case, payload=None, kind=f"is refused: {rules}", says=str(problems))
        return
    except Exception as crash:  # noqa: BLE001 - any is a bug to be told
        kind = f"cannot be made: {type(crash).__name__}"
        yield Finding(case=case, payload=None, kind=kind, says=str(crash)[:400])
        return
    for value in values:
        yield from _differing(case, model, value, valid=is_valid(value))
    _forget()


def registry_of(case: Case) -> Registry[Any]:
    resources = [(uri, Resource.from_contents(one)) for uri, one in case.others.items()]
    return Registry[Any]().with_resources(resources)


def _engine(case: Case) -> Any:
    engine = _ENGINES[case.dialect]
    asserts = _ASSERTS[case.formats]
    try:
        registry = jsonschema_rs.Registry([*case.others.items()])
        made = engine(case.schema, registry=registry, validate_formats=asserts, offline=True)
    except (ValueError, jsonschema_rs.ValidationError):
        return None
    return made.is_valid


def _differing(case: Case, model: Any, value: Any, *, valid: bool) -> Iterator[Finding]:
    says = _refusal(lambda: model.model_validate_json(json.dumps(value)))
    if valid == (says is not None):
        kind = "refuses" if valid else "accepts"
        yield Finding(case=case, payload=value, kind=kind, says=says or "")
    elif valid:
        says = _refusal(lambda: model.model_validate(value))
        if says is not None:
            yield Finding(case=case, payload=value, kind="refuses in Python", says=says)


def _refusal(validate: Any) -> str | None:
    try:
        validate()
    except ValidationError as refusal:
        return str(refusal)[:400]
    except Exception as crash:  # noqa: BLE001 - any is a bug to be told
        return f"{type(crash).__name__}: {crash}"[:400]
    return None


def _forget() -> None:
    """Let go of the modules of models, of which there are thousands."""
    for name in [name for name in sys.modules if name.startswith("recordsmith_models.")]:
        del sys.modules[name]
