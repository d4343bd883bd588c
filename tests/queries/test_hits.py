"""Whom a closure hits."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from app.domain import problems, travel
from app.extensions import db
from app.models.delegations import DelegationStatus
from app.models.places import Mode
from app.models.problems import Effect
from app.models.travel import Direction, LegStatus
from app.queries import delegations, hits
from app.queries.delegations import Standing
from tests.factories import utc


@pytest.fixture
def congress(make):
    return make.congress()


def hit(congress, problem=None):
    return hits.impact(congress.id, problem.id if problem else None)


def test_closing_an_airspace_hits_each_air_leg_to_or_from_that_country(make, congress):
    flies, walks = make.delegation(congress, seats=5), make.delegation(congress, "CO")
    make.leg(flies)
    make.leg(flies, "CCS", "BOG", "2025-12-14 10:00", "2025-12-14 12:00", direction=Direction.BACK)
    make.leg(walks, mode=Mode.FOOT)
    impact = hit(congress, make.problem(congress))
    assert impact.delegation_ids == {flies.id}
    assert (len(impact.leg_ids), impact.travellers, impact.seats) == (2, 2, 5)


def test_a_leg_between_other_countries_is_not_hit(make, congress):
    make.leg(make.delegation(congress), "MEX", "BOG")
    assert not hit(congress, make.problem(congress)).hits


@pytest.mark.parametrize(
    ("starts", "ends", "is_hit"),
    [
        ("2025-12-10 00:00", "2025-12-10 15:00", False),  # ends the moment it departs
        ("2025-12-10 00:00", "2025-12-10 15:01", True),
        ("2025-12-10 17:00", "2025-12-11 00:00", False),  # begins the moment it arrives
        ("2025-12-10 16:59", "2025-12-11 00:00", True),
        ("2025-12-10 16:00", None, True),
        ("2025-12-11 00:00", None, False),
    ],
)
def test_a_period_is_half_open(make, congress, starts, ends, is_hit):
    make.leg(make.delegation(congress))  # 15:00 to 17:00 UTC
    assert bool(hit(congress, make.problem(congress, starts, ends)).hits) is is_hit


@pytest.mark.parametrize("status", [LegStatus.DONE, LegStatus.CANCELLED, LegStatus.MISSED])
def test_a_leg_that_is_over_is_not_hit(make, congress, status):
    make.leg(make.delegation(congress), status=status)
    assert not hit(congress, make.problem(congress)).hits


@pytest.mark.parametrize("effect", [effect for effect in Effect if effect != Effect.NO_SERVICE])
def test_a_warning_hits_nobody(make, congress, effect):
    make.leg(make.delegation(congress))
    assert not hit(congress, make.problem(congress, effect=effect)).hits


def test_a_place_a_carrier_and_a_whole_country_hit_what_passes_through_them(make, congress):
    leg = make.leg(make.delegation(congress), carrier=" avianca ")
    bus = make.leg(make.delegation(congress), mode=Mode.ROAD, carrier=None)
    place = make.problem(congress, kind="place", country=None, place=make.place("BOG"))
    carrier = make.problem(congress, kind="carrier", country=None, carrier="AVIANCA")
    country = make.problem(congress, kind="country", country="CO")
    assert hit(congress, place).leg_ids == {leg.id, bus.id}
    assert hit(congress, carrier).leg_ids == {leg.id}
    assert hit(congress, country).leg_ids == {leg.id, bus.id}


def test_a_leg_that_two_problems_hit_counts_once_in_the_sum(make, congress):
    make.leg(make.delegation(congress))
    make.problem(congress)
    make.problem(congress, kind="country")
    assert len(hit(congress).hits) == 2
    assert len(hit(congress).leg_ids) == 1


def test_lifting_a_problem_lets_its_hits_go(make, congress, at):
    make.leg(make.delegation(congress))
    problem = make.problem(congress)
    at(utc("2025-12-10 12:00"))
    problems.lift(problem)
    assert not hit(congress, problem).hits


def test_moving_a_leg_out_of_the_period_lets_its_hit_go(make, congress):
    delegation = make.delegation(congress)
    leg, problem = make.leg(delegation), make.problem(congress)
    later = make.leg_values("BOG", "CCS", "2026-01-10 10:00", "2026-01-10 13:00")
    travel.update_leg(leg, delegation, later)
    assert not hit(congress, problem).hits


def test_another_congress_is_not_concerned(make, congress):
    other = make.congress("Another")
    make.leg(make.delegation(other))
    make.problem(congress)
    assert not hit(congress).hits
    assert not hit(other).hits


def test_the_board_says_how_each_delegation_stands(make, congress):
    arrived = make.delegation(congress, status=DelegationStatus.ARRIVED)
    unable = make.delegation(congress, status=DelegationStatus.UNABLE_TO_ATTEND, reason="No way")
    struck, homeward, clear, homeless = (make.delegation(congress) for _ in range(4))
    make.leg(arrived)
    make.leg(struck)
    make.leg(homeward, "CUC", "BOG")
    make.leg(homeward, "CCS", "BOG", direction=Direction.BACK)
    make.leg(clear, "MEX", "BOG")
    make.problem(congress)
    board = delegations.board(congress.id, hit(congress))
    assert {row.delegation.id: row.standing for row in board.rows} == {
        arrived.id: Standing.ARRIVED,
        unable.id: Standing.UNABLE,
        struck.id: Standing.HIT,
        homeward.id: Standing.CLEAR,
        clear.id: Standing.CLEAR,
        homeless.id: Standing.NO_JOURNEY,
    }
    assert board.rows[0].delegation.id == struck.id
    assert board.seats() == 18
    assert board.seats(Standing.HIT) == 3


HOURS = st.integers(0, 96)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    legs=st.lists(
        st.tuples(st.sampled_from(["BOG", "MEX", "CCS"]), st.sampled_from(list(Mode)), HOURS, HOURS), max_size=6
    ),
    spans=st.lists(st.tuples(HOURS, st.none() | HOURS, st.sampled_from(["VE", "CO", "MX"])), max_size=3),
)
def test_hits_are_those_of_a_slow_and_obvious_reference(make, legs, spans):
    congress, base = make.congress(), utc("2025-12-08 00:00")
    delegation = make.delegation(congress, delegates=0)
    rows = []
    for origin, mode, start, length in legs:
        departs = base + timedelta(hours=start)
        values = make.leg_values(origin, "CUC", mode=mode)
        row = travel.add_leg(delegation, values)
        row.departs_at, row.arrives_at = departs, departs + timedelta(hours=length + 1)
        rows.append(row)
    closures = []
    for start, length, country in spans:
        starts = base + timedelta(hours=start)
        ends = None if length is None else starts + timedelta(hours=length + 1)
        problem = make.problem(congress, country=country)
        problem.active_periods[0].starts_at, problem.active_periods[0].ends_at = starts, ends
        closures.append((problem.id, starts, ends, country))
    db.session.flush()
    expected = {
        (leg.id, problem_id)
        for leg, (problem_id, starts, ends, country) in itertools.product(rows, closures)
        if leg.mode == Mode.AIR
        and country in (leg.origin.country, leg.destination.country)
        and leg.arrives_at > starts
        and (ends is None or leg.departs_at < ends)
    }
    assert {(one.leg.id, one.problem_id) for one in hit(congress).hits} == expected


def test_the_hits_of_a_congress_take_two_statements_however_many_they_are(make, congress):
    for _ in range(5):
        make.leg(make.delegation(congress))
    make.problem(congress)
    db.session.expunge_all()
    statements = []

    def count(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    hits.impact(1)
    event.remove(db.engine, "before_cursor_execute", count)
    assert len([one for one in statements if one.startswith("SELECT")]) == 2


def test_legs_that_a_closure_took_away_are_still_known(make, congress):
    leg = make.leg(make.delegation(congress), status=LegStatus.CANCELLED)
    make.leg(make.delegation(congress), status=LegStatus.DONE)
    problem = make.problem(congress)
    assert hits.impact(congress.id, problem.id, hits.LOST).leg_ids == {leg.id}
