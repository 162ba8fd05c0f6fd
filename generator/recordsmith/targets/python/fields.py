"""Fields: which fields a class declares itself, their defaults, and its configuration."""

from __future__ import annotations

from recordsmith.ir import Field, Model, Record
from recordsmith.targets.python import symbols
from recordsmith.targets.python.attributes import attributes, base_of
from recordsmith.targets.python.values import Expression, expression

_MISSING = Expression("MISSING")
_NONE = Expression("None")
EMPTY = ("[]", "{}")
"""Defaults whose factory is the type itself."""


def own_fields(record: Record, model: Model) -> tuple[Field, ...]:
    """The fields that the class does not inherit as they are."""
    inherited = _all_fields(base_of(record, model), model)
    return tuple(field for field in record.fields if inherited.get(field.name) != field)


def _all_fields(record: Record | None, model: Model) -> dict[str, Field]:
    if record is None:
        return {}
    inherited = _all_fields(base_of(record, model), model)
    return inherited | {field.name: field for field in record.fields}


def default_of(field: Field, model: Model) -> Expression:
    """What stands behind `=`; empty where the field is required.

    Absent and null mean the same for a nullable field; `MISSING` is what can only be absent.
    """
    if field.required:
        return Expression("")
    if field.default is None:
        return _NONE if field.nullable else _MISSING
    if field.default.value is None:
        return _NONE
    value = expression(field.type, field.default.value, model)
    return Expression(_unshared(value.source), value.names)


def _unshared(source: str) -> str:
    """The default such that two instances never share a mutable value."""
    is_call = source.endswith(")") and not source.startswith(("timedelta(", "datetime."))
    is_mutable = source[0] in "[{" and source not in EMPTY
    return f"Field(default_factory=lambda: {source})" if is_mutable or is_call else source


def bases_of(record: Record, model: Model) -> list[str]:
    """The classes that the record's class extends."""
    base = base_of(record, model)
    own = [symbols.class_name(base.name)] if base else []
    if _has_aliases(record, model) and not (base and _has_aliases(base, model)):
        return ["AliasedModel", *own]
    return own or ["BaseModel"]


def _has_aliases(record: Record, model: Model) -> bool:
    return any(name != attribute for name, attribute in attributes(record, model).items())


def config_of(record: Record, model: Model, *, described: bool) -> dict[str, str]:
    """The settings of the class that its base has not made already."""
    base = base_of(record, model)
    inherited = _config(base, described=described) if base else {}
    own = _config(record, described=described)
    if "extra" in inherited and not record.closed:
        own["extra"] = '"ignore"'
    return {key: value for key, value in own.items() if inherited.get(key) != value}


def _config(record: Record, *, described: bool) -> dict[str, str]:
    config = {}
    if record.closed:
        config["extra"] = '"forbid"'
    if described and any(field.documentation.description for field in record.fields):
        config["use_attribute_docstrings"] = "True"
    return config
