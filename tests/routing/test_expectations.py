"""Which ways fit what was expected of a situation."""

from types import SimpleNamespace

import pytest

from app.models.travel.places import Mode
from benchmarks.travel_cases import expectations
from benchmarks.travel_cases.expectations import Verdict


def way(path, hours=10.0):
    """Return a way from words such as `BOG:CO air CUC:CO road Caracas:VE`; roads are 100 km, or 10 if named `transfer`."""
    words = path.split(" ")
    places = [_place(word) for word in words[::2]]
    segments = [
        SimpleNamespace(
            origin=one, destination=other, mode=Mode("road" if by == "transfer" else by), crossing=None,
            km=10.0 if by == "transfer" else 100.0,
        )
        for one, by, other in zip(places, words[1::2], places[1:], strict=False)
    ]  # fmt: skip
    return SimpleNamespace(segments=segments, hours=hours)


def _place(word):
    name, country = word.split(":")
    return SimpleNamespace(name=name, country=country, code=name if name.isupper() and len(name) == 3 else None)


def verdict(expects, *ways):
    """Return the verdict about ways, best first."""
    return expectations.score(expects, list(ways)).verdict


BY_LAND = way("Bogotá:CO transfer BOG:CO air CUC:CO road Cúcuta:CO road Caracas:VE")
BY_AIR = way("BOG:CO air CCS:VE transfer Caracas:VE")


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("CO land VE", True),
        ("CO air VE", False),
        ("CO any+ VE", True),
        ("CO air * land VE", False),
        ({"path": "CO road|rail VE", "uses": ["air"], "via": ["AUC|CUC"], "flights": 1}, True),
        ({"path": "CO land VE", "without": ["air"]}, False),
        ({"path": "CO land VE", "via": ["Maicao"]}, False),
    ],
)
def test_a_pattern_is_a_sequence_of_countries_and_modes_with_conditions(pattern, fits):
    assert (verdict({"first": [pattern]}, BY_LAND) is Verdict.RIGHT) == fits


def test_a_transfer_counts_for_no_mode():
    assert verdict({"first": [{"path": "CO air VE", "without": ["road"]}]}, BY_AIR) is Verdict.RIGHT


def test_a_right_first_way_is_partly_right_if_it_takes_a_little_too_long_and_wrong_if_much():
    expects = {"first": ["CO land VE"], "hours": [6, 9]}
    slow = "CUC:CO road Caracas:VE"
    found = [verdict(expects, way(slow, hours)) for hours in (12.0, 14.0, 20.0)]
    assert found == [Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG]


def test_a_way_that_fits_among_the_later_ones_is_partly_right():
    assert verdict({"first": ["CO land VE"]}, BY_AIR, BY_LAND) is Verdict.PARTLY
    assert verdict({"first": ["CO land VE"], "others": ["CO air VE"]}, BY_AIR) is Verdict.PARTLY
    assert verdict({"first": ["CO land VE"]}, BY_AIR) is Verdict.WRONG


@pytest.mark.parametrize(
    "never",
    [{"countries": ["VE"]}, {"modes": ["air"]}, {"places": ["CCS"]}, {"edges": ["VE air *"]}, {"edges": ["CO any VE"]}],
)
def test_what_no_way_may_have_is_wrong_first_and_spoils_a_later_way(never):
    assert verdict({"first": ["CO air VE"], "never": never}, BY_AIR) is Verdict.WRONG
    ways = (way("Bogotá:CO rail Quito:EC"), BY_AIR)
    assert verdict({"first": ["CO rail EC"], "never": never}, *ways) is Verdict.PARTLY


def test_edges_over_land_are_borders():
    assert verdict({"first": ["CO land VE"], "never": {"edges": ["CO land EC", "* road CO"]}}, BY_LAND) is Verdict.WRONG
    assert verdict({"first": ["CO land VE"], "never": {"edges": ["CO land CO"]}}, BY_LAND) is Verdict.RIGHT


def test_ways_where_none_exists_and_none_where_one_exists_are_missing():
    assert verdict({"none": True}) is Verdict.RIGHT
    assert verdict({"none": True}, BY_AIR) is Verdict.MISSING
    assert verdict({"first": ["CO air VE"]}) is Verdict.MISSING
