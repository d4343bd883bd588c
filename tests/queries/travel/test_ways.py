"""Alternative routes: which of them are as good as the best."""

import dataclasses
from datetime import timedelta

import pytest

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
