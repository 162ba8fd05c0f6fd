"""Fields: which fields a class declares itself, their defaults, and its configuration."""

from __future__ import annotations

from recordsmith.config import PythonTarget
from recordsmith.ir import Field, Model, Name, Named, Record, Scalar, ScalarKind, Type, Union
from recordsmith.targets.python import symbols
from recordsmith.targets.python.attributes import attributes, base_of
from recordsmith.targets.python.order import leads_to
from recordsmith.targets.python.values import Expression, expression

_MISSING = Expression("MISSING")
_NONE = Expression("None")
_NULL = Scalar(ScalarKind.NULL)
EMPTY = ("[]", "{}")
"""Defaults whose factory is the type itself."""


_IMMUTABLE = ("timedelta(", "datetime.", "date.", "UUID(")


def full_type(field: Field) -> Type:
    """The type of the field's values, null among them where it is nullable."""
    if not field.nullable or field.type == _NULL:
        return field.type
    if isinstance(field.type, Union) and field.type.discriminator is None:
        return Union((*field.type.members, _NULL))
    return Union((field.type, _NULL))


def own_fields(record: Record, model: Model) -> tuple[Field, ...]:
    """The fields that the class does not inherit as they are."""
    inherited = _all_fields(base_of(record, model), model)
    return tuple(field for field in record.fields if inherited.get(field.name) != field)


def _all_fields(record: Record | None, model: Model) -> dict[str, Field]:
    if record is None:
        return {}
    inherited = _all_fields(base_of(record, model), model)
    return inherited | {field.name: field for field in record.fields}


def default_of(field: Field, model: Model, owner: Name | None = None) -> Expression:
    """What stands behind `=`; empty where the field is required.

    Absent and null mean the same for a nullable field; `MISSING` is what can only be absent, and
    what stands for a default that would hold another `owner`, with that default again.
    """
    if field.required:
        return Expression("")
    absent = _NONE if field.nullable else _MISSING
    if field.default is None:
        return absent
    if field.default.value is None:
        return _NONE
    value = expression(field.type, field.default.value, model)
    if owner and any(leads_to(Named(name), owner, model) for name in value.names):
        return absent
    return Expression(_unshared(value.source), value.names)


def _unshared(source: str) -> str:
    """The default such that two instances never share a mutable value."""
    is_call = source.endswith(")") and not source.startswith(_IMMUTABLE)
    is_mutable = source[0] in "[{" and source not in EMPTY
    return f"Field(default_factory=lambda: {source})" if is_mutable or is_call else source


def bases_of(record: Record, model: Model) -> list[str]:
    """The classes that the record's class extends."""
    base = base_of(record, model)
    own = [symbols.spelt(base.name)] if base else []
    if record.guards and not (base and _is_guarded(base, model)):
        own = ["GuardedModel", *own]
    if _has_aliases(record, model) and not (base and _has_aliases(base, model)):
        own = ["AliasedModel", *own]
    return own or ["BaseModel"]


def _is_guarded(record: Record, model: Model) -> bool:
    base = base_of(record, model)
    return bool(record.guards) or (base is not None and _is_guarded(base, model))


def _has_aliases(record: Record, model: Model) -> bool:
    return any(name != attribute for name, attribute in attributes(record, model).items())


def config_of(record: Record, model: Model, target: PythonTarget) -> dict[str, str]:
    """The settings of the class that its base has not made already."""
    base = base_of(record, model)
    inherited = _config(base, target) if base else {}
    own = _config(record, target)
    if "extra" in inherited and "extra" not in own:
        own["extra"] = '"ignore"'
    return {key: value for key, value in own.items() if inherited.get(key) != value}


def _config(record: Record, target: PythonTarget) -> dict[str, str]:
    config = {}
    if record.closed:
        config["extra"] = '"forbid"'
    elif record.extras is not None or target.unknown_properties == "keep":
        config["extra"] = '"allow"'
    if target.runtime_descriptions and any(
        field.documentation.description for field in record.fields
    ):
        config["use_attribute_docstrings"] = "True"
    return config
