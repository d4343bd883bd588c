"""Alternative routes: which of them are as good as the best."""

import dataclasses
from datetime import date, timedelta

import pytest

from app.models.travel.places import Mode
from app.models.travel.problems import Effect
from app.queries.travel import ways
from tests.factories import utc


@pytest.mark.parametrize(
    ("longer", "tied"), [([1.0, 1.1, 1.101], [False, True, True, False]), ([1.2], [False, False]), ([], [False])]
)
def test_a_route_that_takes_up_to_a_tenth_longer_than_the_best_is_as_good(make, at, monkeypatch, longer, tied):
    at(utc("2025-12-04 12:00"))
    congress = make.congress()
    delegation = make.delegation(congress)
    make.service("BOG", "CCS")
    search = ways.find

    def found(*asked, **limits):
        [[best, *_]] = search(*asked, **limits)
        later = [best.starts_at + timedelta(minutes=best.minutes * (1 - times)) for times in longer]
        return [[best, *(dataclasses.replace(best, starts_at=starts_at) for starts_at in later)]]

    monkeypatch.setattr(ways, "find", found)
    found = ways.find_for(congress, [delegation], ways.RouteConstraints(origin=make.place("BOG")))[delegation.id]
    assert [one.tied for one in found] == tied


@pytest.mark.parametrize(
    ("about", "starts", "warned"),
    [
        ({"kind": "place", "place": "CCS"}, "2025-12-04 00:00", True),
        ({"kind": "country_airspace", "country": "CO"}, "2025-12-04 00:00", True),
        ({"kind": "place", "place": "CCS"}, "2025-12-15 00:00", False),
        ({"kind": "place", "place": "CUC"}, "2025-12-04 00:00", False),
    ],
)
def test_a_route_has_the_warnings_that_apply_while_it_is_traveled(make, at, about, starts, warned):
    at(utc("2025-12-04 12:00"))
    congress = make.congress()
    delegation = make.delegation(congress)
    make.service("BOG", "CCS")
    about = {name: make.place(value) if name == "place" else value for name, value in about.items()}
    problem = make.problem(congress, starts, effect=Effect.SIGNIFICANT_DELAYS, **about)
    [found, *_] = ways.find_for(congress, [delegation], ways.RouteConstraints(origin=make.place("BOG")))[delegation.id]
    assert found.warnings == ([problem] if warned else [])


def test_no_route_leads_over_a_road_that_was_ruled_out_unless_it_opens_before(make, at):
    at(utc("2025-12-04 12:00"))
    congress = make.congress()
    delegation = make.delegation(congress)
    make.service("BOG", "CCS").mode = Mode.ROAD
    wanted = ways.RouteConstraints(origin=make.place("BOG"))
    assert ways.find_for(congress, [delegation], wanted)[delegation.id]
    make.ruled_out_road(country="VE", until=date(2025, 12, 5))
    [late, *_] = ways.find_for(congress, [delegation], wanted)[delegation.id]
    assert late.segments[0].departs_at >= utc("2025-12-06 00:00")
    make.ruled_out_road(country="CO")
    assert ways.find_for(congress, [delegation], wanted)[delegation.id] == []
