"""A second person or organization of a name is asked about: nobody is recorded twice by mistake, nobody is refused."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.people.organizations import Organization
from app.models.people.people import Person
from tests.views.pages import text

NAME, ADDRESS = "A person with this name is already recorded.", "A person with this email address is already recorded."


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
        dockers = make.organization("Dockers", "PE")
        make.person("Ana", "Ruiz", email="ana@example.org", organization=dockers)
        make.delegation(make.congress(), delegates=0, organization=dockers)
    return browse(user)


def count(house, model):
    with house.open():
        return db.session.query(model).count()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"given_name": "ANA", "family_name": "Ruíz"}, NAME),
        ({"given_name": "Ana Ruiz"}, NAME),
        ({"given_name": "Eva", "email": " mailto:ANA@Example.org "}, ADDRESS),
    ],
)
@pytest.mark.parametrize("path", ["/people/new", "/congresses/1/delegations/1/delegates/new"])
def test_a_second_person_of_a_name_or_address_is_asked_about_together_with_other_errors(
    house, alice, path, typed, said
):
    asked = alice.edit(path, **typed, preferred_language="Klingonese")
    page = text(asked)
    assert asked.status_code == 422
    assert said in page
    assert "Ana Ruiz (Dockers" in page
    assert 'id="preferred_language-error"' in page
    assert alice.sheet(asked)["given_name"] == typed["given_name"]
    still = alice.post(path, alice.sheet(asked, preferred_language=""))
    assert still.status_code == 422
    assert count(house, Person) == 1
    assert alice.post(path, alice.sheet(still, again="1")).status_code == 302
    assert count(house, Person) == 2


def test_what_was_said_of_one_person_does_not_count_for_another(house, alice):
    with house.open() as make:
        make.person("Eva", "Soto")
    asked = alice.edit("/people/new", given_name="Ana", family_name="Ruiz")
    other = alice.post("/people/new", alice.sheet(asked, again="1", given_name="Eva", family_name="Soto"))
    assert other.status_code == 422
    assert "Eva Soto" in text(other)
    assert count(house, Person) == 2


def test_a_recorded_person_is_given_a_seat_from_the_question(house, alice):
    asked = alice.edit("/congresses/1/delegations/1/delegates/new", given_name="Ana", family_name="Ruiz")
    assert "/congresses/1/delegations/1/delegates/add?person=1" in text(asked)
    assert alice.edit("/congresses/1/delegations/1/delegates/add?person=1").status_code == 302
    assert "Ana Ruiz" in text(alice.get("/congresses/1/delegations/1"))
    assert count(house, Person) == 1


def test_who_changes_something_else_of_a_person_is_not_asked(house, alice):
    with house.open() as make:
        second = make.person("Ana", "Ruiz")
        path = f"/people/{second.id}/edit"
    assert alice.edit(path, locality="Ica").status_code == 302
    asked = alice.edit(path, email="ana@example.org")
    assert ADDRESS in text(asked)
    assert alice.post(path, alice.sheet(asked, again="1")).status_code == 302
    assert alice.typed(path)["email"] == "ana@example.org"


def test_people_out_of_sight_are_not_named(house, browse, alice):
    with house.open() as make:
        bob, congress = make.user("Bob"), make.congress()
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.person("Eva", "Soto", congress=make.congress())
    answer = browse(bob).edit("/people/new", given_name="Eva", family_name="Soto")
    assert answer.status_code == 302


@pytest.mark.parametrize("country", ["PE", "CL"])
def test_a_second_organization_of_a_name_is_asked_about(house, alice, country):
    typed = {"name": "DÓCKERS", "country": country, "website": "nowhere"}
    asked = alice.edit("/organizations/new", **typed)
    assert "An organization with this name is already recorded." in text(asked)
    assert 'href="/organizations/1"' in text(asked)
    assert 'id="website-error"' in text(asked)
    assert alice.post("/organizations/new", alice.sheet(asked, website="", again="1")).status_code == 302
    assert count(house, Organization) == 2
    assert alice.edit("/organizations/2/edit", sector="docks").status_code == 302
