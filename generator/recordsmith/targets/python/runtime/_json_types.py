"""JSON values, judged as JSON Schema judges them.

Pydantic coerces: `"3"` and `true` pass for an integer, a number passes for a date.  JSON Schema
does not coerce, and to it `1.0` is an integer.  The types here give JSON Schema's verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, StrictBool
from pydantic_core import (
    CoreSchema,
    PydanticCustomError,
    PydanticKnownError,
    SchemaValidator,
    core_schema,
    to_jsonable_python,
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


def _with_offset(value: datetime) -> datetime:
    """The same instant with an offset in whole minutes; without any, it is taken as UTC.

    Raises `OverflowError` at either end of the calendar, where UTC has no such year.
    """
    offset = value.utcoffset()
    if offset is None:
        return value.replace(tzinfo=UTC)
    return value.astimezone(UTC) if offset % timedelta(minutes=1) else value


_emit_with_offset = core_schema.plain_serializer_function_ser_schema(
    _with_offset, return_schema=core_schema.datetime_schema()
)


class WireString:
    """A Python value that JSON carries as a string of one form.

    In JSON nothing but a string that matches `pattern` is taken.  In Python the value itself is
    taken too; a naive `datetime` counts as UTC.

    `name` and `example` are for error messages; `pattern` is a regular expression without
    look-around, and `format_name` is the name that JSON Schema has for the form, if any.
    """

    def __init__(
        self,
        *,
        name: str,
        pattern: str,
        example: str | None = None,
        format_name: str | None = None,
    ) -> None:
        self.name = name
        self.example = example
        self.pattern = pattern
        self.format_name = format_name

    def __repr__(self) -> str:
        return f"WireString({self.name})"

    def __get_pydantic_core_schema__(
        self, source: type[datetime | timedelta], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        such_as = f", such as {self.example!r}" if self.example else ""
        form = core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern, strict=True),
            custom_error_type="wire_string",
            custom_error_message=f"Input should be valid as {self.name}{such_as}",
        )
        value = handler(source)
        read = SchemaValidator(value).validate_python  # a strict chain would not read its own text
        strictly = core_schema.no_info_after_validator_function(read, form)
        text = core_schema.lax_or_strict_schema(
            lax_schema=core_schema.chain_schema([form, value]),
            strict_schema=core_schema.chain_schema([strictly, value]),
        )

        def in_python(given: Any, from_text: Callable[[Any], Any]) -> Any:
            return self._writable(given) if isinstance(given, source) else from_text(given)

        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=core_schema.no_info_wrap_validator_function(in_python, text),
            serialization=_emit_with_offset if source is datetime else None,
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        named = {"format": self.format_name} if self.format_name else {}
        examples = {"examples": [self.example]} if self.example else {}
        return {"type": "string", **named, "pattern": self.pattern, **examples}

    def _writable(self, value: datetime | timedelta) -> datetime | timedelta:
        """The value with an offset; refused if the form of string has no room for it."""
        with suppress(OverflowError):
            written = _with_offset(value) if isinstance(value, datetime) else value
            if re.fullmatch(self.pattern, to_jsonable_python(written)):
                return written
        sentence = "Input should be in the range of {name}"
        raise PydanticCustomError("wire_string", sentence, {"name": self.name})


DateTime: TypeAlias = Annotated[
    datetime,
    WireString(
        name="RFC 3339 date-time",
        example="2024-01-02T03:04:05Z",
        format_name="date-time",
        pattern=(
            r"^(?:(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-"
            r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
            r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
            r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])"
            r"|(?:0[48]|[2468][048]|[13579][26])00)-02-29)"
            r"[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
            r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
        ),
    ),
]
"""An instant as RFC 3339 writes it; a leap second is refused, no `datetime` holds one."""
