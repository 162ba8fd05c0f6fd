"""Wire strings: values that JSON carries as strings of one form."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import (
    CoreSchema,
    PydanticCustomError,
    SchemaValidator,
    core_schema,
    to_jsonable_python,
)


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
        self, source: type[Any], handler: GetCoreSchemaHandler
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
            is_value = isinstance(given, source) and (source is not date or type(given) is date)
            return self._writable(given) if is_value else from_text(given)

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

    def _writable(self, value: Any) -> Any:
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

Date: TypeAlias = Annotated[
    date,
    WireString(
        name="RFC 3339 full-date",
        example="2024-01-02",
        format_name="date",
        pattern=(
            r"^(?:(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-"
            r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
            r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
            r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])"
            r"|(?:0[48]|[2468][048]|[13579][26])00)-02-29)$"
        ),
    ),
]
"""A day as RFC 3339 writes it."""

Uuid: TypeAlias = Annotated[
    UUID,
    WireString(
        name="UUID",
        example="01234567-89ab-cdef-0123-456789abcdef",
        format_name="uuid",
        pattern=r"^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
    ),
]
"""A UUID as RFC 4122 writes it, with its hyphens."""
