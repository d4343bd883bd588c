"""Unverified crossings that would make a route possible."""

import pytest

from app.domain.travel import places
from app.queries.travel import ways
from app.queries.travel.openings import openings
from app.queries.travel.ways import RouteConstraints
from tests.factories import utc


@pytest.fixture
def stranded(make, at):
    """Two delegations in Bogotá without a known route, and two unverified crossings."""
    at(utc("2025-12-04 12:00"))
    congress = make.congress()
    make.place("CCS")
    make.crossing()
    make.crossing("Maicao", "Paraguachón")
    return congress, [make.delegation(congress), make.delegation(congress, country="CO")]


def asked(make):
    return RouteConstraints(origin=make.place("BOG"))


def test_unverified_crossings_that_would_open_a_route_are_listed_by_the_shortest_route(make, stranded):
    congress, delegations = stranded
    assert not any(ways.find_for(congress, delegations, asked(make)).values())
    found = openings(congress, delegations, asked(make))
    assert [one.crossings[0].name for one in found] == ["Cúcuta – San Antonio", "Maicao – Paraguachón"]
    assert found[0].way.hours < found[1].way.hours
    assert {one.delegations for one in found} == {2}


def test_a_banned_crossing_opens_no_route_and_a_verified_one_is_a_route(make, stranded):
    congress, delegations = stranded
    near, far = (one.crossings[0] for one in openings(congress, delegations, asked(make)))
    far.banned = True
    places.network_changed()
    assert [one.crossings for one in openings(congress, delegations, asked(make))] == [(near,)]
    places.verify_crossing(near, make.user("Ana"))
    assert all(ways.find_for(congress, delegations, asked(make)).values())
