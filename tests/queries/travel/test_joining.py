"""Informed entities that are joined: only what all of them cover is affected."""

import numpy as np
import pytest

from app.domain.travel import places, problems
from app.extensions import db
from app.models.travel.hits import HitKind
from app.queries.travel import closures, hits
from app.routing.closures import touched
from app.routing.network import Evidence, Link, Node, Way, build
from app.routing.walk import Grounded, Step
from app.routing.wishes import Wish
from tests.factories import utc


@pytest.fixture
def congress(make):
    make.carrier("Avianca", "AV", "AVA", "CO"), make.carrier("Iberia", "IB", "IBE", "ES")
    return make.congress()


def joined(make, congress, *entities, **changes):
    """Return a problem about entities that hold together."""
    first, *others = [make.entity_values(kind, **named) for kind, named in entities]
    values = make.problem_values() | {"entities": [first]} | changes
    problem = problems.create(congress, values, by=None)
    for one in others:
        problems.add_entity(problem, one, joined_to=problem.informed_entities[0])
    db.session.flush()
    return problem


def found(congress, problem):
    impact = hits.impact(congress.id, problem.id)
    return {(hit.leg_id, hit.kind) for hit in (*impact.hits, *impact.warnings)}


def _world(links):
    """Return the network of an airport each in Colombia (0), Venezuela (1) and Spain (2)."""
    nodes = [Node(number, 0.0, float(number), code, "airport") for number, code in enumerate(("CO", "VE", "ES"))]
    empty = np.empty(0, dtype=np.int32)
    return build(nodes, links, [], (empty, empty))


def test_carriers_of_a_country_are_affected_only_in_the_airspace_they_are_joined_with(make, congress):
    delegation = make.delegation(congress)
    elsewhere = make.leg(delegation, "BOG", "MEX", "2025-12-10 10:00", "2025-12-10 14:00", carrier="Avianca")
    over = make.leg(delegation, "BOG", "POS", "2025-12-12 10:00", "2025-12-12 14:00", carrier="Avianca")
    into = make.leg(delegation, "BOG", "CCS", "2025-12-13 10:00", "2025-12-13 13:00", carrier="Avianca")
    make.leg(delegation, "MAD", "CCS", "2025-12-14 10:00", "2025-12-14 15:00", carrier="Iberia")
    problem = joined(make, congress, ("carriers_of", {"country": "CO"}), ("country_airspace", {"country": "VE"}))
    assert found(congress, problem) == {(into.id, HitKind.DIRECT), (over.id, HitKind.DETOUR)}
    assert elsewhere.id not in hits.leg_ids(congress.id)


def test_flights_between_two_places_are_affected_in_both_directions_whenever_one_of_the_ends_is_closed(make, congress):
    delegation = make.delegation(congress)
    there = make.leg(delegation, "BOG", "MAD", "2025-12-10 10:00", "2025-12-11 02:00")
    back = make.leg(delegation, "MAD", "BOG", "2025-12-12 10:00", "2025-12-12 16:00")
    make.leg(delegation, "BOG", "CCS", "2025-12-10 10:00", "2025-12-10 13:00")
    ends = [("place", {"place": make.place(code)}) for code in ("BOG", "MAD")]
    problem = joined(make, congress, *ends)
    assert found(congress, problem) == {(there.id, HitKind.DIRECT), (back.id, HitKind.DIRECT)}


def test_a_group_about_people_affects_those_whom_all_its_entities_name(make, congress):
    delegation = make.delegation(congress, "CO", delegates=0)
    people = [make.person(congress=congress, nationality=code) for code in ("CU", "CO")]
    refused, _other = (make.seat(delegation, person) for person in people)
    leg = make.leg(delegation, "BOG", "CCS")
    problem = joined(
        make, congress, ("nationality", {"nationality": "CU", "country": "VE"}), ("place", {"place": make.place("CCS")})
    )
    impact = hits.impact(congress.id, problem.id)
    assert [(hit.leg_id, hit.delegate_id) for hit in impact.hits] == [(leg.id, refused.id)]


def test_removing_an_entity_removes_what_is_joined_to_it(make, congress):
    problem = joined(make, congress, ("carriers_of", {"country": "CO"}), ("country_airspace", {"country": "VE"}))
    assert not problem.has_several_entities
    problems.add_entity(problem, make.entity_values("country", country="PE"))
    problems.remove_entity(problem, problem.informed_entities[0])
    assert [one.kind.value for one in problem.informed_entities] == ["country"]


def test_what_is_left_of_a_group_affects_nobody(make, congress):
    make.leg(make.delegation(congress), "BOG", "CCS")
    problem = joined(make, congress, ("country_airspace", {"country": "VE"}), ("place", {"place": make.place("MAD")}))
    db.session.delete(problem.informed_entities[1])
    db.session.flush()
    db.session.expire_all()
    assert not found(congress, problem)
    assert closures.of_congress(congress.id) == ([], [])


def test_a_joined_closure_closes_the_edges_that_all_its_parts_cover(make, congress):
    carrier = places.find_carrier("Avianca")
    joined(make, congress, ("carriers_of", {"country": "CO"}), ("country_airspace", {"country": "VE"}))
    (closure,), _ = closures.of_congress(congress.id)
    ends = [(0, 1, (carrier.id,)), (0, 1, (carrier.id, 999)), (0, 2, (carrier.id,)), (1, 2, (999,))]
    links = [Link(one, other, Way.AIR, Evidence.SEEN, carriers) for one, other, carriers in ends]
    assert touched(_world(links), closure).tolist() == [True, False, False, False]
    assert closure.concerns(utc("2025-12-10 00:00"), utc("2025-12-11 00:00"))


def test_a_refusal_joined_with_an_airspace_closes_it_only_to_a_party_with_that_nationality(make, congress):
    joined(
        make, congress, ("country_airspace", {"country": "VE"}), ("nationality", {"nationality": "CU", "country": "VE"})
    )
    closed, refusals = closures.of_congress(congress.id)
    starts, ends = utc("2025-12-10 00:00"), utc("2025-12-11 00:00")
    assert (closed, closures.refusing(refusals, frozenset({"CO"}), starts, ends)) == ([], ())
    (closure,) = closures.refusing(refusals, frozenset({"CO", "CU"}), starts, ends)
    assert (closure.kind, closure.country, len(closure.parts)) == ("joined", "VE", 2)
    links = [Link(0, 1, way, Evidence.ENTERED) for way in (Way.AIR, Way.ROAD)]
    assert touched(_world(links), closure).tolist() == [True, False]


def test_nobody_has_two_nationalities_that_are_joined(make, congress):
    joined(make, congress, *[("nationality", {"nationality": code, "country": "VE"}) for code in ("CU", "CO")])
    assert closures.of_congress(congress.id) == ([], [])


def test_a_carrier_that_is_stopped_or_avoided_is_not_among_those_to_book(make, congress):
    ids = {name: places.find_carrier(name).id for name in ("Avianca", "Iberia")}
    joined(make, congress, ("carriers_of", {"country": "CO"}), ("country_airspace", {"country": "VE"}))
    closed, _ = closures.of_congress(congress.id)
    both = tuple(ids.values())
    network = _world([Link(0, 1, Way.AIR, Evidence.SEEN, both), Link(0, 2, Way.AIR, Evidence.SEEN, both)])
    at = utc("2025-12-10 00:00"), utc("2025-12-10 03:00")
    grounded = Grounded.of(network, Wish(0, at[0]), closed)
    assert grounded.flying(network, Step(0, *at)) == [ids["Iberia"]]
    assert grounded.flying(network, Step(1, *at)) == sorted(both)
    avoiding = Grounded.of(network, Wish(0, at[0], avoid_carriers=frozenset({ids["Iberia"]})), [])
    assert avoiding.flying(network, Step(1, *at)) == [ids["Avianca"]]
