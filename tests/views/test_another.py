"""Entering several records in a row: "Save and add another" opens the next form with shared values filled in."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.people.people import Person
from tests.views.pages import text


@pytest.fixture
def delegation(house):
    with house.open() as make:
        for code in ("BOG", "CCS", "CUC"):
            make.place(code)
        return make.delegation(make.congress(), "CO", delegates=0, organization=make.organization("Dockers", "CO"))


def filled(page, name):
    """Return the value of a field of a page: its text, or the chosen value."""
    field = re.search(rf'<(input|select)[^>]* name="{name}".*?(?=</div>)', page, re.DOTALL)
    assert field, name
    if field[1] == "select":
        chosen = re.search(r'<option selected value="([^"]*)"', field[0])
        return chosen[1] if chosen else ""
    return re.search(r' value="([^"]*)"', field[0])[1]


def of(delegation, rest):
    return f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/{rest}"


def add_another(browser, path, data):
    answer = browser.post(path, data | {"another": "1"})
    assert answer.status_code == 302, re.findall(r'class="error"[^<]*', text(answer))
    return text(browser.get(answer.location))


LEG = {"journey": "out", "mode": "air", "status": "booked", "currency": "USD", "cost": "300"}
FORMS = [
    ("/organizations/new", {"name": "A", "classification": "commune", "country": "PE"}, {"country": "PE"}, "name"),
    ("/people/new", {"given_name": "Ana", "subject": "", "country": "PE"}, {"country": "PE"}, "given_name"),
    ("/places/new?back=/people", {"name": "Ica", "kind": "port", "country": "PE", "latitude": "-14", "longitude": "-75"},
     {"kind": "port", "country": "PE"}, "name"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "data", "same", "new"), FORMS)
def test_the_next_form_is_prefilled_with_values_that_are_usually_the_same(alice, path, data, same, new):
    page = add_another(alice, path, data)
    assert {name: filled(page, name) for name in same} == same
    assert filled(page, new) == ""
    assert "Save and add another" in page


@pytest.mark.parametrize(("path", "data", "same", "new"), FORMS)
def test_saving_without_adding_another_redirects_as_usual(alice, path, data, same, new):
    assert "/new" not in alice.post(path, data).location


def test_a_form_sent_with_either_button_is_the_same_form(house, alice):
    person = {"given_name": "Ana", "subject": "", "country": ""}
    alice.post("/people/new", person | {"idempotency_key": "k1", "another": "1"})
    assert "already been saved" in text(
        alice.get(alice.post("/people/new", person | {"idempotency_key": "k1"}).location)
    )
    assert "A person with this name is already recorded" in text(
        alice.post("/people/new", person | {"idempotency_key": "k2"})
    )
    with house.open():
        assert db.session.query(Person).count() == 1


def test_the_next_delegate_is_prefilled_with_the_organization_of_the_last(alice, delegation, house):
    with house.open() as make:
        other = make.organization("Miners", "PE")
    delegate = {"given_name": "Ana", "capacity": "observer", "organization": other.name, "country": "PE"}
    page = add_another(alice, of(delegation, "delegates/new"), delegate)
    assert filled(page, "organization") == "Miners (Peru)"
    assert (filled(page, "capacity"), filled(page, "country"), filled(page, "given_name")) == ("observer", "PE", "")


def test_an_organization_beyond_the_suggestions_is_prefilled_too(alice, house):
    with house.open() as make:
        for number in range(60):
            make.organization(f"A {number:02}")
        last = make.organization("Zapateros", "PE")
        person = make.person(organization=last)
    assert filled(text(alice.get(f"/people/{person.id}/edit")), "organization") == "Zapateros (Peru)"


def test_an_unknown_organization_in_the_address_is_rejected(alice):
    assert alice.get("/people/new?organization=999").status_code == 404
    assert filled(text(alice.get("/people/new?organization=x&country=%3Cb%3E")), "organization") == ""


def test_the_next_leg_starts_where_the_last_one_arrived(alice, delegation):
    leg = LEG | {"origin": "BOG", "departs": "2025-12-09T10:00", "destination": "CUC", "arrives": "2025-12-09T11:00"}
    page = add_another(alice, of(delegation, "legs/new"), leg)
    assert (filled(page, "journey"), filled(page, "origin")) == ("out", "Cúcuta (CUC), CO")
    assert (filled(page, "status"), filled(page, "currency"), filled(page, "cost")) == ("booked", "USD", "")


def test_after_arriving_at_the_congress_the_next_leg_belongs_to_the_return_journey(alice, delegation):
    leg = LEG | {"origin": "BOG", "departs": "2025-12-09T10:00", "destination": "CCS", "arrives": "2025-12-09T13:00"}
    page = add_another(alice, of(delegation, "legs/new"), leg)
    assert filled(page, "journey") == "back"
    assert filled(page, "origin").startswith("Caracas (CCS)")
    page = text(alice.get(of(delegation, "legs/new")))
    assert filled(page, "journey") == "back"


def test_the_return_of_a_separate_itinerary_starts_where_it_arrived(alice, house):
    with house.open() as make:
        delegation = make.delegation(make.congress(), "CO")
        party = make.party(delegation, delegation.delegates[0])
        make.leg(delegation, "BOG", "CCS", journey=party)
    page = text(alice.get(of(delegation, f"legs/new?journey={party.id}")))
    assert (filled(page, "journey"), filled(page, "origin")[:7]) == ("back", "Caracas")


def test_the_origin_field_suggests_places_in_the_country_of_departure(alice, delegation, house):
    with house.open() as make:
        make.service("CUC", "BOG")
    assert '<option value="Cúcuta (CUC), CO">' in text(alice.get(of(delegation, "legs/new")))


def test_the_next_action_has_the_same_delegations_and_assignee(alice, delegation, house):
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.ADMIN)
    action = {
        "title": "Book the bus", "assignee_id": bob.id, "due": f"{clock.now() + timedelta(days=9):%Y-%m-%dT10:00}", "remind_before_hours": "1",
        "priority": "high", "whom": "ticked", "delegations": [delegation.id],
    }  # fmt: skip
    page = add_another(alice, f"/follow-ups/new?congress={delegation.congress_id}", action)
    assert (filled(page, "assignee_id"), filled(page, "priority"), filled(page, "title")) == (str(bob.id), "high", "")
    assert re.search(rf'<input checked[^>]* value="{delegation.id}"', page)
