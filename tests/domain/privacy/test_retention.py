"""Periods: when they count, what a night does, and that it never does anything too early or twice."""

import logging
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import clock
from app.domain.privacy import retention
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.jobs.privacy import sweep_retention
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.campaigns.campaigns import CampaignStatus
from app.models.congress.congresses import CongressStatus
from app.models.mail.deliveries import MailboxLetter
from app.models.oversight.lines import LogLine
from app.models.people.people import Person
from app.models.privacy.retention import RetentionKind, RetentionPeriod, RetentionRound
from app.queries.privacy import retention as retention_queries
from app.queries.privacy.retention_rules import RULES
from app.queries.privacy.retention_ties import Cutoff
from tests.domain.privacy.periods import due, keep, swept
from tests.factories import utc

KIND = RetentionKind.NATIONALITIES
NIGHT = utc("2026-03-01 03:00")


@pytest.fixture
def traveler(make, at):
    """Somebody with a nationality whose only congress was over in December 2025."""
    at(utc("2025-11-01 12:00"))
    traveler = make.person(congress=make.congress(), nationality="CO")
    at(NIGHT)
    return traveler


def test_the_first_night_only_announces_and_deletes_nothing(traveler, at):
    assert not sweep_retention.sweep()
    assert traveler.nationality == "CO"
    assert {one.kind for one in retention_queries.periods().values()} == set(RULES)
    assert [one.kind for one in retention_queries.coming() if one.due] == [KIND]
    at(NIGHT + timedelta(days=6, hours=23))
    assert not sweep_retention.sweep()
    at(NIGHT + timedelta(days=8))
    assert sweep_retention.sweep() == {KIND: 1}
    assert traveler.nationality is None
    assert not retention_queries.coming()


def test_the_page_promises_the_night_in_which_it_happens(traveler, at):
    at(NIGHT - timedelta(hours=1))
    promised = retention_queries.line(KIND).sweep_at
    at(NIGHT)
    sweep_retention.sweep()
    assert retention_queries.line(KIND).sweep_at == promised
    at(promised - timedelta(days=1))
    assert not sweep_retention.sweep()
    at(promised)
    assert sweep_retention.sweep() == {KIND: 1}


def test_a_shorter_period_counts_after_a_week_and_a_longer_one_at_once(make, at):
    at(NIGHT)
    keep(KIND, 100)
    assert retention.change(KIND, 50).days_at(clock.now()) == 100
    at(NIGHT + timedelta(days=3))
    assert retention.change(KIND, 40).days_at(clock.now() + timedelta(days=7)) == 100
    at(NIGHT + timedelta(days=11))
    assert retention_queries.period(KIND).days_at(clock.now()) == 40
    assert retention.change(KIND, 60).days_at(clock.now()) == 60
    assert retention.change(KIND, None).days_at(clock.now()) is None
    assert retention.change(KIND, 60).days_at(clock.now()) is None


def test_a_period_set_before_the_first_night_waits_like_a_default(make, at):
    at(NIGHT)
    retention.change(KIND, 400)
    retention.announce()
    assert retention_queries.period(KIND).days == 400
    assert retention_queries.period(KIND).days_at(clock.now()) is None


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_a_period_is_at_least_a_day_and_at_most_a_hundred_years(make, days):
    with pytest.raises(DomainError):
        retention.change(KIND, days)


def test_the_history_of_the_settings_tells_who_changed_a_period(make):
    retention.change(KIND, 60)
    retention.change(KIND, 60)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "house_settings")).unique().one()
    assert (entry.before, entry.after) == ({"retention": [[KIND, 30]]}, {"retention": [[KIND, 60]]})


def test_a_night_is_swept_once_and_by_one_worker(traveler, at):
    keep(KIND, 30)
    token = retention.claim()
    db.session.commit()
    assert token
    assert not sweep_retention.sweep()
    at(clock.now() + retention.LEASE + timedelta(seconds=1))  # that worker was killed
    assert sweep_retention.sweep() == {KIND: 1}
    assert not retention.note(token, KIND, 1)
    assert db.session.get(RetentionRound, NIGHT.date()).counts == {KIND: 1}
    assert retention.claim() is None
    at(NIGHT + timedelta(days=1))
    assert not sweep_retention.sweep()


def test_a_kind_that_fails_does_not_keep_the_others_from_being_swept(traveler, at, monkeypatch, caplog):
    keep(KIND, 30)
    keep(RetentionKind.LOG_VALUES, 30)
    db.session.commit()
    sweep_some = retention.sweep_some

    def failing(kind):
        if kind is KIND:
            raise RuntimeError
        return sweep_some(kind)

    monkeypatch.setattr(retention, "sweep_some", failing)
    with caplog.at_level(logging.CRITICAL):
        assert list(sweep_retention.sweep()) == [RetentionKind.LOG_VALUES]
    monkeypatch.undo()
    assert sweep_retention.sweep() == {KIND: 1}


def test_a_batch_has_one_line_in_the_audit_log_with_its_kind_and_no_values(make, traveler):
    for _ in range(2):
        make.person(congress=traveler.participations[0].congress, nationality="MX", family_name="Ríos")
    keep(KIND, 30)
    db.session.commit()
    before = db.session.scalar(select(LogLine.number).order_by(LogLine.number.desc()))
    assert swept(KIND) == 3
    db.session.commit()
    [line] = db.session.scalars(select(LogLine).where(LogLine.number > before)).all()
    assert (line.table_name, line.fields, line.row_count, line.commitment) == ("people", "nationality", 3, None)
    assert line.way.endswith(": nationalities")


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PLACES = st.lists(
    st.tuples(st.sampled_from(["congress", "campaign"]), DAYS, st.sampled_from(["over", "on", "no end"])), min_size=1, max_size=4
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=PLACES, days=st.integers(1, 400), distance=st.integers(-500, 500))
def test_nothing_is_due_before_the_latest_end_and_the_period_nor_while_anything_is_on(make, at, places, days, distance):
    at(datetime(2025, 6, 1, tzinfo=UTC))
    person = make.person(nationality="CO")
    for number, (kind, end, state) in enumerate(places):
        dates = {"start_date": end - timedelta(days=3), "end_date": end}
        if kind == "congress":
            status = CongressStatus.POSTPONED if state == "on" else CongressStatus.CONFIRMED
            make.seat(make.delegation(make.congress(**dates, status=status), delegates=0), person)
        else:
            dates |= {"end_date": None} if state == "no end" else {}
            status = CampaignStatus.RUNNING if state == "on" else CampaignStatus.ENDED
            make.brigade_member(make.brigade(make.campaign(f"{number} {person.id}", **dates, status=status)), person)
    is_held = any(state == "on" or (kind, state) == ("campaign", "no end") for kind, _end, state in places)
    latest = max(end for _kind, end, _state in places)
    over_everywhere = datetime(latest.year, latest.month, latest.day, tzinfo=UTC) + timedelta(hours=36)
    at(over_everywhere + timedelta(days=days, minutes=distance))
    found = select(Person.id).where(Person.id == person.id, RULES[KIND].parts[0].due(Cutoff.of(days)))
    assert bool(db.session.scalar(found)) is (not is_held and distance >= 0)


@pytest.mark.parametrize("held", ["running", "without a last day", "postponed"])
def test_whatever_is_still_on_holds_everything_however_long_ago_it_should_have_ended(make, at, held):
    at(utc("2025-06-01 12:00"))
    past = {"start_date": date(2025, 12, 1), "end_date": date(2025, 12, 3)}
    place = {
        "running": lambda: {"campaign": make.campaign(**past)},
        "without a last day": lambda: {"campaign": make.campaign(status=CampaignStatus.ENDED)},
        "postponed": lambda: {"congress": make.congress(**past, status=CongressStatus.POSTPONED)},
    }[held]()
    make.person(nationality="CO", **place)
    at(utc("2030-01-01 12:00"))
    assert due(KIND, 30) == 0


def test_a_night_ends_even_if_a_rule_never_does(traveler, monkeypatch):
    keep(KIND, 30)
    db.session.commit()
    monkeypatch.setattr(sweep_retention, "_MOST_BATCHES", 3)
    monkeypatch.setattr(retention, "sweep_some", lambda kind: int(kind is KIND))
    assert sweep_retention.sweep() == {KIND: 3}


def test_a_congress_in_the_last_time_zone_is_waited_for(make, at):
    at(utc("2025-11-01 12:00"))
    make.person(congress=make.congress(timezone="Etc/GMT+12"), nationality="CO")
    at(utc("2026-01-13 11:59"))  # 30 days after the end of December 13 there
    assert due(KIND, 30) == 0
    at(utc("2026-01-13 12:00"))
    assert due(KIND, 30) == 1


def test_without_a_period_nothing_is_ever_due(traveler):
    keep(KIND, None)
    assert swept(KIND) == due(KIND, None) == 0
    assert db.session.scalars(select(RetentionPeriod)).one().days is None


def test_admins_are_told_by_one_letter_what_will_be_deleted_with_numbers_only(traveler, make, at):
    make.grant(make.user("Ada", email="ada@example.org"), Role.ADMIN)
    make.user("Bob", email="bob@example.org")
    retention.announce()
    retention.change(RetentionKind.BOOKING_REFERENCES, 1)
    db.session.commit()
    at(retention_queries.next_sweep(clock.now()) + retention.TOLD_AFTER)
    deliver_due()
    [letter] = db.session.scalars(select(MailboxLetter)).all()
    content = message_from_bytes(letter.content, policy=policy.default).get_body(("plain",)).get_content()
    assert letter.recipient == "ada@example.org"
    assert "Nationalities of people: 1 record, " in content
    assert traveler.given_name not in content
