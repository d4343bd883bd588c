"""The page that erases a person: what it says, who may open it, and two admins where the house wants them."""

import pytest
from sqlalchemy import select

from app.domain.accounts import house as house_settings
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.house import Rule
from app.models.people.people import Person
from app.models.privacy.erasures import Erasure
from app.models.removing import REMOVED
from tests.views.pages import text

NAME = "Rosa Luz"


@pytest.fixture
def world(house, browse):
    """Alice owns the congress, Bob works on it with her, Charlie works on another one; Dora and Eva are admins."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        people = {name: make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora", "Eva")}
        make.grant(people["Alice"], Role.COORDINATOR, congress=here)
        make.grant(people["Bob"], Role.ORGANIZER, congress=here)
        make.grant(people["Charlie"], Role.ORGANIZER, congress=there)
        make.grant(people["Dora"], Role.ADMIN)
        make.grant(people["Eva"], Role.ADMIN)
        person = make.person("Rosa", "Luz", congress=here, email="rosa@example.org")
        make.seat(make.delegation(here, delegates=0), person)
        make.follow_up(here, people["Alice"], title=f"Ask {NAME} about the visa")
    return {"page": f"/people/{person.id}/erase"} | {name: browse(user) for name, user in people.items()}


def erase(world, who="Dora", name=NAME, key="k"):
    return world[who].post(world["page"], {"typed_name": name, "idempotency_key": key})


def left(house):
    with house.open():
        names = db.session.scalars(select(Person.given_name), execution_options=REMOVED).all()
        return names, db.session.scalars(select(Erasure)).all()


def test_the_page_says_what_is_deleted_what_stays_and_where_texts_name_her(house, world):
    page = text(world["Dora"].get(world["page"]))
    assert "Erase Rosa Luz for good?" in page
    assert "Places in delegations, journeys and answers" in page
    assert "Delegations say how many delegates were erased." in page
    assert '/follow-ups/1">action 1</a>' in page
    assert left(house)[0] == ["Rosa"]


def test_an_admin_erases_a_person_whose_name_she_types(house, world):
    assert "This is not the name of this person." in text(erase(world, name="Rosa Lux"))
    answer = erase(world, key="again")
    assert "The person was erased for good." in text(world["Dora"].get(answer.location))
    names, [erasure] = left(house)
    assert (names, erasure.by_id) == ([], world["Dora"].user.id)
    assert world["Dora"].get(world["page"]).status_code == 404


def test_nobody_else_can_open_it(house, world):
    assert [world[who].get(world["page"]).status_code for who in ("Alice", "Bob", "Charlie")] == [404, 404, 404]
    erase(world, "Alice")
    assert left(house)[0] == ["Rosa"]


def test_where_the_house_wants_two_admins_one_asks_and_erases_after_the_other_has_approved(house, world):
    with house.open():
        house_settings.set_rules({Rule.ERASURES})
    assert "Ask another admin" in text(world["Dora"].get(world["page"]))
    erase(world)
    assert left(house)[0] == ["Rosa"]
    assert world["page"] in text(world["Eva"].get("/house/approvals"))
    world["Eva"].post("/house/approvals/1/approve", {"idempotency_key": "yes"})
    assert left(house)[0] == ["Rosa"]
    erase(world, "Eva", key="not hers")
    assert left(house)[0] == ["Rosa"]
    erase(world, key="now")
    assert left(house)[0] == []


def test_who_has_an_account_has_to_lose_it_first(house, world):
    with house.open() as make:
        make.user("Rosa", email="rosa@example.org")
    assert "Remove the account first." in text(world["Dora"].get(world["page"]))
    erase(world)
    assert left(house)[0] == ["Rosa"]
