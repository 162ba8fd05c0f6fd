"""Guards: the rules of a schema that Python's types cannot express.

A guard judges the JSON form of a value by JSON Schema's own keywords.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from typing import Any, ClassVar

import jsonschema_rs
from pydantic import (
    BaseModel,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationInfo,
    model_validator,
)
from pydantic_core import (
    CoreSchema,
    InitErrorDetails,
    PydanticCustomError,
    ValidationError,
    core_schema,
    to_jsonable_python,
)

_ENGINES: dict[str, Any] = {
    "draft-04": jsonschema_rs.Draft4Validator,
    "draft-06": jsonschema_rs.Draft6Validator,
    "draft-07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}


@cache
def _registry() -> jsonschema_rs.Registry:
    """The schema documents that guards refer to, which this package has along."""
    content = pkgutil.get_data(__name__.rpartition(".")[0], "_schemas.json") or b"{}"
    return jsonschema_rs.Registry([*json.loads(content).items()])


class Guard:
    """Keywords of JSON Schema that a value is to fit besides its type.

    `formats` says whether `format` asserts.  A reference leads into the package's own documents.
    """

    def __init__(
        self, schema: dict[str, Any], draft: str = "2020-12", *, formats: bool = False
    ) -> None:
        self.schema = schema
        self.draft = draft
        self.formats = formats
        self._engine: Any = None

    def __repr__(self) -> str:
        return f"Guard({self.schema})"

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def checked(value: Any, validate: Callable[[Any], Any], info: ValidationInfo) -> Any:
            return _guarded((self,), value, validate, info)

        return core_schema.with_info_wrap_validator_function(checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        typed = handler(schema)
        return {"allOf": [typed, self.schema]} if self.stands_alone else typed

    @property
    def stands_alone(self) -> bool:
        """Whether the keywords mean the same in a JSON Schema that pydantic exports."""
        return self.draft == "2020-12" and not _refers(self.schema)

    def check(self, instance: Any) -> None:
        """Raise `ValidationError` with all that is wrong with a JSON value."""
        if self._engine is None:
            self._engine = self._compiled()
        try:
            if self._engine.is_valid(instance):
                return
            details = list(map(_detail, self._engine.iter_errors(instance)))
        except ValueError as error:  # what the engine cannot read is no JSON
            raise PydanticCustomError("json", "{reason}", {"reason": str(error)}) from error
        raise ValidationError.from_exception_data("Guard", details)

    def _compiled(self) -> Any:
        return _ENGINES[self.draft](
            self.schema,
            registry=_registry(),
            validate_formats=self.formats,
            mask="the value",
            offline=True,
        )


_EXPLAINING: ContextVar[bool] = ContextVar("explaining", default=False)
"""Whether a guard has refused the JSON already, and only types may tell more of it."""


def _guarded(
    guards: tuple[Guard, ...], value: Any, validate: Callable[[Any], Any], info: ValidationInfo
) -> Any:
    """Validate a value by its type and by its guards.

    JSON meets the guards first: a union within a union tries many types in vain, which would take
    exponential time if each was tried in full.
    """
    if info.mode != "json" and not _is_plain(value):
        result = validate(value)
        _check(guards, _json_form(value, result))
        return result
    try:
        _check(guards, value)
    except (PydanticCustomError, ValidationError):
        if not _EXPLAINING.get():
            _explain(value, validate)
        raise
    return validate(value)


def _check(guards: tuple[Guard, ...], instance: Any) -> None:
    for guard in guards:
        guard.check(instance)


def _explain(value: Any, validate: Callable[[Any], Any]) -> None:
    """Raise what the type says of a refused value, if it says anything: that is to come first."""
    token = _EXPLAINING.set(True)
    try:
        validate(value)
    finally:
        _EXPLAINING.reset(token)


def _refers(schema: Any) -> bool:
    """Whether the schema leads to a document of this package, where a reader of it cannot go."""
    if isinstance(schema, dict):
        reference = schema.get("$ref", "http")
        leads_out = isinstance(reference, str) and not reference.startswith("http")
        return leads_out or any(map(_refers, schema.values()))
    return isinstance(schema, list) and any(map(_refers, schema))


class GuardedModel(BaseModel):
    """A record with a guard of its own, which instances made in Python have to pass too."""

    __guards__: ClassVar[tuple[Guard, ...]] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _check_guards(
        cls, value: Any, handler: ModelWrapValidatorHandler[Any], info: ValidationInfo
    ) -> Any:
        if not isinstance(value, cls):
            return _guarded(_guards_of(cls), value, handler, info)
        result = handler(value)
        if result is not value:
            _check(_guards_of(cls), _dumped(result))
        return result

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        exported = handler(schema)
        guards = [guard.schema for guard in _guards_of(cls) if guard.stands_alone]
        if guards:
            handler.resolve_ref_schema(exported)["allOf"] = guards
        return exported


@cache
def _guards_of(model: type[GuardedModel]) -> tuple[Guard, ...]:
    """The guards of a record and of those that it extends."""
    found = [base.__dict__.get("__guards__", ()) for base in model.__mro__]
    return tuple(guard for guards in reversed(found) for guard in guards)


def _detail(error: jsonschema_rs.ValidationError) -> InitErrorDetails:
    """A violation as pydantic tells one: where, in the value, and of which rule."""
    keyword = str(error.evaluation_path[-1]) if error.evaluation_path else "false"
    context = {"reason": _sentence(error.message), "rule": _pointer(error.evaluation_path)}
    return InitErrorDetails(
        type=PydanticCustomError(_ERROR_TYPES.get(keyword, keyword), "{reason}", context),
        loc=tuple(error.instance_path),
        input=error.instance,
    )


_ERROR_TYPES = {"false": "false_schema"}


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}"


def _pointer(path: list[str | int]) -> str:
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in path)


def _is_plain(value: Any) -> bool:
    """Whether a value made in Python is JSON, with every property by its own name."""
    types = sys.modules.get(f"{__package__}._json_types")
    aliased = getattr(types, "AliasedModel", None)
    names = _attributes(aliased, len(aliased.__subclasses__())) if aliased else frozenset()
    return _is_json(value) and not (names and _has_key(value, names))


@cache
def _attributes(aliased: type[BaseModel], _count: int) -> frozenset[str]:
    """The attributes that are not called like their properties, of the records that have such."""
    found: set[str] = set()
    waiting = [aliased]
    while waiting:
        model = waiting.pop()
        found.update(_renamed(model))
        waiting += model.__subclasses__()
    return frozenset(found)


def _has_key(value: Any, keys: frozenset[str]) -> bool:
    if isinstance(value, dict):
        return not keys.isdisjoint(value) or any(_has_key(one, keys) for one in value.values())
    return isinstance(value, list) and any(_has_key(one, keys) for one in value)


def _json_form(given: Any, result: Any) -> Any:
    """The JSON that a value made in Python stands for."""
    if _is_json(given) and not _is_by_attribute(given, result):
        return given
    return _dumped(result)


def _is_json(value: Any) -> bool:
    kind = type(value)
    if kind is dict:
        return all(type(key) is str and _is_json(part) for key, part in value.items())
    if kind is list:
        return all(map(_is_json, value))
    return kind in (str, int, float, bool, type(None))


def _is_by_attribute(given: Any, result: Any) -> bool:
    """Whether a record was given by names that are not those of its properties."""
    if not isinstance(result, BaseModel) or not isinstance(given, dict):
        return False
    return any(name in given for name in _renamed(type(result)))


@cache
def _renamed(model: type[BaseModel]) -> tuple[str, ...]:
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if field.alias not in (None, name))


def _dumped(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, dict):
        return {key: _dumped(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_dumped, value)]
    return to_jsonable_python(value)
