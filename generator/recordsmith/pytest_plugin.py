"""Plugin of pytest: the fixture `recordsmith`, and the setting `recordsmith_project`.

Every run of pytest imports this: what only a test needs is imported when one asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from recordsmith.testing import Schemas

_SETTING = "recordsmith_project"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Have a setting for the project's folder."""
    told = "A folder of the recordsmith project, as seen from pytest's rootdir."
    parser.addini(_SETTING, told, type="string", default="")


@pytest.fixture(name="recordsmith", scope="session")
def _recordsmith(pytestconfig: pytest.Config) -> Schemas:
    """The project's types: `assert_valid(payload, "Type")`, `assert_invalid`, `validator`."""
    from recordsmith.config import find_project
    from recordsmith.testing import Schemas

    setting = pytestconfig.getini(_SETTING)
    folder = pytestconfig.rootpath / setting
    return Schemas(folder if setting or find_project(folder) else None)
