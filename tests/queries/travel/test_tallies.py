"""What a problem does in numbers, as the database counts it: the same as what queries.hits finds leg by leg."""

from datetime import time

import pytest

from app.domain.accounts import removals
from app.domain.travel import calling_off, legs, parties, problems
from app.extensions import db
from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import Direction, LegStatus
from app.models.travel.places import Mode
from app.models.travel.problems import Effect
from app.queries.congress import delegations
from app.queries.travel import hits, tallies
from tests.factories import period, utc


@pytest.fixture
def congress(make):
    return make.congress()


def same(problem):
    """Return the numbers, after comparing them with what is found leg by leg."""
    db.session.flush()
    db.session.refresh(problem)
    counted = tallies.of(problem, "en")
    impact, lost = hits.present_and_lost(problem.congress_id, problem.id)
    order = [one.id for one in delegations.listing(problem.congress_id, "en")]
    ids = [
        tuple(one for one in order if one in found)
        for found in (impact.delegation_ids, impact.warned_ids, lost.delegation_ids)
    ]
    assert counted == (
        impact.legs, impact.missed, impact.travelers, impact.seats, ids[0], ids[1], lost.legs, ids[2],
    )  # fmt: skip
    shown = {one for listed in ids for one in listed}
    assert _legs(*hits.legs_of(problem, shown)) == _legs(impact, lost)
    return counted


def _legs(impact, lost):
    return [
        sorted((hit.leg_id, hit.entity_id, hit.kind) for hit in found)
        for found in (impact.hits, impact.warnings, lost.hits)
    ]


@pytest.fixture
def by_database(monkeypatch):
    """Nothing is read leg by leg to be counted."""
    monkeypatch.setattr(tallies, "_of_impact", lambda *_: pytest.fail("it was counted leg by leg"))


def test_hit_missed_lost_and_warned_legs_are_counted(make, congress, by_database):
    hit, lost, over = (make.delegation(congress, seats=seats) for seats in (5, 3, 2))
    make.leg(hit)
    make.leg(hit, "CCS", "CUC", "2025-12-10 18:00", "2025-12-10 20:00")
    make.leg(hit, "CUC", "BOG", "2025-12-11 18:00", "2025-12-11 20:00")
    make.leg(lost, status=LegStatus.CANCELLED)
    make.leg(over, "BOG", "POS")
    found = same(make.problem(congress, "2025-12-10 00:00", "2025-12-11 00:00"))
    assert found == (2, 1, 2, 5, (hit.id,), (over.id,), 1, (lost.id,))


@pytest.mark.parametrize(
    ("starts", "ends", "legs"),
    [
        ("2025-12-10 15:30", "2025-12-10 16:00", 0),  # in the air, hours from the closed country
        ("2025-12-10 22:30", "2025-12-11 02:00", 1),  # the last two hours
        ("2025-12-10 23:59", "2025-12-11 02:00", 1),
        ("2025-12-10 10:00", "2025-12-10 22:00", 0),
        ("2025-12-10 10:00", "2025-12-10 22:01", 1),
    ],
)
def test_a_long_flight_is_hit_only_while_it_is_there(make, congress, by_database, starts, ends, legs):
    make.leg(make.delegation(congress), "MAD", "CCS", "2025-12-10 15:00", "2025-12-10 20:00")  # until 24:00 UTC
    assert same(make.problem(congress, starts, ends)).legs == legs


def test_a_long_flight_within_the_closed_country_is_there_all_the_time(make, congress, by_database):
    make.leg(make.delegation(congress), "CCS", "CUC", "2025-12-10 08:00", "2025-12-10 18:00")
    inside = make.problem(congress, "2025-12-10 16:00", "2025-12-10 17:00", country="CO", kind="country")
    assert same(make.problem(congress, "2025-12-10 16:00", "2025-12-10 17:00")).legs == same(inside).legs


def test_legs_that_depart_together_are_counted_in_the_order_of_their_ids(make, congress):
    delegation = make.delegation(congress)
    make.leg(delegation, "BOG", "MEX")
    make.leg(delegation)
    make.leg(delegation, "BOG", "POS")
    assert same(make.problem(congress)).missed == 1


def test_who_cannot_attend_and_who_was_removed_do_not_count(make, congress, by_database):
    for country in ("MX", "CU"):
        make.leg(make.delegation(congress, country))
    staying, gone, coming = (make.delegation(congress, country) for country in ("BR", "PE", "CL"))
    for one in (staying, gone, coming):
        make.leg(one)
    problem = make.problem(congress)
    staying.status = DelegationStatus.UNABLE_TO_ATTEND
    removals.remove(gone, by=None)
    assert same(problem).legs == 3


def test_travelers_of_a_separate_journey_are_not_counted_with_the_others(make, congress, by_database):
    delegation = make.delegation(congress, delegates=3, seats=4)
    make.leg(delegation, "MEX", "BOG")
    apart = parties.begin_party(delegation, Direction.OUT, delegation.delegates[:1])
    make.leg(delegation, journey=apart)
    assert same(make.problem(congress))[2:4] == (1, 1)


def test_daily_hours_closed_roads_and_people_are_counted_leg_by_leg(make, congress):
    make.leg(make.delegation(congress), mode=Mode.ROAD)
    hours = {"daily_from": time(14), "daily_until": time(18), "timezone": "UTC"}
    assert same(make.problem(congress, **hours)).legs == 0
    assert same(make.problem(congress, kind="mode", mode=Mode.ROAD, country=None)).legs == 1
    assert same(make.problem(congress, kind="nationality", country="VE", nationality="MX")).legs == 1


def test_numbers_follow_each_change_of_a_leg(make, congress, by_database):
    delegation = make.delegation(congress, seats=4, delegates=2)
    problem = make.problem(congress, "2025-12-10 00:00", "2025-12-11 00:00")
    assert same(problem) == tallies.Tally()
    leg = make.leg(delegation)
    assert same(problem)[:5] == (1, 0, 2, 4, (delegation.id,))
    onward = make.leg(delegation, "CCS", "POS", "2025-12-12 10:00", "2025-12-12 12:00")
    assert same(problem)[:2] == (1, 1)
    legs.update_leg(leg, delegation, make.leg_values(departs="2025-12-14 10:00", arrives="2025-12-14 13:00"))
    assert same(problem) == tallies.Tally()
    legs.update_leg(leg, delegation, make.leg_values(origin="MEX"))
    assert same(problem)[:2] == (1, 1)
    legs.update_leg(leg, delegation, make.leg_values("MEX", "BOG"))
    assert same(problem) == tallies.Tally()
    legs.update_leg(leg, delegation, make.leg_values())
    legs.set_leg_status(leg, LegStatus.CANCELLED)
    assert same(problem) == tallies.Tally(lost_legs=1, lost_ids=(delegation.id,))
    legs.set_leg_status(leg, LegStatus.BOOKED)
    legs.set_leg_status(onward, LegStatus.CANCELLED)
    assert same(problem)[:2] == (1, 0)
    legs.delete_leg(leg)
    assert same(problem) == tallies.Tally()


def test_numbers_follow_each_change_of_a_problem(make, congress, by_database, at):
    at(utc("2025-12-01 12:00"))
    delegation = make.delegation(congress)
    make.leg(delegation)
    make.leg(delegation, "BOG", "MEX", "2025-12-14 10:00", "2025-12-14 15:00")
    problem = make.problem(congress)
    assert same(problem)[:2] == (1, 1)
    problems.add_entity(problem, make.entity_values("country", country="CO"))
    assert same(problem)[:2] == (2, 0)
    problems.remove_entity(problem, problem.informed_entities[0])
    assert same(problem)[:2] == (2, 0)
    problems.update(problem, make.problem_values("2025-12-14 00:00", "2025-12-15 00:00"))
    assert same(problem) == tallies.Tally()
    problems.add_period(problem, period(utc("2025-12-10 00:00"), utc("2025-12-11 00:00")))
    assert same(problem)[:2] == (1, 1)
    problems.update(problem, make.problem_values(ends=None, effect=Effect.DETOUR))
    assert same(problem).legs == 0
    assert same(problem).warned_ids == (delegation.id,)
    problems.update(problem, make.problem_values())
    calling_off.call_off(problem, by=None)
    assert same(problem) == tallies.Tally()
    calling_off.reinstate(problem)
    assert same(problem)[:2] == (1, 1)
    at(utc("2026-01-10 12:00"))
    assert same(problem)[:2] == (1, 1)  # what happened to the legs is not recorded yet


def test_lifting_a_problem_leaves_only_the_legs_before_now(make, congress, by_database, at):
    before, after = make.delegation(congress), make.delegation(congress, "CU")
    make.leg(before)
    make.leg(after, departs="2025-12-14 10:00", arrives="2025-12-14 13:00")
    problem = make.problem(congress)
    assert same(problem).delegation_ids == (after.id, before.id)
    at(utc("2025-12-12 12:00"))
    problems.lift(problem)
    assert same(problem).delegation_ids == (before.id,)


def test_numbers_follow_who_travels(make, congress, by_database):
    delegation = make.delegation(congress, delegates=3, seats=3)
    make.leg(delegation)
    problem = make.problem(congress)
    assert same(problem)[2:4] == (3, 3)
    removals.remove(delegation.delegates[0].person, by=None)
    assert same(problem).travelers == 2
    apart = parties.begin_party(delegation, Direction.OUT, delegation.delegates[1:2])
    assert same(problem)[2:4] == (1, 2)
    make.leg(delegation, journey=apart)
    assert same(problem)[2:4] == (2, 3)


def test_delegations_are_in_the_order_of_their_names_in_the_language(make, congress):
    germany, cuba, spain = (make.delegation(congress, country) for country in ("DE", "CU", "ES"))
    for one in (germany, cuba, spain):
        make.leg(one)
    problem = make.problem(congress)
    assert tallies.of(problem, "en").delegation_ids == (cuba.id, germany.id, spain.id)
    assert tallies.of(problem, "es").delegation_ids == (germany.id, cuba.id, spain.id)
    leg_by_leg = make.problem(congress, kind="mode", mode=Mode.AIR, country=None)
    assert tallies.of(leg_by_leg, "es").delegation_ids == (germany.id, cuba.id, spain.id)
