"""The situations whose answers were written down first: whether the files are sound, and how the engine does."""

import re
from datetime import datetime, timedelta

import pytest

from app.countries import named
from app.models.travel.problems import SUBJECTS, EntityKind
from benchmarks.travel_cases import situations
from benchmarks.travel_cases.expectations import Verdict, regular

EVERY_ONE = [one for half in situations.HALVES for one in situations.read(half)]
LEAST_RIGHT = {"tuning": 94.0, "held_out": 90.0}
MOST_WRONG = {"tuning": 2.0, "held_out": 2.0}
_MODES = {"air", "rail", "road", "sea", "river", "foot", "land", "any"}


def test_there_are_at_least_120_situations_and_each_has_a_name_of_its_own():
    names = [one["name"] for one in EVERY_ONE]
    assert len(names) == len(set(names)) >= 120
    assert {len(situations.read(half)) > 60 for half in situations.HALVES} == {True}


def test_a_quarter_to_two_fifths_of_the_situations_are_ordinary_trips():
    ordinary = sum(not one["closures"] for one in EVERY_ONE)
    assert 0.2 <= ordinary / len(EVERY_ONE) <= 0.4


def test_every_situation_says_what_happened_and_how_that_is_known():
    for one in EVERY_ONE:
        assert one["fact"].endswith((".", "?"))
        assert one["source"]
        assert datetime.fromisoformat(one["departs"]).utcoffset() == timedelta()
        assert {one["from"]["country"], one["to"]["country"], *one["nationalities"], *one["avoid"]} <= named(
            "en"
        ).keys()


def test_every_closure_has_the_fields_of_its_kind():
    renamed = {"place_id": "place", "crossing_id": "crossing"}
    for one in EVERY_ONE:
        for closure in one["closures"]:
            assert closure["periods"]
            for entity in closure.get("all_of", [closure]):
                needed = (renamed.get(column, column) for column in SUBJECTS[EntityKind(entity["kind"])])
                assert all(entity.get(column) for column in needed), one["name"]


def test_every_situation_expects_a_way_or_none():
    for one in EVERY_ONE:
        for expects in (one["expects"], *one["expects"].get("split", {}).values()):
            said = [kind for kind in ("first", "none", "split") if expects.get(kind)]
            assert len(said) == 1, one["name"]
        assert one["expects"].keys() <= {"first", "others", "never", "hours", "none", "split"}


def test_every_pattern_starts_where_the_party_is_and_ends_where_it_goes():
    for one in EVERY_ONE:
        for pattern in _patterns(one["expects"]):
            words = (pattern if isinstance(pattern, str) else pattern["path"]).split(" ")
            assert (words[0], words[-1]) == (one["from"]["country"], one["to"]["country"]), one["name"]
            assert {mode for word in words[1::2] for mode in word.rstrip("+").split("|")} <= _MODES
            re.compile(regular(" ".join(words)))


def _patterns(expects):
    yield from (*expects.get("first", ()), *expects.get("others", ()))
    for part in expects.get("split", {}).values():
        yield from _patterns(part)


@pytest.mark.usefixtures("observed_world")
def test_the_ways_found_are_those_that_travelers_expect():
    for half in situations.HALVES:
        found = list(situations.answers(situations.read(half)))
        assert situations.share(found, Verdict.RIGHT) >= LEAST_RIGHT[half]
        assert situations.share(found, Verdict.WRONG) <= MOST_WRONG[half]
