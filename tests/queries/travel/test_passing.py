"""What a leg passes between its ends: countries over land, regions in the air, and when it is where a closure is."""

import pytest

from app.domain.travel import passages, places
from app.extensions import db
from app.models.travel.hits import HitKind
from app.models.travel.journeys import Passage
from app.models.travel.places import Mode
from app.queries.travel import hits
from tests.factories import utc


@pytest.fixture
def congress(make):
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    return make.delegation(congress, "CO")


def kinds(congress, problem):
    found = hits.impact(congress.id, problem.id)
    return [hit.kind for hit in (*found.hits, *found.warnings)]


def by_road(make, delegation, **changes):
    times = ("2025-12-10 10:00", "2025-12-12 10:00")
    return make.leg(delegation, "Cúcuta", "Pacaraima", *times, mode=Mode.ROAD, carrier=None, **changes)


def verified(make, *towns):
    crossing = make.crossing(*towns, mode=Mode.ROAD)
    places.verify_crossing(crossing, by=make.user())
    return crossing


def test_a_leg_over_land_is_hit_by_a_closed_country_in_which_its_recorded_crossing_lies(make, congress, delegation):
    by_road(make, delegation, crossing=make.crossing("Pacaraima", "Santa Elena", mode=Mode.ROAD))
    closed = make.problem(congress, kind="country", country="VE")
    assert kinds(congress, closed) == [HitKind.DIRECT]
    assert kinds(congress, make.problem(congress, kind="mode", mode=Mode.ROAD, country="VE")) == [HitKind.DIRECT]
    assert kinds(congress, make.problem(congress, kind="country", country="PE")) == []


def test_a_country_on_the_fastest_verified_way_only_warns(make, congress, delegation):
    verified(make, "Cúcuta", "San Antonio"), verified(make, "Pacaraima", "Santa Elena")
    by_road(make, delegation)
    closed = make.problem(congress, kind="country", country="VE")
    assert kinds(congress, closed) == [HitKind.PASSAGE]


def test_passages_are_derived_anew_when_crossings_were_verified(make, congress, delegation):
    leg = by_road(make, delegation)
    assert not db.session.query(Passage).count()
    verified(make, "Cúcuta", "San Antonio"), verified(make, "Pacaraima", "Santa Elena")
    assert passages.derive() == 1
    assert [(one.leg_id, one.country, one.recorded) for one in db.session.query(Passage)] == [(leg.id, "VE", False)]
    assert passages.derive() == 0


def test_a_closed_border_hits_a_leg_whose_recorded_crossing_lies_on_it_whatever_its_ends_are(
    make, congress, delegation
):
    by_road(make, delegation, crossing=make.crossing("Pacaraima", "Santa Elena", mode=Mode.ROAD))
    closed = make.problem(congress, kind="border", country="VE", other_country="BR")
    other = make.problem(congress, kind="border", country="VE", other_country="CO")
    assert (kinds(congress, closed), kinds(congress, other)) == ([HitKind.DIRECT], [])


def test_a_closed_region_that_a_flight_only_crosses_warns(make, congress, delegation):
    make.leg(delegation, "BOG", "POS", "2025-12-10 10:00", "2025-12-10 14:00")
    make.leg(delegation, "BOG", "MEX", "2025-12-10 10:00", "2025-12-10 14:00")
    assert kinds(congress, make.problem(congress, kind="fir", fir="SVZM")) == [HitKind.DETOUR]


@pytest.mark.parametrize(
    ("kind", "named", "starts", "ends", "is_hit"),
    [
        ("country_airspace", {"country": "VE"}, "2025-12-10 10:00", "2025-12-10 12:00", False),  # reopens long before
        ("country_airspace", {"country": "VE"}, "2025-12-10 10:00", "2025-12-10 19:01", True),
        ("place", {"place": "CCS"}, "2025-12-10 10:00", "2025-12-10 20:00", False),
        ("place", {"place": "CCS"}, "2025-12-10 20:50", "2025-12-10 22:00", True),
        ("place", {"place": "MAD"}, "2025-12-10 12:00", "2025-12-10 22:00", False),  # closes after it has left
        ("place", {"place": "MAD"}, "2025-12-10 10:00", "2025-12-10 11:30", True),
        ("carrier", {"carrier": "Avianca"}, "2025-12-10 12:00", "2025-12-10 13:00", True),
    ],
)
def test_what_counts_at_an_end_is_when_the_flight_is_there(
    make, congress, delegation, kind, named, starts, ends, is_hit
):
    make.leg(delegation, "MAD", "CCS", "2025-12-10 12:00", "2025-12-10 17:00")  # 11:00 to 21:00 UTC
    values = {name: make.place(value) if name == "place" else value for name, value in named.items()}
    problem = make.problem(congress, starts, ends, kind=kind, **{"country": None} | values)
    assert bool(hits.impact(congress.id, problem.id).hits) is is_hit


def test_a_flight_inside_a_closed_country_is_there_all_the_time(make, congress, delegation):
    make.leg(delegation, "BOG", "CUC", "2025-12-10 10:00", "2025-12-10 20:00")
    closed = make.problem(congress, "2025-12-10 19:00", "2025-12-10 20:00", kind="country", country="CO")
    assert kinds(congress, closed) == [HitKind.DIRECT]


def test_an_arrival_that_nobody_recorded_is_estimated_and_marked(make, congress, delegation):
    flight = make.leg(delegation, "MAD", "CCS", "2025-12-10 12:00", None)
    assert (flight.arrival_estimated, flight.arrives_at) == (True, utc("2025-12-10 20:20"))
    bus = make.leg(delegation, "Cúcuta", "San Antonio", "2025-12-10 12:00", None, mode=Mode.ROAD, carrier=None)
    assert bus.arrives_at == utc("2025-12-10 17:15")
