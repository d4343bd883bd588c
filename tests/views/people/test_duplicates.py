"""The pages of possible duplicates, and the question while someone types."""

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text

DISMISS = "/people/duplicates/1/dismiss"


@pytest.fixture
def people(house):
    """Rosa in a congress and Rosa in a campaign, and the pair that they are."""
    with house.open() as make:
        congress, campaign = make.congress(), make.campaign()
        union = make.organization("Dockers", "PE")
        one = make.person("Rosa", "Quispe", congress=congress, organization=union, phone="+51 999 123 456")
        two = make.person("Rosa", "Quispe Mamani", campaign=campaign, phone="+51 999 123 456")
        make.person_pair(one, two)
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.COORDINATOR)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, congress=congress)
    return {"alice": alice, "bob": bob, "charlie": charlie}


def test_a_pair_is_listed_with_its_evidence_for_those_who_see_both(people, browse):
    for name in ("alice", "bob"):
        page = text(browse(people[name]).get("/people/duplicates"))
        assert "<bdi>Dockers</bdi>" in page
        assert "Almost certain: same name, same phone number." in page
    page = text(browse(people["charlie"]).get("/people/duplicates"))
    assert "No duplicates were found." in page
    assert "Rosa" not in page
    assert browse(people["charlie"]).post(DISMISS).status_code == 404


def test_a_dismissed_pair_is_no_longer_listed_and_can_be_suggested_again(people, browse):
    bob = browse(people["bob"])
    bob.post(DISMISS)
    assert "Rosa Quispe" not in text(bob.get("/people/duplicates"))
    assert "Rosa Quispe Mamani" in text(bob.get("/people/duplicates?show=dismissed"))
    bob.post("/people/duplicates/1/restore")
    assert "Rosa Quispe Mamani" in text(bob.get("/people/duplicates"))


def test_who_types_a_similar_person_is_asked_about_those_they_may_see(people, browse):
    typed = {"given_name": "R.", "family_name": "Quispe", "phone": "999123456", "country": "PE"}
    asked = browse(people["alice"]).edit("/people/new", **typed)
    assert asked.status_code == 422
    page = text(asked)
    assert "Is it one of these?" in page
    assert "only an initial, same phone number" in page
    assert "Rosa Quispe Mamani" in page
    page = text(browse(people["charlie"]).edit("/people/new", subject="congress:1", **typed))
    assert "Rosa Quispe (Dockers)" in page
    assert "Mamani" not in page


def test_who_types_a_similar_organization_is_asked(people, browse, house):
    with house.open() as make:
        make.organization("Unión de Trabajadores del Puerto", "CL", acronym="UTP")
    typed = {"name": "Union Trabajadores Puerto", "acronym": "U.T.P.", "country": "CL", "classification": "union"}
    asked = browse(people["alice"]).edit("/organizations/new", **typed)
    assert "same acronym" in text(asked)
    again = browse(people["alice"]).sheet(asked, again="1")
    assert browse(people["alice"]).post("/organizations/new", again).status_code == 302
