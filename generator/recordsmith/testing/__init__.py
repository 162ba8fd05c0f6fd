"""Testing: what a user's tests ask of payloads, and payloads for them.

`payloads` and `invalid_payloads` need hypothesis, and the fixture of the same name as the package
needs pytest: both come with `pip install recordsmith[testing]`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recordsmith.testing.asserting import Schemas, assert_invalid, assert_valid

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from recordsmith.drafts import FormatPolicy

__all__ = ["Schemas", "assert_invalid", "assert_valid", "invalid_payloads", "payloads"]


def payloads(
    type_or_schema: str | os.PathLike[str] | Mapping[str, Any] | bool,
    *,
    project: str | os.PathLike[str] | None = None,
    formats: FormatPolicy | None = None,
) -> SearchStrategy[Any]:
    """A strategy for JSON values that a schema accepts, each judged by the exact validator.

    What the arguments mean, `recordsmith.validator` tells.  The values are what `json.loads` gives;
    where one is a string itself, hand it to a validator as `json.dumps(value)`, which is its text.
    """
    from recordsmith.in_process import validator
    from recordsmith.testing.making import valid

    return valid(validator(type_or_schema, project=project, formats=formats))


def invalid_payloads(
    type_or_schema: str | os.PathLike[str] | Mapping[str, Any] | bool,
    *,
    project: str | os.PathLike[str] | None = None,
    formats: FormatPolicy | None = None,
) -> SearchStrategy[Any]:
    """A strategy for JSON values that a schema refuses, most of them for one thing that is wrong.

    They are what `payloads` draws with one change: a property less or one more, another number, a
    value of another kind.
    """
    from recordsmith.in_process import validator
    from recordsmith.testing.spoiling import invalid

    return invalid(validator(type_or_schema, project=project, formats=formats))
