"""Using an alternative route: what is dropped, what is kept, who books it, and how it is undone."""

from datetime import timedelta

import pytest

from app.domain.travel import bookings as bookings_of_ways
from app.domain.travel import impact, ways
from app.domain.travel.legs import set_leg_status
from app.domain_errors import DomainError
from app.extensions import db
from app.models.actions.follow_ups import FollowUp, FollowUpKind, Priority
from app.models.travel.journeys import Direction, Leg, LegStatus
from app.models.travel.places import Mode
from app.queries.travel.ways import AlternativeRoute, Segment
from app.routing.network import Evidence
from tests.databases import ONE_DATABASE
from tests.factories import utc

pytestmark = ONE_DATABASE

TITLE = "Book the way over the bridge"


@pytest.fixture
def congress(make, at):
    at(utc("2025-12-05 12:00"))
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    """A delegation that flies to Bogotá and on to Caracas, whose airspace is closed."""
    delegation = make.delegation(congress)
    make.leg(delegation, "MEX", "BOG", "2025-12-10 02:00", "2025-12-10 07:00")
    make.leg(delegation, status=LegStatus.PLANNED)
    make.leg(delegation, "CCS", "BOG", "2025-12-15 08:00", "2025-12-15 09:00", direction=Direction.BACK)
    return delegation


@pytest.fixture
def problem(make, congress, delegation):
    return make.problem(congress)


@pytest.fixture
def alice(make):
    return make.user("Alice")


def segment(make, origin, destination, departs, arrives, *, mode=Mode.AIR, carriers=(), crossing=None):
    return Segment(
        origin=make.place(origin), destination=make.place(destination), mode=mode, departs_at=utc(departs),
        arrives_at=utc(arrives), evidence=Evidence.TRAVELED, confirmed=None, times=1, carriers=carriers,
        crossing=crossing, km=100.0,
    )  # fmt: skip


def way_of(*segments):
    return AlternativeRoute(segments, segments[0].departs_at, 10.0, 100, 1, (), tied=False)


@pytest.fixture
def over_the_bridge(make):
    """The booked flight to Bogotá, a flight to Cúcuta, and the bridge."""
    return way_of(
        segment(make, "MEX", "BOG", "2025-12-10 08:00", "2025-12-10 12:00"),
        segment(make, "BOG", "CUC", "2025-12-10 15:00:40", "2025-12-10 16:10", carriers=("Avianca",)),
        segment(
            make, "CUC", "San Antonio", "2025-12-10 18:00", "2025-12-10 19:00", mode=Mode.FOOT, crossing=make.crossing(),
            carriers=("One", "Other"),
        ),
    )  # fmt: skip


def plan(delegation, direction=Direction.OUT):
    """Return each leg in a direction: origin, destination and status."""
    legs = db.session.query(Leg).order_by(Leg.departs_at, Leg.id)
    return [
        (leg.origin.code or leg.origin.name, leg.destination.code or leg.destination.name, leg.status)
        for leg in legs
        if leg.journey.delegation_id == delegation.id and leg.journey.direction is direction
    ]


def leg_from(code, status=LegStatus.PLANNED):
    return next(leg for leg in db.session.query(Leg) if leg.origin.code == code and leg.status is status)


def bookings(delegation):
    wanted = FollowUp.kind == FollowUpKind.BOOK, FollowUp.delegation_id == delegation.id
    return db.session.query(FollowUp).filter(*wanted).all()


BEFORE = [("MEX", "BOG", LegStatus.BOOKED), ("BOG", "CCS", LegStatus.PLANNED)]
BACK = [("CCS", "BOG", LegStatus.BOOKED)]
TAKEN = [
    ("MEX", "BOG", LegStatus.BOOKED),
    ("BOG", "CCS", LegStatus.CANCELLED),
    ("BOG", "CUC", LegStatus.PLANNED),
    ("CUC", "San Antonio del Táchira", LegStatus.PLANNED),
]


def test_affected_legs_are_dropped_and_legs_shared_with_the_new_route_are_kept(
    delegation, problem, alice, over_the_bridge
):
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    assert sorted(plan(delegation)) == sorted(TAKEN)
    assert plan(delegation, Direction.BACK) == BACK
    around = {(leg.origin.code, leg.destination.code) for leg in db.session.query(Leg) if leg.around_id == problem.id}
    assert around == {("BOG", "CCS"), ("BOG", "CUC"), ("CUC", None)}


def test_each_new_leg_has_the_values_of_its_segment(delegation, problem, alice, over_the_bridge):
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    flight, walk = leg_from("BOG"), leg_from("CUC")
    assert (flight.mode, flight.carrier, flight.crossing) == (Mode.AIR, "Avianca", None)
    assert (flight.departs_at, flight.arrives_at) == (utc("2025-12-10 15:00"), utc("2025-12-10 16:10"))
    assert (walk.mode, walk.carrier, walk.crossing) == (Mode.FOOT, None, over_the_bridge.crossings[0])


def test_an_affected_leg_is_not_kept_even_if_the_new_route_includes_it(make, delegation, problem, alice):
    same = way_of(
        segment(make, "MEX", "BOG", "2025-12-10 08:00", "2025-12-10 12:00"),
        segment(make, "BOG", "CCS", "2025-12-21 15:00", "2025-12-21 18:00"),
    )
    ways.choose(delegation, same, problem=problem, by=alice, title=TITLE)
    assert plan(delegation) == [
        ("MEX", "BOG", LegStatus.BOOKED), ("BOG", "CCS", LegStatus.CANCELLED), ("BOG", "CCS", LegStatus.PLANNED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "destination", "mode"), [("MEX", "CUC", Mode.AIR), ("MAD", "BOG", Mode.AIR), ("MEX", "BOG", Mode.ROAD)]
)
def test_a_leg_with_another_origin_destination_or_mode_is_not_kept(make, delegation, alice, origin, destination, mode):
    other = way_of(segment(make, origin, destination, "2025-12-10 08:00", "2025-12-10 12:00", mode=mode))
    ways.choose(delegation, other, problem=None, by=alice, title=TITLE)
    assert {LegStatus.REPLACED, LegStatus.CANCELLED} <= {status for *_, status in plan(delegation)}


def test_by_default_the_new_route_avoids_the_problem_that_affects_the_outbound_journey(
    make, congress, delegation, alice, over_the_bridge
):
    make.problem(congress, "2025-12-15 00:00", "2025-12-16 00:00")
    affecting = make.problem(congress, "2025-12-10 00:00", "2025-12-11 00:00")
    ways.choose(delegation, over_the_bridge, problem=None, by=alice, title=TITLE)
    assert {leg.around_id for leg in db.session.query(Leg)} == {None, affecting.id}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2025-12-05 12:00", "2025-12-07 12:00"),
        ("2025-12-08 12:00", "2025-12-09 15:00:40"),
        ("2025-12-10 07:00", "2025-12-10 09:00"),
    ],
)
def test_booking_is_due_in_two_days_but_at_least_a_day_before_departure(
    delegation, problem, alice, over_the_bridge, at, now, due
):
    at(utc(now))
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title="B" * 201)
    [booking] = bookings(delegation)
    assert timedelta() <= booking.due_at - utc(due) < timedelta(seconds=10)
    assert (booking.assignee, booking.problem, booking.priority) == (alice, problem, Priority.HIGH)
    assert (booking.title, booking.remind_before_hours) == ("B" * 200, 24)


def test_a_route_that_is_already_planned_needs_no_booking(make, delegation, alice):
    as_planned = way_of(
        segment(make, "MEX", "BOG", "2025-12-10 08:00", "2025-12-10 12:00"),
        segment(make, "BOG", "CCS", "2025-12-10 15:00", "2025-12-10 17:00"),
    )
    ways.choose(delegation, as_planned, problem=None, by=alice, title=TITLE)
    assert bookings(delegation) == []
    assert plan(delegation) == BEFORE


def test_undoing_a_route_restores_every_leg_and_cancels_only_the_booking_action(
    make, congress, delegation, problem, alice, over_the_bridge
):
    other = make.follow_up(congress, alice, problem=problem, delegation=delegation)
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    ways.undo(delegation)
    assert plan(delegation) == BEFORE
    assert {leg.around_id for leg in db.session.query(Leg)} == {None}
    assert [one.is_open for one in bookings(delegation)] == [False]
    assert other.is_open
    with pytest.raises(DomainError):
        ways.undo(delegation)


def test_a_traveled_leg_of_the_new_route_is_kept_when_it_is_undone(delegation, problem, alice, over_the_bridge):
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    set_leg_status(leg_from("BOG"), LegStatus.DONE)
    ways.undo(delegation)
    assert ("BOG", "CUC", LegStatus.DONE) in plan(delegation)
    assert ("BOG", "CCS", LegStatus.PLANNED) in plan(delegation)


@pytest.fixture
def elsewhere(make):
    """A route that does not begin with the booked flight."""
    return way_of(segment(make, "MEX", "CUC", "2025-12-10 08:00", "2025-12-10 13:00"))


THEN = {FollowUpKind.CANCEL_BOOKING: "Cancel MEX → BOG", FollowUpKind.REFUND: "Ask for the refund of MEX → BOG"}


def kinds(delegation, *, still_open=True):
    """Return the kinds of a delegation's open or closed actions."""
    listed = db.session.query(FollowUp).filter(FollowUp.delegation_id == delegation.id)
    return {one.kind for one in listed if one.is_open is still_open}


def test_a_dropped_leg_keeps_its_booking_until_a_person_records_its_cancellation(delegation, problem, alice, elsewhere):
    ways.choose(delegation, elsewhere, problem=problem, by=alice, title=TITLE, then=THEN)
    assert ("MEX", "BOG", LegStatus.REPLACED) in plan(delegation)
    assert ("BOG", "CCS", LegStatus.CANCELLED) in plan(delegation)
    assert kinds(delegation) == {FollowUpKind.BOOK, *THEN}
    [cancel] = [one for one in db.session.query(FollowUp) if one.kind is FollowUpKind.CANCEL_BOOKING]
    bookings_of_ways.complete(cancel)
    assert ("MEX", "BOG", LegStatus.CANCELLED) in plan(delegation)
    assert cancel.is_completed


def test_actions_about_the_replaced_booking_stay_after_the_hit_has_ended(delegation, problem, alice, elsewhere):
    ways.choose(delegation, elsewhere, problem=problem, by=alice, title=TITLE, then=THEN)
    impact.settle(delegation.congress_id)
    assert kinds(delegation) >= set(THEN)


def test_undoing_a_route_cancels_all_actions_about_it(delegation, problem, alice, elsewhere):
    ways.choose(delegation, elsewhere, problem=problem, by=alice, title=TITLE, then=THEN)
    ways.undo(delegation)
    assert plan(delegation) == BEFORE
    assert kinds(delegation) == set()


def test_booking_a_route_books_the_selected_legs_with_their_references(delegation, problem, alice, over_the_bridge):
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    [booking] = bookings(delegation)
    flight, walk = leg_from("BOG"), leg_from("CUC")
    assert bookings_of_ways.to_book(booking) == [flight, walk]
    bookings_of_ways.book(booking, {flight.id: "K7XQ2M"})
    assert (flight.status, flight.booking_reference) == (LegStatus.BOOKED, "K7XQ2M")
    assert (walk.status, walk.booking_reference) == (LegStatus.PLANNED, None)
    assert booking.is_completed
    assert bookings_of_ways.to_book(booking) == []


def test_undoing_a_route_keeps_its_booked_legs_and_adds_an_action_to_cancel_them(
    delegation, problem, alice, over_the_bridge
):
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    [booking] = bookings(delegation)
    bookings_of_ways.book(booking, {leg_from("BOG").id: "K7XQ2M"})
    ways.undo(delegation, by=alice, cancel="Cancel it")
    assert sorted(plan(delegation)) == sorted([*BEFORE, ("BOG", "CUC", LegStatus.REPLACED)])
    assert booking.is_completed
    assert kinds(delegation) == {FollowUpKind.CANCEL_BOOKING}


def test_a_completed_booking_action_without_booked_legs_is_canceled_with_the_route(
    delegation, problem, alice, over_the_bridge
):
    ways.choose(delegation, over_the_bridge, problem=problem, by=alice, title=TITLE)
    [booking] = bookings(delegation)
    bookings_of_ways.complete(booking)
    ways.undo(delegation)
    assert not booking.is_completed
    assert not booking.is_open


def test_a_leg_whose_booking_was_canceled_is_planned_again_and_not_booked(delegation, problem, alice, elsewhere):
    ways.choose(delegation, elsewhere, problem=problem, by=alice, title=TITLE, then=THEN)
    [cancel] = [one for one in db.session.query(FollowUp) if one.kind is FollowUpKind.CANCEL_BOOKING]
    bookings_of_ways.complete(cancel)
    ways.undo(delegation)
    assert ("MEX", "BOG", LegStatus.PLANNED) in plan(delegation)
