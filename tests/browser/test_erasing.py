"""An admin erases a person for good, by clicking and typing only, in a browser without JavaScript."""

from sqlalchemy import select

from app.extensions import db
from app.models.people.people import Person
from app.models.removing import REMOVED
from tests.browser.conftest import fill_in, follow, press, sees, sign_in

NAME = "Rosa Luz"


def test_a_person_is_erased_after_the_page_has_said_what_that_means(site, open_page):
    browser = open_page(site)
    with site.open() as make:
        here = make.congress("Congress for Peace")
        person = make.person("Rosa", "Luz", congress=here, email="rosa@example.org")
        make.follow_up(here, make.user("Bob"), title=f"Call {NAME}")
    sign_in(browser, "alice@example.org")
    browser.goto(f"/people/{person.id}")
    follow(browser, "Erase for good…")
    sees(browser, "What no program can erase")
    fill_in(browser, {"Type the name of the person": "Rosa Lux"})
    press(browser, "Erase for good")
    sees(browser, "This is not the name of this person.")
    fill_in(browser, {"Type the name of the person": NAME})
    press(browser, "Erase for good")
    sees(browser, "The person was erased for good.")
    with site.open():
        assert db.session.scalars(select(Person.id), execution_options=REMOVED).all() == []
