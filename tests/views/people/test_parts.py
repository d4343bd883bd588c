"""Contact details, memberships and other names on the page of a person."""

import re

import pytest

from app import clock
from app.models.accounts.accounts import Role
from tests.factories import utc
from tests.views.pages import text
from tests.views.test_history import history_on


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    return browse(alice)


@pytest.fixture
def person(house):
    with house.open() as make:
        return f"/people/{make.person('Rosa', 'Luz').id}"


def undo(page):
    return re.search(r'action="(/[^"]*undo/\d+)"', page)[1]


def test_a_person_can_have_several_phones_with_notes_and_dates(alice, person):
    for value, note, last in (("+58 212 5550142", "evenings", ""), ("+58 212 5550143", "", "2025-01-31")):
        data = {"type": "phone", "value": value, "note": note, "valid_until": last}
        alice.post(f"{person}/contact-details/new", data)
    page = text(alice.get(person))
    assert "Phone · evenings" in page
    assert "Phone · until January 31, 2025" in page
    removed = alice.post(f"{person}/contact-details/1/remove", {"idempotency_key": "k"})
    page = text(alice.get(removed.location))
    assert "evenings" not in page
    alice.post(undo(page), {})
    assert "Phone · evenings" in text(alice.get(person))


def test_an_email_goes_to_the_address_that_is_in_use(house, alice, person):
    for value, first, last in (
        ("old@example.org", "", "2025-01-31"),
        ("now@example.org", "2025-02-01", ""),
        ("later@example.org", "2027-01-01", ""),
    ):
        data = {"type": "email", "value": value, "valid_from": first, "valid_until": last}
        assert alice.post(f"{person}/contact-details/new", data).status_code == 302
    with clock.travel(utc("2026-01-01 00:00")):
        assert 'value="now@example.org"' in alice.get(f"{person}/edit").text


@pytest.mark.parametrize(
    ("data", "field", "error"),
    [
        ({"type": "email", "value": "no address"}, "value", "@"),
        ({"type": "phone", "value": ""}, "value", ""),
        (
            {"type": "phone", "value": "1", "valid_from": "2025-02-01", "valid_until": "2025-01-01"},
            "valid_until",
            "The last day is before the first day.",
        ),
    ],
)
def test_a_wrong_contact_detail_has_its_error_beside_the_field(alice, person, data, field, error):
    answer = alice.post(f"{person}/contact-details/new", data)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text or f'aria-describedby="{field}' in answer.text
    assert error in text(answer)


def test_a_membership_names_its_dates_and_on_whose_behalf(house, alice, person):
    with house.open() as make:
        federation = make.organization("Federation of Ports", country="CL")
        union = make.organization("Union of Dockers", country="CL")
    data = {
        "organization": federation.name, "on_behalf_of": union.name, "post": "Treasurer",
        "start_date": "2024-03-01", "end_date": "2025-06-30",
    }  # fmt: skip
    assert alice.post(f"{person}/memberships/new", data).status_code == 302
    page = text(alice.get(person))
    assert "Treasurer · on behalf of Union of Dockers · March 1, 2024 – June 30, 2025" in page
    refused = alice.post(f"{person}/memberships/new", data | {"on_behalf_of": federation.name})
    assert refused.status_code == 422
    assert "Choose another organization than the one that the person belongs to." in text(refused)


def test_a_person_is_found_by_the_name_in_the_passport(alice, person):
    assert "Rosa Luz" not in text(alice.get("/people?q=Rozalia"))
    alice.post(f"{person}/names/new", {"kind": "passport", "name": "Rozália Lúz"})
    assert "Rosa Luz" in text(alice.get("/people?q=rozalia"))
    again = alice.post(f"{person}/names/new", {"kind": "passport", "name": "Another"})
    assert again.status_code == 422
    assert "A name of this kind is already recorded. Edit that one." in text(again)
    alice.post(f"{person}/names/1/edit", {**sheet(alice, f"{person}/names/1/edit"), "name": "Rosalía"})
    assert "Rosa Luz" in text(alice.get("/people?q=rosalia"))
    assert "Rosa Luz" not in text(alice.get("/people?q=rozalia"))


def sheet(browser, path):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', browser.get(path).text)) | {
        "kind": "passport"
    }


def test_a_family_name_can_come_first(alice, person):
    data = {"given_name": "Haruko", "family_name": "Tanaka", "family_name_first": "y", "subject": ""}
    page = text(alice.get(alice.post("/people/new", data).location))
    assert "<bdi>Tanaka Haruko</bdi>" in page


def test_the_history_tells_what_changed_but_no_address_and_no_document(alice, person):
    alice.post(f"{person}/contact-details/new", {"type": "signal", "value": "rosa.77", "note": ""})
    alice.post(f"{person}/names/new", {"kind": "passport", "name": "Rozália"})
    history = history_on(alice, person)
    assert "Contact details: changed" in history
    assert "Other names" in history
    assert "rosa.77" not in history
    assert "Rozália" not in history


def test_a_part_is_found_only_under_its_own_person(house, alice, person):
    with house.open() as make:
        other = make.person("Ana")
        detail, name, membership = make.contact_detail(other), make.other_name(other), make.membership(other)
    for path in (
        f"contact-details/{detail.id}/edit", f"contact-details/{detail.id}/remove", f"names/{name.id}/remove",
        f"memberships/{membership.id}/edit",
    ):  # fmt: skip
        assert alice.post(f"{person}/{path}", {}).status_code == 404, path
