"""Hits of all kinds of problems in random congresses, compared with a simple reference."""

from collections import defaultdict
from datetime import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.travel import parties, problems
from app.domain.travel.legs import add_leg
from app.extensions import db
from app.models.travel.journeys import HITTABLE, Direction, LegStatus, Passage
from app.models.travel.places import Mode
from app.models.travel.problems import Effect, EntityKind
from app.queries.travel import hits, impacts, tallies
from app.times import to_typed
from tests.factories import PLACES, utc
from tests.queries.reference import QUARTER, Reference

K = EntityKind
AIRPORTS = ("CCS", "BOG", "MAD", "POS", "JFK", "MEX")
TOWNS = ("Cúcuta", "San Antonio", "Puente", "Pacaraima", "Santa Elena", "CUC")
COUNTRIES = ("VE", "CO", "ES", "US")
DAYS = ("2025-12-10", "2025-10-25", "2025-11-01", "2026-03-07", "2026-03-28")
"""Ordinary days, and days before a clock change in Madrid or New York."""
ZONES = ("America/Caracas", "America/New_York", "Europe/Madrid", "Australia/Lord_Howe")
MEANT = {
    "Avianca": "Avianca", " AVIANCA ": "Avianca", "AV": "Avianca", "ava": "Avianca",
    "Aéreo Ñandú": "Aéreo Ñandú", "AEREO  NANDU": "Aéreo Ñandú",
    "Iberia": "Iberia", "IBE": "Iberia", "Ibéria": "Iberia",
    "Bus of nobody": "bus of nobody", "BUS OF NOBODY": "bus of nobody",
}  # fmt: skip
"""What is typed for a carrier, and which one is meant."""
NUMBERS = {"AV 123": "Avianca", "ib6674": "Iberia", "17": None, "ZZ 100": None}
"""Flight numbers, and the airline of each if no carrier is given."""

RARE = (K.NATIONALITY, K.ROAD, K.CROSSING)
"""Kinds that rarely affect anything by chance, drawn twice as often."""

HOURS = st.integers(0, 23).map(time)
QUARTERS = st.integers(0, 36).map(lambda hours: hours * 4)
ANY_LEG = st.fixed_dictionaries({
    "journey": st.integers(0, 9), "mode": st.sampled_from([Mode.AIR, Mode.AIR, *Mode]),
    "ends": st.one_of(
        *(st.lists(st.sampled_from(among), min_size=2, max_size=2, unique=True) for among in (AIRPORTS, TOWNS))
    ),
    "carrier": st.sampled_from([None, None, *MEANT]), "number": st.sampled_from([None, *NUMBERS]),
    "crossing": st.sampled_from([None, None, 0, 1]), "start": QUARTERS, "length": st.integers(3, 24).map(lambda hours: hours * 4),
    "status": st.sampled_from([*HITTABLE, *LegStatus]),
})  # fmt: skip
ANY_PERIOD = st.fixed_dictionaries({
    "start": QUARTERS, "length": st.none() | st.integers(1, 40).map(lambda hours: hours * 4), "zone": st.sampled_from(ZONES),
    "daily": st.none() | st.lists(HOURS, min_size=2, max_size=2, unique=True),
})  # fmt: skip
ANY_ENTITY = st.fixed_dictionaries({
    "kind": st.sampled_from([*K, *RARE]), "countries": st.lists(st.sampled_from(COUNTRIES), min_size=2, max_size=2, unique=True),
    "places": st.lists(st.sampled_from(AIRPORTS + TOWNS), min_size=2, max_size=2, unique=True),
    "fir": st.sampled_from(["SVZM", "SKED", "LECM"]), "open": st.booleans(), "mode": st.sampled_from(Mode),
    "carrier": st.sampled_from(list(MEANT)), "alliance": st.sampled_from(["Star Alliance", "oneworld"]),
    "number": st.integers(0, 9),
})  # fmt: skip
ANY_PROBLEM = st.fixed_dictionaries({
    "effect": st.sampled_from([Effect.NO_SERVICE] * 5 + [Effect.DETOUR, Effect.MODIFIED_SERVICE]),
    "periods": st.lists(ANY_PERIOD, min_size=1, max_size=2), "entities": st.lists(ANY_ENTITY, min_size=1, max_size=3),
    "joined": st.booleans(),
})  # fmt: skip
ANY_DELEGATION = st.fixed_dictionaries({
    "country": st.sampled_from(COUNTRIES[:2]), "seats": st.integers(1, 5),
    "delegates": st.lists(st.sampled_from([None, *COUNTRIES[:3]]), min_size=1, max_size=3),
    "party": st.sets(st.integers(0, 2), max_size=2), "party_back": st.sets(st.integers(0, 2), max_size=1),
})  # fmt: skip
ANY_CONGRESS = st.fixed_dictionaries({
    "day": st.sampled_from(DAYS), "delegations": st.lists(ANY_DELEGATION, min_size=1, max_size=2),
    "legs": st.lists(ANY_LEG, min_size=3, max_size=7), "problems": st.lists(ANY_PROBLEM, min_size=2, max_size=4),
})  # fmt: skip


class World:
    """A congress made of randomly drawn values."""

    def __init__(self, make, drawn):
        self.make, self.congress, self.base = make, make.congress(), utc(f"{drawn['day']} 00:00")
        self.places = {code: make.place(code) for code in PLACES}
        self.delegations = [self.delegation(one) for one in drawn["delegations"]]
        self.delegates = [delegate for one in self.delegations for delegate in one.delegates]
        self.parties = [party for pair in zip(self.delegations, drawn["delegations"], strict=True)
                        for party in self.parties_of(*pair)]  # fmt: skip
        self.legs = [self.leg(one) for one in drawn["legs"]]
        self.problems = [self.problem(one) for one in drawn["problems"]]
        db.session.flush()
        for leg in self.legs:
            db.session.refresh(leg)
        journeys = {leg.journey for leg in self.legs} | set(self.parties)
        self.reference = Reference(self.legs, journeys, self.problems, self.meant, self.passages())

    def passages(self):
        found = defaultdict(dict)
        for row in db.session.scalars(select(Passage)):
            found[row.leg_id][row.country] = row.recorded
        return found

    def meant(self, text, number):
        name = MEANT.get(text) if text else NUMBERS.get(number)
        return self.make.known.get(name, name)

    def delegation(self, drawn):
        delegation = self.make.delegation(self.congress, drawn["country"], seats=drawn["seats"], delegates=0)
        for nationality in drawn["delegates"]:
            self.make.seat(delegation, self.make.person(congress=self.congress, nationality=nationality))
        return delegation

    def parties_of(self, delegation, drawn):
        for name, direction in (("party", Direction.OUT), ("party_back", Direction.BACK)):
            chosen = [one for number, one in enumerate(delegation.delegates) if number in drawn[name]]
            if chosen:
                yield parties.begin_party(delegation, direction, chosen)

    def leg(self, drawn):
        ways = [(one, direction, None) for one in self.delegations for direction in Direction]
        ways += [(one.delegation, one.direction, one) for one in self.parties] * 2
        delegation, direction, party = ways[drawn["journey"] % len(ways)]
        origin, destination = (self.places[code] for code in drawn["ends"])
        departs = self.base + drawn["start"] * QUARTER
        values = {
            "direction": direction, "journey": party, "origin": origin, "destination": destination,
            "departs": to_typed(departs, origin.timezone),
            "arrives": to_typed(departs + drawn["length"] * QUARTER, destination.timezone),
            "crossing": None if drawn["crossing"] is None else self.make.bridges[drawn["crossing"]],
            "booking_reference": None, "seats": None, "cost": None, "currency": None,
        }  # fmt: skip
        return add_leg(delegation, values | {name: drawn[name] for name in ("mode", "carrier", "number", "status")})

    def problem(self, drawn):
        periods = [self.period(one) for one in drawn["periods"]]
        entities = [self.entity(one) for one in drawn["entities"]]
        alone = entities[:1] if drawn["joined"] else entities
        values = self.make.problem_values(effect=drawn["effect"]) | periods[0] | {"entities": alone}
        problem = problems.create(self.congress, values, by=None)
        for more in entities[len(alone) :]:
            problems.add_entity(problem, more, joined_to=problem.informed_entities[0])
        for period in periods[1:]:
            problems.add_period(problem, period)
        return problem

    def period(self, drawn):
        starts_at = self.base + drawn["start"] * QUARTER
        ends_at = None if drawn["length"] is None else starts_at + drawn["length"] * QUARTER
        begins, ends = drawn["daily"] or (None, None)
        hours = {"daily_from": begins, "daily_until": ends, "timezone": drawn["zone"]}
        return {"starts_at": starts_at, "ends_at": ends_at} | hours

    def entity(self, drawn):
        kind, (country, other), ends = drawn["kind"], drawn["countries"], [self.places[one] for one in drawn["places"]]
        legs, delegates, number = self.legs, self.delegates, drawn["number"]
        here, there = legs[number % len(legs)].origin, legs[number % len(legs)].destination
        named = {
            K.COUNTRY_AIRSPACE: {"country": country}, K.FIR: {"fir": drawn["fir"]}, K.COUNTRY: {"country": country},
            K.BORDER: {"country": country, "other_country": None if drawn["open"] else other},
            K.CROSSING: {"crossing": self.make.bridges[number % 2]}, K.PLACE: {"place": ends[0]},
            K.ROAD: {"place": there, "other_place": here} if drawn["open"] else {"place": ends[0], "other_place": ends[1]},
            K.MODE: {"mode": drawn["mode"], "country": None if drawn["open"] else country},
            K.CARRIER: {"carrier": drawn["carrier"]}, K.ALLIANCE: {"carrier": drawn["alliance"]},
            K.CARRIERS_OF: {"country": country}, K.NATIONALITY: {"nationality": other, "country": there.country if drawn["open"] else country},
            K.LEG: {"leg": legs[number % len(legs)]},
            K.PERSON: {"delegate": delegates[number % len(delegates)]},
        }[kind]  # fmt: skip
        return {"kind": kind} | named


@pytest.fixture
def world(make):
    """What all random congresses share: carriers and bridges."""
    make.known = {
        "Avianca": make.carrier("Avianca", "AV", "AVA", "CO", alliance="Star Alliance"),
        "Iberia": make.carrier("Iberia", "IB", "IBE", "ES", alliance="oneworld"),
        "Aéreo Ñandú": make.carrier("Aéreo Ñandú", country="VE"),
    }
    make.bridges = [make.crossing(post="Puente"), make.crossing("Pacaraima", "Santa Elena", mode=Mode.ROAD)]
    return lambda drawn: World(make, drawn)


def numbers(impact, lost):
    ids = (tuple(sorted(one)) for one in (impact.delegation_ids, impact.warned_ids, lost.delegation_ids))
    hit, warned, lost_ids = ids
    return (impact.legs, impact.missed, impact.travelers, impact.seats, hit, warned, lost.legs, lost_ids)


def by_id(tally):
    """Return a tally with its delegations sorted by their ids instead of their names."""
    ids = ("delegation_ids", "warned_ids", "lost_ids")
    return tally._replace(**{name: tuple(sorted(getattr(tally, name))) for name in ids})


def described(hit):
    return hit.leg_id, hit.problem_id, hit.delegate_id, hit.kind


def direct_and_warned(impact):
    return sorted(impact.hits), sorted(impact.warnings)


def all_of(impact):
    return [described(hit) for hit in (*impact.hits, *impact.knock_on, *impact.warnings)]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=ANY_CONGRESS)
def test_hits_equal_those_of_a_simple_reference(world, drawn):
    made = world(drawn)
    congress, reference = made.congress, made.reference
    expected = [hit for problem in made.problems for hit in reference.hits(problem)]
    together, one_by_one = hits.survey(congress.id)
    assert sorted(all_of(together), key=repr) == sorted(expected, key=repr)
    for problem in made.problems:
        alone = hits.impact(congress.id, problem.id)
        assert sorted(all_of(alone), key=repr) == sorted(reference.hits(problem), key=repr)
        assert sorted(all_of(one_by_one.get(problem.id, impacts.NOTHING)), key=repr) == sorted(all_of(alone), key=repr)
        assert alone.missed == len({hit.leg_id for hit in alone.knock_on})
        present, lost = hits.present_and_lost(congress.id, problem.id)
        assert by_id(tallies.of(problem, "en")) == numbers(present, lost)
        few = hits.legs_of(problem, {one.id for one in made.delegations})
        assert [direct_and_warned(one) for one in few] == [direct_and_warned(one) for one in (present, lost)]
        assert (alone.traveler_ids, {key: n for key, n in alone.risk.items() if n}, alone.seats) == (
            reference.counted([problem])
        )
    assert (together.traveler_ids, {key: n for key, n in together.risk.items() if n}, together.seats) == (
        reference.counted(made.problems)
    )
    for delegation in made.delegations:
        narrowed = hits.impact(congress.id, delegation_id=delegation.id)
        legs = {leg.id for leg in made.legs if leg.journey.delegation_id == delegation.id}
        assert sorted(all_of(narrowed), key=repr) == sorted((hit for hit in expected if hit[0] in legs), key=repr)
