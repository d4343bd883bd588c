"""Save, Back, Save: a form that was changed after it created something offers to change what it created."""

import html

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.journeys import Leg
from app.models.travel.problems import RouteProblem
from tests.views.pages import text

FORMS = {
    "person": ("/people/new", Person, {"given_name": "Ana", "family_name": "Ruiz", "organization": "Dockers"}, {"locality": "Ica"}, "post"),
    "renamed person": ("/people/new", Person, {"given_name": "Ana"}, {"given_name": "Anna"}, "locality"),
    "organization": ("/organizations/new", Organization, {"name": "Miners", "country": "PE"}, {"sector": "mines"}, "acronym"),
    "congress": ("/congresses/new", Congress, {
        "title": "Peace", "locality": "Lima", "country": "PE", "timezone": "America/Lima",
        "start_date": "2026-03-01", "end_date": "2026-03-02", "status": "confirmed",
    }, {"title": "Land"}, "theme"),
    "delegation": ("/congresses/1/delegations/new", Delegation, {
        "organization": "Dockers", "country": "PE", "seats": "3", "status": "invited",
    }, {"seats": "4"}, "reason"),
    "leg": ("/congresses/1/delegations/1/legs/new", Leg, {
        "journey": "out", "mode": "air", "status": "planned", "origin": "BOG", "destination": "CCS",
        "departs": "2025-12-09T10:00", "arrives": "2025-12-09T13:00",
    }, {"departs": "2025-12-09T11:00"}, "number"),
    "problem": ("/congresses/1/problems/new", RouteProblem, {
        "kind": "country_airspace", "country": "VE", "cause": "airspace_closed", "starts": "2025-12-09T00:00",
    }, {"cause_detail": "ash"}, "reference"),
}  # fmt: skip
"""Address, what it creates, what is typed first, what is changed after going back, and a field that a colleague fills in."""


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
        make.delegation(make.congress(), delegates=0, organization=make.organization("Dockers", "PE"))
        for code in ("BOG", "CCS"):
            make.place(code)
    return browse(user)


def count(house, model):
    with house.open():
        enter_scope(EVERYTHING)
        return db.session.query(model).count()


def editor(answer):
    """Return the address of the button that applies the changes to what was saved."""
    page = answer.get_data(as_text=True)
    return html.unescape(page.partition('formaction="')[2].partition('"')[0])


@pytest.mark.parametrize(("path", "model", "typed", "changed", "other"), FORMS.values(), ids=FORMS)
def test_a_changed_form_that_was_saved_changes_what_it_created(house, alice, path, model, typed, changed, other):
    before = count(house, model)
    page = alice.typed(path, **typed)
    saved = alice.post(path, page)
    assert saved.status_code == 302, text(saved)
    sent = {**page.to_dict(), **changed}
    asked = alice.post(path, sent)
    assert asked.status_code == 422
    assert "You have already saved this page" in text(asked)
    kept = alice.sheet(asked)
    assert {name: kept[name] for name in (typed | changed)} == typed | changed
    assert count(house, model) == before + 1

    edit = editor(asked)
    alice.edit(edit, **{other: "by a colleague"})
    applied = alice.post(edit, kept)
    assert applied.status_code == 302, text(applied)
    stands = alice.typed(edit)
    assert {name: stands[name] for name in changed} == changed
    assert stands[other] == "by a colleague"
    assert count(house, model) == before + 1


def test_a_person_may_still_save_another_one_and_is_asked_once(house, alice):
    page = alice.typed("/people/new", given_name="Ana", family_name="Ruiz", organization="Dockers")
    alice.post("/people/new", page)
    asked = alice.post("/people/new", {**page.to_dict(), "organization": "", "email": "nobody"})
    assert "You have already saved this page" in text(asked)
    assert 'id="email-error"' in text(asked)
    wrong = alice.post("/people/new", alice.sheet(asked, again="1"))
    assert wrong.status_code == 422
    assert "You have already saved this page" not in text(wrong)
    assert alice.post("/people/new", alice.sheet(wrong, email="ana@example.org")).status_code == 302
    assert count(house, Person) == 2


def test_only_the_one_who_saved_it_is_led_to_what_was_saved(house, alice, browse):
    page = alice.typed("/people/new", given_name="Ana")
    alice.post("/people/new", page)
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.ADMIN)
    asked = browse(bob).post("/people/new", {**page.to_dict(), "given_name": "Eva"})
    assert "You have already saved this page" in text(asked)
    assert editor(asked) == ""
    assert "View what was saved" not in text(asked)
