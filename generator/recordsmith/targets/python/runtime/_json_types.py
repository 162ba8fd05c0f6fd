"""JSON values, judged as JSON Schema judges them.

Pydantic coerces: `"3"` and `true` pass for an integer, a number passes for a date.  JSON Schema
does not coerce, and to it `1.0` is an integer.  The types here give JSON Schema's verdicts.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, Never, TypeAlias, TypeGuard, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StrictBool
from pydantic_core import (
    CoreSchema,
    PydanticCustomError,
    PydanticKnownError,
    PydanticSerializationUnexpectedValue,
    SchemaValidator,
    core_schema,
)

_EnumType = TypeVar("_EnumType", bound=type[Enum])


class _Exact:
    """Makes the type before it in `Annotated[...]` as strict as JSON Schema is."""

    def __repr__(self) -> str:
        return "EXACT"

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema: Any = handler(source)
        match schema["type"]:
            case "int":
                return _exact_integer(schema)
            case "literal":
                return _exact_literal(schema)
            case _:
                schema["strict"] = True
                return schema  # type: ignore[no-any-return]

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema["metadata"].get("lax", schema) if "metadata" in schema else schema)


EXACT = _Exact()

Integer: TypeAlias = Annotated[int, EXACT]
"""An integer as JSON Schema has it: `1` and `1.0`, but neither `true` nor `"1"`."""

Number: TypeAlias = Annotated[float, EXACT]
"""A number as JSON Schema has it: `1` and `1.5`, but neither `true` nor `"1.5"`."""

Boolean: TypeAlias = StrictBool
"""`true` or `false`, but neither `1` nor `"yes"`."""


def _exact_integer(lax: Any) -> CoreSchema:
    """Take a strict integer; only what that refuses pays for a second look at `1.0`."""
    number = core_schema.float_schema(strict=True, allow_inf_nan=False)
    integral = core_schema.no_info_after_validator_function(_integral, number)
    either = core_schema.union_schema(
        [core_schema.int_schema(strict=True), integral],
        mode="left_to_right",
        custom_error_type="int_type",
        metadata={"lax": lax},
    )
    is_bounded = lax.keys() - {"type", "ref", "metadata", "serialization"}
    return core_schema.chain_schema([either, lax], metadata={"lax": lax}) if is_bounded else either


def _integral(value: float) -> int:
    if not value.is_integer():
        raise PydanticKnownError("int_type")
    return int(value)


def _exact_literal(lax: Any) -> CoreSchema:
    """Keep `False` and `0` apart, which are equal in Python, and `1` and `1.0` together."""
    expected: list[Any] = lax["expected"]
    integer = _exact_integer(core_schema.int_schema())
    kinds: list[tuple[CoreSchema, list[Any]]] = [
        (core_schema.str_schema(strict=True), [v for v in expected if isinstance(v, str)]),
        (core_schema.bool_schema(strict=True), [v for v in expected if isinstance(v, bool)]),
        (integer, [v for v in expected if type(v) is int]),
    ]
    choices: list[CoreSchema | tuple[CoreSchema, str]] = [
        core_schema.chain_schema([kind, core_schema.literal_schema(values)])
        for kind, values in kinds
        if values
    ]
    return core_schema.union_schema(
        choices,
        mode="left_to_right",
        custom_error_type="literal_error",
        custom_error_context={"expected": " or ".join(map(repr, expected))},
        metadata={"lax": lax},
    )


def integer_enum(enum: _EnumType) -> _EnumType:
    """Let pydantic take `5`, `5.0` and the member itself for a member of `enum`, but not `"5"`."""

    def schema(source: type[Enum], _handler: GetCoreSchemaHandler) -> CoreSchema:
        by_value = core_schema.enum_schema(source, list(source), sub_type="int")
        integer = _exact_integer(core_schema.int_schema())
        return core_schema.chain_schema([integer, by_value])

    def json_schema(_schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        values = [member.value for member in enum]
        return {"type": "integer", "title": enum.__name__, "enum": values}

    enum.__get_pydantic_core_schema__ = staticmethod(schema)  # type: ignore[attr-defined]
    enum.__get_pydantic_json_schema__ = staticmethod(json_schema)  # type: ignore[attr-defined]
    return enum


class AliasedModel(BaseModel):
    """A record with attributes that are not called like the properties that they hold.

    The constructor takes either name; in JSON there is the property's alone.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    def __init__(self, /, **data: Any) -> None:
        validate = self.__pydantic_validator__.validate_python
        validate(data, self_instance=self, by_alias=True, by_name=True)

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined] # JSON does not go this way


class Matching:
    """Lets a `dict` hold anything under the keys that do not match a pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __repr__(self) -> str:
        return f"Matching({self.pattern!r})"

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        is_match = SchemaValidator(core_schema.str_schema(pattern=self.pattern)).isinstance_python

        def parted(value: Any, validate: Callable[[Any], Any]) -> Any:
            if not _is_a_dict(value):
                return validate(value)
            told = {
                key: part
                for key, part in value.items()
                if not isinstance(key, str) or is_match(key)
            }
            valid = validate(told)
            return {key: valid.get(key, part) for key, part in value.items()}

        anything = core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema())
        return core_schema.no_info_wrap_validator_function(
            parted,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _as_a_dict, return_schema=anything
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        exported = handler(schema)
        values = exported.pop("additionalProperties", True)
        return {**exported, "patternProperties": {self.pattern: values}}


def _as_a_dict(value: Any) -> dict[Any, Any]:
    """The value; a union is to serialize another as what else it may be."""
    if not _is_a_dict(value):
        raise PydanticSerializationUnexpectedValue("no dict")
    return value


def _is_a_dict(value: Any) -> TypeGuard[dict[Any, Any]]:
    return isinstance(value, dict)


class _Other:
    """Makes `Any` take every JSON value but those of some types."""

    def __init__(self, noun: str, *types: type) -> None:
        self.noun = noun
        self.types = types

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, core_schema.any_schema())

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"not": {"type": ["object" if one is dict else "array" for one in self.types[:1]]}}

    def _checked(self, value: Any) -> Any:
        if isinstance(value, self.types):
            sentence = "Input should not be {noun}"
            raise PydanticCustomError("other_type", sentence, {"noun": self.noun})
        return value


NonObject: TypeAlias = Annotated[
    list[Any] | str | float | bool | None, _Other("an object", dict, BaseModel)
]
"""Any JSON value but an object."""

NonArray: TypeAlias = Annotated[
    dict[str, Any] | str | float | bool | None, _Other("an array", list, tuple)
]
"""Any JSON value but an array."""

NonContainer: TypeAlias = Annotated[
    str | float | bool | None, _Other("an object or an array", dict, BaseModel, list, tuple)
]
"""Any JSON value but an object or an array."""


class _NoValue:
    """Takes nothing."""

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._refused)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"not": {}}

    @staticmethod
    def _refused(_value: Any) -> Never:
        raise PydanticCustomError("no_value", "Input should not be there at all")


NoValue: TypeAlias = Annotated[Never, _NoValue()]
"""No value: what has this type must be absent."""
