"""Which legs and delegations a closure affects."""

from datetime import time

import pytest
from sqlalchemy import event

from app.domain.travel import problems
from app.domain.travel.legs import update_leg
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import DelegationStatus
from app.models.travel.hits import HitKind
from app.models.travel.journeys import LOST, Direction, LegStatus
from app.models.travel.places import Mode
from app.models.travel.problems import Effect, EntityKind
from app.queries.congress import delegations
from app.queries.congress.delegations import Standing
from app.queries.travel import hits
from tests.factories import period, utc


@pytest.fixture
def congress(make):
    return make.congress()


def hit(congress, problem=None):
    return hits.impact(congress.id, problem.id if problem else None)


def test_closing_an_airspace_affects_each_flight_to_or_from_that_country(make, congress):
    flies, walks = make.delegation(congress, seats=5), make.delegation(congress, "CO")
    make.leg(flies)
    make.leg(flies, "CCS", "BOG", "2025-12-14 10:00", "2025-12-14 12:00", direction=Direction.BACK)
    make.leg(walks, mode=Mode.FOOT)
    impact = hit(congress, make.problem(congress))
    assert impact.delegation_ids == {flies.id}
    assert (len(impact.leg_ids), impact.travelers, impact.seats) == (2, 2, 5)


def test_a_leg_between_other_countries_is_not_affected(make, congress):
    make.leg(make.delegation(congress), "MEX", "BOG")
    assert not hit(congress, make.problem(congress)).hits


@pytest.mark.parametrize(
    ("starts", "ends", "is_hit"),
    [
        ("2025-12-10 00:00", "2025-12-10 15:00", False),  # ends at the departure
        ("2025-12-10 00:00", "2025-12-10 15:01", True),
        ("2025-12-10 17:00", "2025-12-11 00:00", False),  # begins at the arrival
        ("2025-12-10 16:59", "2025-12-11 00:00", True),
        ("2025-12-10 16:00", None, True),
        ("2025-12-11 00:00", None, False),
    ],
)
def test_a_period_is_half_open(make, congress, starts, ends, is_hit):
    make.leg(make.delegation(congress))  # 15:00 to 17:00 UTC
    assert bool(hit(congress, make.problem(congress, starts, ends)).hits) is is_hit


@pytest.mark.parametrize("status", [LegStatus.DONE, LegStatus.CANCELLED, LegStatus.MISSED])
def test_a_leg_that_is_over_is_not_affected(make, congress, status):
    make.leg(make.delegation(congress), status=status)
    assert not hit(congress, make.problem(congress)).hits


def test_a_closed_place_carrier_or_country_affects_every_leg_through_it(make, congress):
    leg = make.leg(make.delegation(congress), carrier=" avianca ")
    bus = make.leg(make.delegation(congress), mode=Mode.ROAD, carrier=None)
    place = make.problem(congress, kind="place", country=None, place=make.place("BOG"))
    carrier = make.problem(congress, kind="carrier", country=None, carrier="AVIANCA")
    country = make.problem(congress, kind="country", country="CO")
    assert hit(congress, place).leg_ids == {leg.id, bus.id}
    assert hit(congress, carrier).leg_ids == {leg.id}
    assert hit(congress, country).leg_ids == {leg.id, bus.id}


def test_a_leg_that_two_problems_affect_counts_once_in_the_total(make, congress):
    make.leg(make.delegation(congress))
    make.problem(congress)
    make.problem(congress, kind="country")
    assert len(hit(congress).hits) == 2
    assert len(hit(congress).leg_ids) == 1


def test_lifting_a_problem_ends_its_hits(make, congress, at):
    make.leg(make.delegation(congress))
    problem = make.problem(congress)
    at(utc("2025-12-10 12:00"))
    problems.lift(problem)
    assert not hit(congress, problem).hits


def test_moving_a_leg_out_of_the_period_ends_its_hit(make, congress):
    delegation = make.delegation(congress)
    leg, problem = make.leg(delegation), make.problem(congress)
    later = make.leg_values("BOG", "CCS", "2026-01-10 10:00", "2026-01-10 13:00")
    update_leg(leg, delegation, later)
    assert not hit(congress, problem).hits


def test_another_congress_is_not_affected(make, congress):
    other = make.congress("Another")
    make.leg(make.delegation(other))
    make.problem(congress)
    assert not hit(congress).hits
    assert not hit(other).hits


def test_the_board_shows_the_standing_of_each_delegation(make, congress):
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
    assert {number: row.standing for number, row in board.rows.items()} == {
        arrived.id: Standing.ARRIVED,
        unable.id: Standing.UNABLE,
        struck.id: Standing.HIT,
        homeward.id: Standing.CLEAR,
        clear.id: Standing.CLEAR,
        homeless.id: Standing.NO_JOURNEY,
    }
    page = delegations.find(congress.id, board)
    assert [one.id for one in page.rows][:3] == [struck.id, homeless.id, unable.id]
    assert [one.id for one in delegations.find(congress.id, board, Standing.ARRIVED).rows] == [arrived.id]
    assert board.seats() == 18
    assert board.seats(Standing.HIT) == 3


def test_past_hits_are_still_known(make, congress):
    leg = make.leg(make.delegation(congress), status=LegStatus.CANCELLED)
    make.leg(make.delegation(congress), status=LegStatus.DONE)
    problem = make.problem(congress)
    assert hits.impact(congress.id, problem.id, LOST).leg_ids == {leg.id}


def counted(question):
    """Return the result, and the number of statements."""
    statements = []

    def count(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    db.session.expunge_all()
    event.listen(db.engine, "before_cursor_execute", count)
    answer = question()
    event.remove(db.engine, "before_cursor_execute", count)
    return answer, len(statements)


def test_the_number_of_statements_does_not_grow_with_the_number_of_legs(make, congress):
    number, problem = congress.id, make.problem(congress)
    problems.add_entity(problem, {"kind": EntityKind.NATIONALITY, "nationality": "MX", "country": "VE"})
    problems.add_period(problem, nightly("2025-12-09 00:00", "2025-12-12 00:00"))
    db.session.commit()
    took = []
    for legs in (2, 6):
        for _ in range(legs):
            make.leg(make.delegation(db.session.get_one(Congress, number)))
        found, statements = counted(lambda: hits.impact(number))
        took.append((len(found.leg_ids), statements))
    (few, once), (many, again) = took
    assert (few, many) == (2, 8)
    assert once == again < 20


def nightly(starts, ends, begins="22:00", until="06:00", zone="America/Caracas"):
    hours = {"daily_from": time.fromisoformat(begins), "daily_until": time.fromisoformat(until), "timezone": zone}
    return period(utc(starts), utc(ends), **hours)


@pytest.mark.parametrize(
    ("departs", "arrives", "is_hit"),
    [
        ("2025-12-10 09:00", "2025-12-10 21:00", False),  # by day
        ("2025-12-10 09:00", "2025-12-10 22:00", False),  # arrives when it closes (one hour later in Caracas)
        ("2025-12-10 09:00", "2025-12-10 22:01", True),
        ("2025-12-10 23:00", "2025-12-11 02:00", True),  # after midnight it is the same night
        ("2025-12-11 05:00", "2025-12-11 08:00", False),  # departs when it opens
        ("2025-12-11 04:59", "2025-12-11 08:00", True),
        ("2025-12-12 23:30", "2025-12-13 02:00", False),  # the period ends before that night
    ],
)
def test_daily_hours_continue_past_midnight_and_end_with_their_period(make, congress, departs, arrives, is_hit):
    make.leg(make.delegation(congress), "Cúcuta", "San Antonio", departs, arrives, mode=Mode.ROAD)
    values = make.problem_values(kind="country") | nightly("2025-12-09 00:00", "2025-12-13 03:00")
    problem = problems.create(congress, values, by=None)
    assert bool(hit(congress, problem).hits) is is_hit


@pytest.mark.parametrize(
    ("departs", "arrives", "is_hit"),
    [
        ("2026-03-29 00:30", "2026-03-29 03:30", False),  # the hour from two to three was skipped
        ("2026-03-28 00:30", "2026-03-28 03:30", True),
        ("2025-10-26 02:59+01:00", "2025-10-26 05:00", True),
    ],
)
def test_on_days_with_a_clock_change_the_local_time_decides(make, congress, departs, arrives, is_hit):
    make.place("CUC").timezone = make.place("MAD").timezone
    make.leg(make.delegation(congress), "MAD", "CUC", departs, arrives, mode=Mode.AIR)
    values = make.problem_values(kind="country", country="ES")
    night = nightly("2025-10-01 00:00", "2026-04-30 00:00", "02:00", "03:00", "Europe/Madrid")
    assert bool(hit(congress, problems.create(congress, values | night, by=None)).hits) is is_hit


def test_every_period_of_a_problem_counts(make, congress):
    first, between, second = (
        make.leg(make.delegation(congress), departs=f"{day} 10:00", arrives=f"{day} 13:00")
        for day in ("2025-12-10", "2025-12-12", "2025-12-14")
    )
    problem = make.problem(congress, "2025-12-10 00:00", "2025-12-11 00:00")
    problems.add_period(problem, period(utc("2025-12-14 00:00")))
    assert between.id not in hit(congress, problem).leg_ids
    assert hit(congress, problem).leg_ids == {first.id, second.id}


def test_a_leg_that_two_entities_affect_is_hit_once_for_the_more_serious_reason(make, congress):
    over = make.leg(make.delegation(congress), "MAD", "BOG", "2025-12-10 10:00", "2025-12-10 15:00")
    problem = make.problem(congress)
    assert [one.kind for one in hit(congress, problem).warnings] == [HitKind.DETOUR]
    problems.add_entity(problem, {"kind": EntityKind.PLACE, "place": make.place("BOG")})
    impact = hit(congress, problem)
    assert ([one.leg_id for one in impact.hits], impact.warnings) == ([over.id], ())
    assert impact.hits[0].entity_id == problem.informed_entities[1].id


def test_flying_over_a_closed_country_is_a_warning_and_landing_there_is_a_hit(make, congress):
    over = make.leg(make.delegation(congress), "MAD", "BOG", "2025-12-10 10:00", "2025-12-10 15:00")
    landing = make.leg(make.delegation(congress))
    make.leg(make.delegation(congress), "MAD", "BOG", "2025-12-10 10:00", "2025-12-15 15:00", mode=Mode.SEA)
    impact = hit(congress, make.problem(congress))
    assert impact.leg_ids == {landing.id}
    assert [(one.leg_id, one.kind) for one in impact.warnings] == [(over.id, HitKind.DETOUR)]
    assert impact.seats == 3


@pytest.mark.parametrize("effect", [effect for effect in Effect if effect != Effect.NO_SERVICE])
def test_a_problem_that_closes_nothing_is_a_warning_and_puts_no_seat_at_risk(make, congress, effect):
    leg = make.leg(make.delegation(congress))
    make.leg(
        make.delegation(congress), "MAD", "BOG", "2025-12-10 10:00", "2025-12-10 15:00"
    )  # only crosses the airspace
    impact = hit(congress, make.problem(congress, effect=effect))
    assert [(one.leg_id, one.kind) for one in impact.warnings] == [(leg.id, HitKind.WARNING)]
    assert (impact.hits, impact.knock_on, impact.seats, impact.travelers) == ((), (), 0, 0)


def touches(make, congress, kind, **named):
    """Return the ids of the legs that closing one entity affects."""
    return hit(congress, make.problem(congress, kind=kind, **{"country": None} | named)).leg_ids


def test_a_closed_border_affects_land_travel(make, congress):
    delegation = make.delegation(congress)
    walk, drive, fly, inland, south = (
        make.leg(delegation, *ends, mode=mode).id
        for mode, *ends in (
            (Mode.FOOT, "Cúcuta", "San Antonio"), (Mode.ROAD, "San Antonio", "Cúcuta"), (Mode.AIR, "BOG", "CCS"),
            (Mode.ROAD, "San Antonio", "Santa Elena"), (Mode.RAIL, "Pacaraima", "Santa Elena"),
        )
    )  # fmt: skip
    assert touches(make, congress, "border", country="VE", other_country="CO") == {walk, drive}
    assert touches(make, congress, "border", country="CO", other_country="VE") == {walk, drive}
    assert touches(make, congress, "border", country="VE") == {walk, drive, south}
    assert touches(make, congress, "border", country="BR") == {south}
    assert fly not in touches(make, congress, "border", country="CO") == {walk, drive}
    assert inland in touches(make, congress, "country", country="VE")


def test_a_closed_crossing_affects_legs_over_it_and_legs_to_or_from_its_post(make, congress):
    bridge, other = make.crossing(post="Puente"), make.crossing("Pacaraima", "Santa Elena")
    delegation = make.delegation(congress)
    over = make.leg(delegation, "Cúcuta", "San Antonio", mode=Mode.FOOT)
    to_it = make.leg(delegation, "BOG", "Puente", mode=Mode.ROAD)
    named = make.leg(delegation, "BOG", "CCS", mode=Mode.ROAD, crossing=bridge)
    south = make.leg(delegation, "Santa Elena", "Pacaraima", mode=Mode.ROAD)
    assert over.crossing is bridge
    assert touches(make, congress, "crossing", crossing=bridge) == {over.id, to_it.id, named.id}
    assert touches(make, congress, "crossing", crossing=other) == {south.id}


def test_a_closed_road_affects_only_road_legs_in_both_directions(make, congress):
    delegation, ends = make.delegation(congress), ("BOG", "Cúcuta")
    there = make.leg(delegation, *ends, mode=Mode.ROAD)
    back = make.leg(delegation, *reversed(ends), mode=Mode.FOOT)
    make.leg(delegation, *ends, mode=Mode.RAIL)
    make.leg(delegation, "BOG", "San Antonio", mode=Mode.ROAD)
    road = {"place": make.place("Cúcuta"), "other_place": make.place("BOG")}
    assert touches(make, congress, "road", **road) == {there.id, back.id}


def test_a_mode_is_affected_everywhere_or_in_one_country(make, congress):
    delegation = make.delegation(congress)
    home, away = make.leg(delegation).id, make.leg(delegation, "MAD", "MEX", arrives="2025-12-10 20:00").id
    make.leg(delegation, mode=Mode.SEA)
    assert touches(make, congress, "mode", mode=Mode.AIR) == {home, away}
    assert touches(make, congress, "mode", mode=Mode.AIR, country="ES") == {away}


def test_closed_roads_leave_the_last_kilometers_to_an_airport_open(make, congress):
    delegation = make.delegation(congress)
    make.leg(delegation, "Cúcuta", "CUC", mode=Mode.ROAD)
    longer = make.leg(delegation, "CUC", "Maicao", mode=Mode.ROAD).id
    between_towns = make.leg(delegation, "San Antonio", "Cúcuta", mode=Mode.ROAD).id
    assert touches(make, congress, "mode", mode=Mode.ROAD) == {longer, between_towns}


def test_a_closed_flight_region_affects_flights_to_and_from_its_airports(make, congress):
    delegation = make.delegation(congress)
    leg = make.leg(delegation)
    make.leg(delegation, mode=Mode.ROAD)
    make.leg(delegation, "MAD", "MEX", arrives="2025-12-10 20:00")
    assert touches(make, congress, "fir", fir="svzm") == {leg.id}


@pytest.mark.parametrize("named", ["Aéreo Ñandú", "AEREO  NANDU", "qn", "QND"])
def test_a_carrier_is_recognized_by_its_codes_and_by_its_name_with_or_without_accents(make, congress, named):
    make.carrier("Aéreo Ñandú", "QN", "QND", "PY")
    delegation = make.delegation(congress)
    hit_ids = {
        make.leg(delegation, carrier=carrier, number=number).id
        for carrier, number in (("aereo ñandu", None), ("QN", None), ("QND", None), (None, "QN 417"), (None, "qn9"))
    }
    make.leg(delegation, carrier="Avianca", number="QN 417")
    make.leg(delegation, carrier=None, number="417")
    assert touches(make, congress, "carrier", carrier=named) == hit_ids


def test_an_unknown_carrier_is_compared_by_name(make, congress):
    leg = make.leg(make.delegation(congress), carrier="Transportes Unión")
    make.leg(make.delegation(congress), carrier="Transportes")
    assert touches(make, congress, "carrier", carrier="TRANSPORTES UNION") == {leg.id}


@pytest.mark.parametrize("named", ["Star Alliance", "star alliance", " STAR  Alliance "])
def test_an_alliance_in_any_spelling_affects_all_its_carriers(make, congress, named):
    make.carrier("Avianca", "AV", "AVA", "CO", alliance="Star Alliance")
    make.carrier("Iberia", "IB", "IBE", "ES", alliance="oneworld")
    leg = make.leg(make.delegation(congress), carrier="avianca")
    make.leg(make.delegation(congress), carrier="Iberia")
    assert touches(make, congress, "alliance", carrier=named) == {leg.id}


def test_the_carriers_of_a_country_are_affected_everywhere(make, congress):
    make.carrier("Iberia", "IB", "IBE", "ES", alliance="oneworld")
    leg = make.leg(make.delegation(congress), carrier="IB")
    make.leg(make.delegation(congress), "MAD", "BOG", "2025-12-10 10:00", "2025-12-10 15:00", carrier="Nobody")
    assert touches(make, congress, "carriers_of", country="ES") == {leg.id}


def test_a_problem_can_affect_a_single_leg_or_person(make, congress):
    delegation = make.delegation(congress)
    first = make.leg(delegation, "MEX", "BOG", "2025-12-09 08:00", "2025-12-09 13:00")
    second = make.leg(delegation)
    assert touches(make, congress, "leg", leg=second) == {second.id}
    problem = make.problem(congress, kind="person", country=None, delegate=delegation.delegates[1])
    impact = hit(congress, problem)
    assert (impact.leg_ids, impact.traveler_ids) == ({first.id, second.id}, {delegation.delegates[1].id})
    assert (impact.seats, {one.delegate_id for one in impact.hits}) == (1, {delegation.delegates[1].id})


def seated(make, delegation, nationality):
    return make.seat(delegation, make.person(nationality=nationality))


def test_a_refusal_affects_nationals_on_the_leg_that_enters_the_country(make, congress):
    delegation = make.delegation(congress, "CO", seats=9, delegates=0)
    recorded, unrecorded, other = (seated(make, delegation, one) for one in ("CO", None, "MX"))
    entering = make.leg(delegation)
    make.leg(delegation, "CCS", "San Antonio", mode=Mode.ROAD)  # inside
    make.leg(delegation, "CCS", "BOG", arrives="2025-12-10 15:00", direction=Direction.BACK)  # leaves again
    impact = hit(congress, make.problem(congress, kind="nationality", country="VE", nationality="CO"))
    assert {(one.leg_id, one.delegate_id) for one in impact.hits} == {
        (entering.id, recorded.id),
        (entering.id, unrecorded.id),
    }
    assert other.id not in impact.traveler_ids
    assert (impact.travelers, impact.seats) == (2, 2)


def test_a_refusal_does_not_affect_travelers_on_another_route(make, congress):
    delegation = make.delegation(congress, "CO", delegates=0)
    flies, rides = seated(make, delegation, "CO"), seated(make, delegation, "CO")
    party = make.party(delegation, rides)
    make.leg(delegation)
    make.leg(delegation, "MEX", "BOG", "2025-12-09 08:00", "2025-12-09 13:00", journey=party)
    impact = hit(congress, make.problem(congress, kind="nationality", country="VE", nationality="CO"))
    assert impact.traveler_ids == {flies.id}


def test_later_legs_of_an_affected_journey_are_missed_but_not_the_return(make, congress):
    delegation = make.delegation(congress)
    before = make.leg(delegation, "MEX", "BOG", "2025-12-09 08:00", "2025-12-09 13:00")
    struck = make.leg(delegation, "BOG", "CUC", "2025-12-10 10:00", "2025-12-10 11:00")
    missed = make.leg(delegation, "Cúcuta", "San Antonio", "2025-12-10 14:00", "2025-12-10 16:00", mode=Mode.FOOT)
    make.leg(delegation, "San Antonio", "CCS", "2025-12-10 17:00", "2025-12-10 23:00", status=LegStatus.CANCELLED)
    make.leg(delegation, "CCS", "MEX", "2025-12-14 10:00", "2025-12-14 15:00", direction=Direction.BACK)
    problem = make.problem(congress, kind="place", country=None, place=make.place("CUC"))
    impact = hit(congress, problem)
    assert impact.leg_ids == {struck.id}
    assert [(one.leg_id, one.kind) for one in impact.knock_on] == [(missed.id, HitKind.KNOCK_ON)]
    assert before.id not in {one.leg_id for grouped in impact.of(impact.delegation_ids).values() for one in grouped}


def test_a_separate_itinerary_is_counted_separately(make, congress):
    delegation = make.delegation(congress, seats=5, delegates=3)
    party = make.party(delegation, delegation.delegates[0])
    make.leg(delegation)
    make.leg(delegation, "Cúcuta", "San Antonio", mode=Mode.FOOT, journey=party)
    flights, bridge = make.problem(congress), make.problem(congress, kind="border", country="VE")
    assert (hit(congress, flights).travelers, hit(congress, flights).seats) == (2, 4)
    assert (hit(congress, bridge).travelers, hit(congress, bridge).seats) == (1, 1)
    assert (hit(congress).travelers, hit(congress).seats) == (3, 5)


def test_the_worse_of_both_directions_counts(make, congress):
    delegation = make.delegation(congress, seats=5, delegates=2)
    home = make.party(delegation, delegation.delegates[0], direction=Direction.BACK)
    make.leg(delegation)
    make.leg(delegation, "CCS", "BOG", "2025-12-14 10:00", "2025-12-14 12:00", journey=home)
    impact = hit(congress, make.problem(congress))
    assert impact.risk == {(delegation.id, Direction.OUT): 5, (delegation.id, Direction.BACK): 1}
    assert impact.seats == 5
