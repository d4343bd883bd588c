"""Other names, contact details and people on the page of an organization."""

import re

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text


@pytest.fixture
def story(house):
    with house.open() as make:
        bob, charlie = make.user("Bob"), make.user("Charlie")
        congress, elsewhere = make.congress("Lima"), make.congress("Elsewhere")
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.ORGANIZER, congress=elsewhere)
        docks = make.organization("Union of Docks")
        person = make.person("Rosa", "Jacaranda", congress=congress)
        make.membership(person, organization=docks, post="Treasurer")
        return {"bob": bob, "charlie": charlie, "path": f"/organizations/{docks.id}"}


def test_an_organization_is_found_by_another_name_until_it_is_removed_and_again_when_that_is_undone(browse, story):
    bob = browse(story["bob"])
    bob.post(f"{story['path']}/names/new", {"kind": "former", "name": "Sindicato Estrella"})
    assert "Union of Docks" in text(bob.get("/organizations?q=estrella"))
    removed = bob.post(f"{story['path']}/names/1/remove", {"idempotency_key": "k"})
    page = bob.get(removed.location).text
    assert "Union of Docks" not in text(bob.get("/organizations?q=estrella"))
    bob.post(re.search(r'action="(/[^"]*undo/\d+)"', page)[1], {})
    assert "Union of Docks" in text(bob.get("/organizations?q=estrella"))


def test_an_organization_has_typed_addresses_with_notes_and_dates(browse, story):
    bob = browse(story["bob"])
    for kind, value, note in (
        ("address", "12 Harbor Road, Callao", "head office"),
        ("email", "Office@Docks.example", ""),
        ("website", "https://docks.example.org", ""),
    ):
        data = {"type": kind, "value": value, "note": note, "valid_until": "2030-01-31"}
        assert bob.post(f"{story['path']}/contact-details/new", data).status_code == 302
    answer = bob.get(story["path"])
    assert "Postal address · head office · until January 31, 2030" in text(answer)
    assert 'href="mailto:office@docks.example"' in answer.text
    assert 'href="https://docks.example.org"' in answer.text


@pytest.mark.parametrize(("kind", "value"), [("email", "no address"), ("website", "javascript:alert(1)")])
def test_a_wrong_address_has_its_error_beside_the_field(browse, story, kind, value):
    answer = browse(story["bob"]).post(f"{story['path']}/contact-details/new", {"type": kind, "value": value})
    assert answer.status_code == 422
    assert 'id="value-error"' in answer.text or 'aria-describedby="value' in answer.text


def test_the_people_of_an_organization_are_listed_only_for_those_who_can_see_them(browse, story):
    assert "Jacaranda" in text(browse(story["bob"]).get(story["path"]))
    for_charlie = text(browse(story["charlie"]).get(story["path"]))
    assert "Jacaranda" not in for_charlie
    assert "Treasurer" not in for_charlie
    assert "Nobody whom you can see." in for_charlie
