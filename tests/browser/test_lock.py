"""The panic lock in real browsers: one press closes the house to everybody, and two people open it."""

import pytest

from app.config import FIELD_KEY_FILE
from app.models.accounts.accounts import Role
from app.queries.accounts import accounts
from tests.browser.conftest import PASSWORD, fill_in, follow, is_titled, press, sees
from tests.browser.serving import Site
from tests.databases import FIELD_KEY
from tests.locking import code_of

ALICE, CARMEN = "alice@example.org", "carmen@example.org"


@pytest.fixture
def site(tmp_path):
    """An empty application in which Alice and Carmen have second factors, with its key in a file."""
    (tmp_path / FIELD_KEY_FILE).write_text(FIELD_KEY)
    with Site(tmp_path) as site:
        with site.open() as make:
            for name, role in (("Alice", Role.ADMIN), ("Carmen", Role.COORDINATOR)):
                user = make.user(name, email=f"{name.lower()}@example.org", password=PASSWORD)
                make.grant(user, role)
                make.factor(user)
        yield site


def code(site, address, steps=0):
    with site.open():
        return code_of(accounts.by_email(address).id, steps)


def who(address):
    return {"Email address": address, "Password": PASSWORD}


def test_one_press_closes_the_house_and_two_people_open_it(site, open_page):
    alice, carmen = open_page(site), open_page(site)
    alice.goto("/sign-in")
    fill_in(alice, who(ALICE))
    press(alice, "Sign in")
    fill_in(alice, {"Code": code(site, ALICE)})
    press(alice, "Sign in")
    follow(alice, "Lock the house")
    press(alice, "Lock the house now")
    is_titled(alice, "Closed for now")
    follow(alice, "For coordinators: open the house")
    fill_in(alice, who(ALICE) | {"Code": code(site, ALICE, 1)})
    press(alice, "Open the house")
    sees(alice, "Now a second person has to do the same")
    carmen.goto("/house/open")
    fill_in(carmen, who(CARMEN) | {"Code": code(site, CARMEN)})
    press(carmen, "Open the house")
    is_titled(carmen, "Sign in")
    sees(carmen, "The house is open again.")
