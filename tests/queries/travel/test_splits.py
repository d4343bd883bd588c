"""Splitting a delegation of which some are refused: routes for them and for the others, and what stands on a route."""

import pytest
from sqlalchemy import select

from app.domain.travel import ways as chosen
from app.extensions import db
from app.models.travel.journeys import Traveler
from app.models.travel.problems import Effect
from app.queries.travel import closures, splits, ways
from app.queries.travel.ways import RouteConstraints
from tests.factories import utc


@pytest.fixture
def congress(make, at):
    at(utc("2025-12-05 12:00"))
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    """Two Mexicans and a Spaniard in Bogotá, with a nonstop flight to the congress and a much longer way."""
    delegation = make.delegation(congress, "MX")
    make.seat(delegation, make.person("Luz", congress=congress, nationality="ES"))
    make.service("BOG", "CCS")
    return delegation


def asked(make):
    return RouteConstraints(origin=make.place("BOG"))


def parts_of(make, congress, delegation):
    together = ways.find_for(congress, [delegation], asked(make))[delegation.id]
    return splits.of(congress, delegation, asked(make), together)


def refuse(make, congress, country="VE", nationality="ES", ends=None, **changes):
    return make.problem(
        congress, "2025-12-01 00:00", ends, kind="nationality", nationality=nationality, country=country, **changes
    )


def test_one_refused_member_does_not_keep_the_others_from_a_route(make, congress, delegation):
    refuse(make, congress)
    rest, refused = parts_of(make, congress, delegation)
    assert (rest.stays, len(rest.delegates), refused.refused_by) == (True, 2, ("VE",))
    assert [one.person.given_name for one in refused.delegates] == ["Luz"]
    assert rest.ways
    assert not refused.ways


def test_a_delegation_is_not_split_if_that_helps_nobody(make, congress, delegation):
    assert parts_of(make, congress, delegation) == []
    refuse(make, congress, country="PA")
    assert parts_of(make, congress, delegation) == []
    refuse(make, congress, nationality="MX")
    refuse(make, congress, nationality="ES")
    assert parts_of(make, congress, delegation) == []


def test_a_route_of_some_becomes_their_own_itinerary_and_can_be_undone(make, congress, delegation):
    refuse(make, congress)
    rest, refused = parts_of(make, congress, delegation)
    alice, way = make.user("Alice"), rest.ways[0]
    journey = chosen.choose_apart(
        delegation, refused.delegates, way, problem=make.problem(congress), by=alice, title="!"
    )
    assert [one.delegate for one in journey.travelers] == list(refused.delegates)
    assert [(leg.origin, leg.destination) for leg in journey.legs] == [
        (one.origin, one.destination) for one in way.segments
    ]
    assert closures.nationalities(congress.id, [delegation.id]) == {delegation.id: frozenset({"MX"})}
    assert parts_of(make, congress, delegation) == []
    chosen.undo(delegation, by=alice)
    assert not db.session.scalars(select(Traveler)).all()


def test_a_refusal_that_ends_soon_is_waited_for(make, congress, delegation):
    refuse(make, congress, ends="2025-12-06 06:00")
    [way, *_] = ways.find_for(congress, [delegation], asked(make))[delegation.id]
    assert way.segments[0].departs_at >= utc("2025-12-06 06:00")


@pytest.mark.parametrize(("nationality", "warned"), [("ES", True), ("CU", False)])
def test_a_warning_about_a_nationality_stands_on_the_routes_of_those_who_have_it(
    make, congress, delegation, nationality, warned
):
    problem = refuse(make, congress, nationality=nationality, effect=Effect.SIGNIFICANT_DELAYS)
    [way, *_] = ways.find_for(congress, [delegation], asked(make))[delegation.id]
    assert way.warnings == ([problem] if warned else [])


def test_a_route_says_whom_the_countries_on_it_refuse(make, congress, delegation):
    refuse(make, congress, nationality="CU")
    refuse(make, congress, country="PA", nationality="HT")
    [way, *_] = ways.find_for(congress, [delegation], asked(make))[delegation.id]
    assert way.refused == (("VE", "CU"),)


def test_a_warning_about_a_carrier_stands_on_the_route(make, congress, delegation):
    make.service("CUC", "CCS", carrier="Conviasa")
    problem = make.problem(
        congress, "2025-12-01 00:00", kind="carrier", country=None, carrier="Conviasa", effect=Effect.SIGNIFICANT_DELAYS
    )
    make.problem(
        congress, "2025-12-01 00:00", kind="carrier", country=None, carrier="Other", effect=Effect.SIGNIFICANT_DELAYS
    )
    constraints = RouteConstraints(origin=make.place("CUC"))
    [way, *_] = ways.find_for(congress, [delegation], constraints)[delegation.id]
    assert way.warnings == [problem]
