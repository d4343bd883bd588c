"""Fixtures of the tests of pages."""

import pytest

from app.models.accounts.accounts import Role


@pytest.fixture
def alice(house, browse):
    """A client in which Alice is signed in, admin of everything."""
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
    return browse(user)
