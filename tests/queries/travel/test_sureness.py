"""How sure the steps of a route are."""

from datetime import timedelta

import pytest

from app.queries.travel import ways
from app.queries.travel.sureness import Sureness, most_minutes, sureness
from app.routing.network import Evidence
from tests.factories import utc

NOON = utc("2025-12-04 12:00")


def step(make, evidence, *, km=200.0, country="CO"):
    one, other = make.place("BOG"), make.place("CUC")
    one.country = country
    return ways.Segment(
        origin=one, destination=other, mode="road", departs_at=NOON, arrives_at=NOON + timedelta(hours=4),
        evidence=evidence, confirmed=None, times=0, carriers=(), crossing=None, km=km,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "country", "sure", "minutes"),
    [
        (Evidence.BOOKED, "CO", Sureness.TRAVELED, 0),
        (Evidence.KNOWN_LINE, "CO", Sureness.SCHEDULED, 0),
        (Evidence.CROSSING, "CO", Sureness.RECORDED, 120),
        (Evidence.ESTIMATE, "CO", Sureness.ESTIMATED, 84),
        (Evidence.ESTIMATE, "CD", Sureness.POOR, 240),
    ],
)
def test_the_less_sure_a_step_is_the_longer_it_may_take(make, evidence, country, sure, minutes):
    one = step(make, evidence, country=country)
    route = ways.AlternativeRoute((one,), NOON, 4.0, 10, 0, (), tied=False)
    assert sureness(one) is sure
    assert most_minutes(route) == pytest.approx(minutes)


def test_a_way_within_a_town_takes_no_longer(make):
    one = step(make, Evidence.ESTIMATE, km=20.0)
    assert most_minutes(ways.AlternativeRoute((one,), NOON, 4.0, 10, 0, (), tied=False)) == 0
