"""What the house enters about countries: checked, kept with a history, removed and restored."""

from datetime import date, timedelta

import pytest

from app import clock
from app.domain.travel import border_facts
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.travel.border_facts import EntryRequirement
from app.queries.travel import border_facts as queries
from tests.factories import utc

NOW = utc("2025-12-09 12:00")


@pytest.fixture(autouse=True)
def then(at):
    at(NOW)


def test_a_rule_is_recorded_once_for_a_passport_and_a_country_and_restored_when_recorded_again(make):
    rule = make.entry_rule("MX", "VE", days=90)
    with pytest.raises(DomainError) as error:
        make.entry_rule("MX", "VE")
    assert error.value.field == "passport"
    border_facts.remove(rule, by=None)
    assert queries.of_countries(["VE"])["VE"].rules == []
    again = make.entry_rule("MX", "VE", requirement=EntryRequirement.BEFORE_TRAVEL, days=30)
    assert (again.id, again.removed_at, again.days) == (rule.id, None, 30)
    verbs = [one.verb for one in db.session.query(AuditEntry).filter_by(subject="entry_rules").order_by(AuditEntry.id)]
    assert verbs == ["recorded", "removed", "restored", "changed"]


def test_a_country_has_no_rule_for_its_own_citizens_and_none_is_checked_in_the_future(make):
    with pytest.raises(DomainError) as own:
        make.entry_rule("VE", "VE")
    with pytest.raises(DomainError) as future:
        make.entry_rule(checked_on=date(2025, 12, 12))
    assert (own.value.field, future.value.field) == ("passport", "checked_on")


@pytest.mark.parametrize(("typed", "stored"), [("601 555 0100", "+576015550100"), ("123", "123"), (None, None)])
def test_numbers_are_stored_as_they_are_dialed_from_anywhere_and_short_ones_as_they_are(make, typed, stored):
    assert make.country_contact("CO", phone=typed).phone == stored


def test_a_number_that_cannot_be_dialed_is_refused(make):
    with pytest.raises(DomainError) as error:
        make.country_contact("CO", phone="ask Ana")
    assert error.value.field == "phone"


def test_a_note_on_a_crossing_belongs_to_a_country_on_one_of_its_sides(make):
    crossing = make.crossing()
    assert make.border_note("VE", crossing=crossing).crossing is crossing
    with pytest.raises(DomainError) as error:
        make.border_note("MX", crossing=crossing)
    assert error.value.field == "crossing"


def test_facts_are_stale_after_half_a_year_and_removed_ones_are_deleted_after_a_month(make, at):
    note = make.border_note(checked_on=clock.now().date() - timedelta(days=183))
    assert not queries.is_stale(note)
    at(NOW + timedelta(days=1))
    assert queries.is_stale(note)
    border_facts.remove(note, by=None)
    at(NOW + timedelta(days=40))
    border_facts.sweep()
    assert queries.removed() == []
    assert not db.session.query(type(note)).count()
