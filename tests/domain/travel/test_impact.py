"""The effects of hits: a permanent history, and actions that come and go with the hits."""

from datetime import timedelta

import pytest

from app.domain.actions import follow_ups
from app.domain.travel import impact, legs, problems
from app.domain_errors import DomainError
from app.extensions import db
from app.models.actions.follow_ups import FollowUp, FollowUpKind, FollowUpStatus
from app.models.travel.hits import HitKind, HitRecord
from app.models.travel.journeys import LegStatus
from app.models.travel.problems import Effect
from app.queries.travel import problems as problem_queries
from tests.factories import minute, utc

NOW = utc("2025-12-09 12:00")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def congress(make, at):
    at(NOW)
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    return make.delegation(congress)


def records():
    """Return the history: the kind of each hit, when it began, and whether it has ended."""
    kept = db.session.query(HitRecord).order_by(HitRecord.id)
    return [(one.kind, minute(one.began_at), minute(one.ended_at)) for one in kept]


def clear(make):
    """Return the values of a leg that no problem affects."""
    return make.leg_values("BOG", "CCS", "2026-01-10 10:00", "2026-01-10 13:00")


def lift(make, at, leg, problem):
    problems.lift(problem)


def move(make, at, leg, problem):
    legs.update_leg(leg, leg.journey.delegation, clear(make))


def cancel(make, at, leg, problem):
    legs.set_leg_status(leg, LegStatus.CANCELLED)


def delete(make, at, leg, problem):
    legs.delete_leg(leg)


def soften(make, at, leg, problem):
    problems.update(problem, make.problem_values(effect=Effect.DETOUR))


@pytest.mark.parametrize("end", [lift, move, cancel, delete, soften])
def test_a_past_hit_is_kept_with_its_end(make, congress, delegation, at, end):
    leg, problem = make.leg(delegation), make.problem(congress)
    assert records() == [(HitKind.DIRECT, NOW, None)]
    at(LATER)
    end(make, at, leg, problem)
    assert records() == [(HitKind.DIRECT, NOW, LATER)]
    (past,) = problem_queries.past_hits(problem.id)
    assert (past.way, past.departs_at, past.delegation_id) == (
        "Bogotá → Caracas",
        utc("2025-12-10 15:00"),
        delegation.id,
    )


def test_a_returning_hit_is_a_new_record_and_the_first_one_is_unchanged(make, congress, delegation, at):
    leg = make.leg(delegation)
    make.problem(congress)
    for number, status in enumerate((LegStatus.CANCELLED, LegStatus.BOOKED, LegStatus.DONE), 1):
        at(NOW + timedelta(hours=number))
        legs.set_leg_status(leg, status)
    assert [(began.hour, ended.hour) for _kind, began, ended in records()] == [(12, 13), (14, 15)]


def test_settling_again_changes_nothing(make, congress, delegation, at):
    make.leg(delegation)
    make.problem(congress)
    before = records()
    at(LATER)
    for narrowed in ({}, {"delegation_id": delegation.id}):
        impact.settle(congress.id, **narrowed)
    assert records() == before


def test_settling_one_delegation_does_not_change_the_hits_of_another(make, congress, delegation):
    other = make.delegation(congress)
    make.leg(delegation)
    leg = make.leg(other)
    make.problem(congress)
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    assert sorted(ended is None for _kind, _began, ended in records()) == [False, True]


def test_missed_legs_and_detours_are_part_of_the_history_but_warnings_are_not(make, congress, delegation):
    make.leg(delegation, "MAD", "BOG", "2025-12-09 10:00", "2025-12-09 15:00")
    make.leg(delegation)
    make.leg(delegation, "CCS", "POS", "2026-01-10 10:00", "2026-01-10 13:00")
    make.problem(congress, effect=Effect.REDUCED_SERVICE)
    assert records() == []
    make.problem(congress)
    assert {kind for kind, _began, _ended in records()} == {HitKind.DETOUR, HitKind.DIRECT, HitKind.KNOCK_ON}


def propose(make, problem, delegation, kind=FollowUpKind.REBOOK, assignee=None):
    assignee = assignee or make.user()
    values = make.follow_up_values(assignee, NOW + timedelta(days=3))
    about = {"congress_id": delegation.congress_id, "problem": problem, "delegations": [delegation]}
    return follow_ups.assign(values, by=assignee, kind=kind, **about)


def test_each_delegation_has_one_action_of_each_kind(make, congress, delegation):
    other, problem = make.delegation(congress), make.problem(congress)
    assert len(propose(make, problem, delegation)) == 1
    with pytest.raises(DomainError, match="already"):
        propose(make, problem, delegation)
    assert len(propose(make, problem, delegation, FollowUpKind.CALL)) == 1
    values = make.follow_up_values(make.user(), NOW + timedelta(days=3))
    about = {"congress_id": congress.id, "problem": problem, "delegations": [delegation, other]}
    created = follow_ups.assign(values, by=None, kind=FollowUpKind.REBOOK, **about)
    assert [one.delegation_id for one in created] == [other.id]


@pytest.mark.parametrize("end", [lift, move, cancel, delete, soften])
def test_a_suggested_action_and_its_reminders_are_withdrawn_with_the_hit(make, congress, delegation, at, end):
    leg, problem = make.leg(delegation), make.problem(congress)
    (action,) = propose(make, problem, delegation)
    assert action.next_reminder_at
    at(LATER)
    end(make, at, leg, problem)
    assert (action.status, minute(action.withdrawn_at), action.next_reminder_at) == (
        FollowUpStatus.CANCELLED,
        LATER,
        None,
    )


def test_a_withdrawn_action_and_its_reminders_return_with_the_hit(make, congress, delegation):
    leg, problem = make.leg(delegation), make.problem(congress)
    (action,) = propose(make, problem, delegation)
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    legs.set_leg_status(leg, LegStatus.BOOKED)
    assert (action.status, action.withdrawn_at) == (FollowUpStatus.NEEDS_ACTION, None)
    assert action.next_reminder_at


@pytest.mark.parametrize(("close", "status"), [
    (follow_ups.complete, FollowUpStatus.COMPLETED), (follow_ups.cancel, FollowUpStatus.CANCELLED),
])  # fmt: skip
def test_an_action_closed_by_a_person_does_not_return(make, congress, delegation, close, status):
    leg, problem = make.leg(delegation), make.problem(congress)
    (action,) = propose(make, problem, delegation)
    close(action)
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    legs.set_leg_status(leg, LegStatus.BOOKED)
    assert (action.status, action.next_reminder_at) == (status, None)


def test_booking_actions_and_manual_actions_are_not_withdrawn(make, congress, delegation):
    leg, problem = make.leg(delegation), make.problem(congress)
    (book,) = propose(make, problem, delegation, FollowUpKind.BOOK)
    by_hand = make.follow_up(congress, make.user(), NOW + timedelta(days=3), problem=problem, delegation=delegation)
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    assert all(one.is_open and one.next_reminder_at for one in (book, by_hand))


def test_actions_of_another_delegation_or_problem_are_not_withdrawn(make, congress, delegation):
    other = make.delegation(congress)
    leg, problem, second = make.leg(delegation), make.problem(congress), make.problem(congress, kind="country")
    make.leg(other)
    (gone,), (others,), (seconds,) = (
        propose(make, *about) for about in ((problem, delegation), (problem, other), (second, delegation))
    )
    problems.update(second, make.problem_values(kind="country", country="CO"))
    legs.update_leg(leg, delegation, make.leg_values("BOG", "MEX", "2025-12-10 10:00", "2025-12-10 15:00"))
    assert (gone.is_open, others.is_open, seconds.is_open) == (False, True, True)


def test_only_the_newer_of_two_equal_actions_returns(make, congress, delegation):
    leg, problem = make.leg(delegation), make.problem(congress)
    propose(make, problem, delegation)
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    propose(make, problem, delegation)
    legs.set_leg_status(leg, LegStatus.BOOKED)
    assert [one.is_open for one in db.session.query(FollowUp).filter_by(problem_id=problem.id)].count(True) == 1
