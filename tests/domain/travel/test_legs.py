"""Legs: local times, time zones, and what is invalid."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app import times
from app.domain import undo
from app.domain.recording import recording
from app.domain.travel import legs, places
from app.domain_errors import DomainError, UndecidedError
from app.extensions import db
from app.models.accounts.undo import UndoEntry
from app.models.travel.journeys import Leg, LegStatus
from app.queries.accounts import audit
from app.queries.travel import hits
from tests.factories import local, utc


def test_times_are_local_to_their_places(make):
    leg = make.leg(make.delegation(make.congress()), "MEX", "CCS", "2025-12-09 08:00", "2025-12-09 15:30")
    assert leg.departs_at == utc("2025-12-09 14:00")
    assert leg.arrives_at == utc("2025-12-09 19:30")


def test_a_leg_may_arrive_at_an_earlier_local_time_in_another_zone(make):
    leg = make.leg(make.delegation(make.congress()), "MAD", "BOG", "2025-12-09 15:10", "2025-12-09 15:00")
    assert leg.arrives_at > leg.departs_at


def test_a_leg_that_arrives_before_it_departs_across_zones_is_rejected_on_its_field(make):
    with pytest.raises(DomainError) as caught:
        make.leg(make.delegation(make.congress()), "BOG", "MAD", "2025-12-09 15:00", "2025-12-09 20:30")
    assert caught.value.field == "arrives"
    assert caught.value.values["there"] == datetime.fromisoformat("2025-12-09T21:00")


def test_the_cost_of_a_leg_has_a_currency(make):
    delegation = make.delegation(make.congress())
    with pytest.raises(DomainError) as caught:
        make.leg(delegation, cost=Decimal(0), currency="")
    assert caught.value.field == "currency"
    leg = make.leg(delegation, cost=Decimal("1200.50"), currency="USD")
    assert (leg.cost, leg.currency) == (Decimal("1200.50"), "USD")


def test_a_leg_that_lasts_a_month_is_rejected_as_a_typing_error(make):
    with pytest.raises(DomainError, match="more than"):
        make.leg(make.delegation(make.congress()), "BOG", "CCS", "2025-11-09 15:00", "2025-12-09 20:30")


def test_a_leg_that_ends_where_it_begins_is_rejected(make):
    with pytest.raises(DomainError) as caught:
        make.leg(make.delegation(make.congress()), "BOG", "BOG")
    assert caught.value.field == "destination"


def test_a_skipped_hour_is_rejected_and_an_ambiguous_one_must_be_chosen(make):
    with pytest.raises(DomainError, match="does not exist"):
        times.to_instant(local("2026-03-29 02:30"), "Europe/Madrid", "departs")
    with pytest.raises(UndecidedError):
        times.to_instant(local("2025-10-26 02:30"), "Europe/Madrid", "departs")


def test_a_closure_in_the_first_occurrence_of_an_hour_does_not_affect_a_leg_in_the_second(make):
    congress = make.congress()
    delegation = make.delegation(congress)
    make.problem(congress, "2025-10-25 20:00", "2025-10-26 00:59", kind="country", country="ES")
    missed = make.leg(delegation, "MAD", "BOG", "2025-10-26 02:30+02:00", "2025-10-26 09:00")
    safe = make.leg(delegation, "MAD", "BOG", "2025-10-26 02:30+01:00", "2025-10-26 09:00")
    assert hits.leg_ids(congress.id) == {missed.id}
    assert safe.departs_at == utc("2025-10-26 01:30")


def test_the_first_leg_creates_the_journey_and_legs_in_the_same_direction_share_it(make):
    delegation = make.delegation(make.congress())
    first, second = make.leg(delegation), make.leg(delegation, "MEX", "BOG", "2025-12-09 10:00", "2025-12-09 15:00")
    assert first.journey_id == second.journey_id


def test_a_place_recorded_twice_is_one_place(make):
    assert make.place("BOG").id == make.place("BOG").id


def test_a_code_belongs_to_one_place(make):
    make.place("BOG")
    with pytest.raises(DomainError) as caught:
        places.add_place(name="Boston", kind="airport", code="bog", country="US", timezone="America/New_York")
    assert caught.value.field == "code"


def test_completing_a_leg_completes_the_earlier_ones(make):
    leg = make.leg(make.delegation(make.congress()))
    legs.set_leg_status(leg, LegStatus.DONE)
    assert leg.status == LegStatus.DONE


def test_a_new_leg_does_not_inherit_the_history_of_a_removed_one_whose_number_it_gets(make):
    delegation = make.delegation(make.congress())
    leg = make.leg(delegation, status=LegStatus.CANCELLED)
    legs.set_leg_status(leg, LegStatus.BOOKED)
    legs.delete_leg(leg)
    new = make.leg(delegation)
    assert [entry.verb for entry in audit.of(new)] == ["added"]


def test_undoing_the_removal_of_a_leg_restores_its_history(make):
    leg = make.leg(make.delegation(make.congress()), status=LegStatus.BOOKED)
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    with recording("legs.delete", "CCS", by=None):
        legs.delete_leg(leg)
    undo.undo(db.session.scalars(select(UndoEntry)).one(), by=make.user())
    restored = db.session.scalars(select(Leg)).one()
    assert legs.status_before(restored, LegStatus.CANCELLED) is LegStatus.BOOKED


def test_the_previous_status_of_a_leg_is_known_after_other_changes(make):
    delegation = make.delegation(make.congress())
    leg = make.leg(delegation, status=LegStatus.PLANNED)
    for status in (LegStatus.BOOKED, LegStatus.CANCELLED):
        legs.set_leg_status(leg, status)
    legs.update_leg(leg, delegation, make.leg_values(carrier="Copa", status=LegStatus.CANCELLED))
    assert legs.status_before(leg, LegStatus.CANCELLED) is LegStatus.BOOKED
    assert legs.status_before(leg, LegStatus.BOOKED) is LegStatus.PLANNED
    other = make.leg(delegation, "CCS", "BOG", "2025-12-14 10:00", "2025-12-14 12:00", status=LegStatus.CANCELLED)
    assert legs.status_before(other, LegStatus.CANCELLED) is LegStatus.PLANNED


ZONES = sorted(zone for zone in available_timezones() if zone.startswith(("America/", "Europe/", "Africa/", "Asia/")))


@given(
    zone=st.sampled_from(ZONES),
    wall=st.datetimes(datetime(1980, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001 - a clock on the wall
)
def test_a_local_time_survives_the_round_trip_or_is_rejected_because_it_does_not_exist(zone, wall):
    wall = wall.replace(second=0, microsecond=0)
    try:
        instant = times.to_instant(wall, zone, "departs")
    except UndecidedError:
        assert len(times.Local(wall, zone, "departs").instants()) == 2
    except DomainError:
        shown = {(wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)) for fold in (0, 1)}
        assert all(times.to_local(instant, zone) != wall for instant in shown)
    else:
        assert times.to_local(instant, zone) == wall


@given(
    zone=st.sampled_from(ZONES),
    after=st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
)
def test_the_next_weekly_hour_is_at_most_eight_days_later_and_on_its_weekday(zone, after, weekday, hour):
    following = times.next_weekly(after, zone, weekday, hour)
    assert after < following <= after + timedelta(days=8)
    assert following.astimezone(ZoneInfo(zone)).weekday() == weekday


def test_a_leg_without_a_carrier_has_the_one_that_its_number_means(make):
    make.carrier("Iberia", "IB", "IBE", "ES")
    delegation = make.delegation(make.congress())
    leg = make.leg(delegation, carrier=None, number="IB6845")
    typed = make.leg(delegation, carrier="Plus Ultra", number="IB6845")
    unknown = make.leg(delegation, carrier=None, number="17")
    db.session.expire_all()
    assert [one.carrier_name for one in (leg, typed, unknown)] == ["Iberia", "Plus Ultra", None]
