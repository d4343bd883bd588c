"""A fixture for tests of imports."""

import pytest

from tests.domain.imports.bringing import Bringing


@pytest.fixture
def bring(make):
    """Return what uploads a table and checks its rows."""
    return Bringing(make.user("Alice"))
