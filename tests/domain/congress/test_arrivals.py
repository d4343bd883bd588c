"""Arrivals that delegates report themselves."""

from datetime import timedelta

import pytest

from app.domain.congress import arrivals, delegations
from app.domain_errors import DomainError
from app.extensions import db
from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import Direction, LegStatus
from app.queries.travel import hits
from tests.factories import minute, utc

NOW = utc("2025-12-10 18:00")


@pytest.fixture
def congress(make, at):
    at(NOW)
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    return make.delegation(congress, delegates=2)


@pytest.fixture
def way(make, delegation):
    """Two legs to the congress and one return leg."""
    return [
        make.leg(delegation, "MEX", "BOG", "2025-12-09 08:00", "2025-12-09 13:00"),
        make.leg(delegation),
        make.leg(delegation, "CCS", "MEX", "2025-12-14 10:00", "2025-12-14 15:00", direction=Direction.BACK),
    ]


def report(delegate, leg):
    db.session.expire_all()
    arrivals.report(delegate, leg)
    db.session.expire_all()


def arrived(delegation):
    return [one.arrived_at and minute(one.arrived_at) for one in delegation.delegates]


def test_arriving_on_the_last_leg_marks_all_its_travelers_as_arrived(delegation, way):
    report(delegation.delegates[0], way[1])
    assert arrived(delegation) == [NOW, NOW]
    assert delegation.status is DelegationStatus.ARRIVED
    assert [leg.status for leg in way] == [LegStatus.DONE, LegStatus.DONE, LegStatus.BOOKED]


def test_arriving_on_an_earlier_leg_marks_the_delegation_as_traveling(delegation, way):
    report(delegation.delegates[1], way[0])
    assert arrived(delegation) == [None, None]
    assert delegation.status is DelegationStatus.TRAVELING
    assert [leg.status for leg in way] == [LegStatus.DONE, LegStatus.BOOKED, LegStatus.BOOKED]


@pytest.mark.parametrize("status", [LegStatus.PLANNED, LegStatus.BOOKED, LegStatus.UNDER_WAY])
def test_an_arrival_completes_all_earlier_legs(make, congress, delegation, way, status):
    way[0].status = status
    problem = make.problem(congress, "2025-12-09 00:00", kind="place", country=None, place=make.place("MEX"))
    assert hits.impact(congress.id, problem.id).leg_ids == {way[0].id, way[2].id}
    report(delegation.delegates[0], way[1])
    assert way[0].status is LegStatus.DONE
    assert hits.impact(congress.id, problem.id).leg_ids == {way[2].id}


@pytest.mark.parametrize("status", [LegStatus.CANCELLED, LegStatus.MISSED])
def test_a_lost_leg_stays_lost_after_an_arrival(delegation, way, status):
    way[0].status = status
    report(delegation.delegates[0], way[1])
    assert way[0].status is status
    assert delegation.status is DelegationStatus.ARRIVED


def test_a_later_lost_leg_does_not_prevent_arrival(make, delegation, way):
    make.leg(delegation, "CCS", "POS", "2025-12-11 10:00", "2025-12-11 12:00", status=LegStatus.CANCELLED)
    report(delegation.delegates[0], way[1])
    assert delegation.status is DelegationStatus.ARRIVED


def test_an_arrival_on_a_leg_is_reported_once(delegation, way):
    report(delegation.delegates[0], way[0])
    with pytest.raises(DomainError):
        report(delegation.delegates[1], way[0])


def test_arriving_home_is_not_an_arrival_at_the_congress(delegation, way, at):
    at(way[2].arrives_at)
    report(delegation.delegates[0], way[2])
    assert arrived(delegation) == [None, None]
    assert delegation.status is DelegationStatus.ACCEPTED


def test_the_arrival_of_a_separate_itinerary_does_not_affect_the_others(make, delegation, way):
    first, second = delegation.delegates
    own = make.leg(delegation, "CUC", "CCS", journey=make.party(delegation, first))
    report(first, own)
    assert arrived(delegation) == [NOW, None]
    assert delegation.status is DelegationStatus.TRAVELING
    report(second, way[1])
    assert arrived(delegation) == [NOW, NOW]
    assert delegation.status is DelegationStatus.ARRIVED


def test_the_arrival_time_does_not_change_when_another_leg_is_reported(make, delegation, way, at):
    report(delegation.delegates[0], way[1])
    at(utc("2025-12-11 09:00"))
    late = make.leg(delegation, "POS", "CCS", "2025-12-11 01:00", "2025-12-11 03:00")
    report(delegation.delegates[0], late)
    assert arrived(delegation) == [NOW, NOW]


def test_a_late_report_does_not_change_an_arrived_delegation_to_traveling(delegation, way):
    delegations.set_status(delegation, DelegationStatus.ARRIVED)
    report(delegation.delegates[0], way[0])
    assert delegation.status is DelegationStatus.ARRIVED


def test_a_report_does_not_change_a_delegation_that_cannot_attend(make, congress, way, delegation):
    delegations.set_status(delegation, DelegationStatus.UNABLE_TO_ATTEND, "No visa")
    report(delegation.delegates[0], way[1])
    assert (delegation.status, delegation.reason) == (DelegationStatus.UNABLE_TO_ATTEND, "No visa")


def test_delegates_see_their_own_legs_without_lost_ones(make, delegation, way):
    first, second = delegation.delegates
    own = make.leg(delegation, "CUC", "CCS", journey=make.party(delegation, first))
    way[0].status = LegStatus.CANCELLED
    db.session.commit()
    db.session.expire_all()
    assert [leg.id for leg in arrivals.ways(first)] == [own.id, way[2].id]
    assert [leg.id for leg in arrivals.ways(second)] == [way[1].id, way[2].id]


def test_nobody_arrives_before_departure(delegation, way, at):
    at(way[0].departs_at - arrivals.EARLIER - timedelta(minutes=1))
    with pytest.raises(DomainError):
        report(delegation.delegates[0], way[0])
    at(way[0].departs_at - arrivals.EARLIER)
    report(delegation.delegates[0], way[0])
    assert way[0].status is LegStatus.DONE


def test_a_mistaken_report_can_be_undone(delegation, way):
    report(delegation.delegates[0], way[1])
    arrivals.undo(delegation.delegates[0], way[1])
    assert arrived(delegation) == [None, None]
    assert way[1].status is LegStatus.BOOKED
    assert delegation.status is DelegationStatus.TRAVELING
    with pytest.raises(DomainError):
        arrivals.undo(delegation.delegates[0], way[1])
