"""Border information on its pages: organizers of any congress enter it, and what is removed can be restored."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.travel.border_facts import CountryContact, EntryRule
from tests.views.pages import text


@pytest.fixture
def bob(house, browse):
    with house.open() as make:
        user = make.user("Bob")
        make.grant(user, Role.ORGANIZER, congress=make.congress())
    return browse(user)


def rules(house):
    with house.open():
        return [(one.passport, one.country, one.days) for one in db.session.query(EntryRule).filter_by(removed_at=None)]


def test_a_rule_is_entered_shown_removed_and_restored(house, bob):
    page = "/border-information/VE"
    assert "each traveler has to check" in text(bob.get(page))
    typed = bob.typed(
        f"{page}/rules/new",
        passport="MX",
        requirement="not_needed",
        days="90",
        source="Consulate",
        checked_on="2025-01-05",
    )
    assert bob.post(f"{page}/rules/new", typed).status_code == 302
    assert rules(house) == [("MX", "VE", 90)]
    shown = text(bob.get(page))
    assert "no visa needed" in shown
    assert "Consulate</bdi> · checked on January 5, 2025" in shown
    one = "/border-information/rules/1"
    assert "no longer on any border card" in text(bob.get(f"{one}/remove"))
    bob.post(f"{one}/remove")
    assert rules(house) == []
    assert "Venezuela: Passport of Mexico" in text(bob.get("/removed"))
    bob.post(f"{one}/bring-back")
    assert rules(house) == [("MX", "VE", 90)]


def test_wrong_input_has_its_error_beside_the_field_and_is_kept(house, bob):
    page = "/border-information/VE/contacts/new"
    answer = bob.post(page, bob.typed(page, name="Police", phone="ask Ana", source="Ana", checked_on="2999-01-01"))
    shown = text(answer)
    assert answer.status_code == 422
    assert 'id="phone-error"' in shown
    assert 'id="checked_on-error"' in shown
    assert 'value="ask Ana"' in shown
    with house.open():
        assert not db.session.query(CountryContact).count()


def test_a_country_that_is_none_and_a_reader_without_a_role_see_nothing(house, browse, bob):
    with house.open() as make:
        charlie, member = make.user("Charlie"), make.user("Member")
        make.grant(member, Role.MEMBER, congress=make.congress())
    assert bob.get("/border-information/XY").status_code == 404
    for path in ("/border-information", "/border-information/VE"):
        assert [browse(one).get(path).status_code for one in (charlie, member)] == [404, 403]


def test_countries_with_facts_are_listed_and_found_by_name(house, bob):
    with house.open() as make:
        make.country_contact("VE")
        make.border_note("CO")
    shown = text(bob.get("/border-information", query_string={"q": "Colômbia"}))
    assert "1 note" in shown
    assert "1 contact" not in shown


def test_source_and_day_are_kept_for_the_next_fact_and_a_day_that_is_none_is_not(bob):
    page = "/border-information/VE/notes/new?source=Consulate&checked_on="
    kept = bob.get(f"{page}2025-01-05").get_data(as_text=True)
    assert 'value="2025-01-05"' in kept
    assert 'value="Consulate"' in kept
    assert bob.get(f"{page}yesterday").status_code == 200
