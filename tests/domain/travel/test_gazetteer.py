"""Loading the built-in data."""

import pytest
from sqlalchemy import func, select

from app import gazetteer as built_in
from app.domain.travel import gazetteer, gazetteer_towns, place_names
from app.extensions import db
from app.gazetteer import Town
from app.geography.sphere import distance_km
from app.models.travel.places import Crossing, Place, PlaceKind
from app.queries.travel import places
from app.routing.estimates import CROSSING

ATHENS = Town("Athina", "GR", 37.984, 23.728, "Europe/Athens", 664_046, ["athina", "athens", "atenas"], ["athen"])
FAR = Town("Athens", "GR", 41.0, 23.7, "Europe/Athens", 100_000, ["athens"], [])


@pytest.fixture
def few(monkeypatch):
    """The built-in data with two towns and one airport, so that loading them is quick."""
    hew, ath = ({"iata": code, "icao": icao, "name": name, "city": "Athens", "subd": "", "country": "GR", "lat": 37.9,
                 "lon": 23.8, "tz": "Europe/Athens"} for code, icao, name in
                (("HEW", "LGAT", "Helenikon"), ("ATH", "LGAV", "Venizelos")))  # fmt: skip
    monkeypatch.setattr(built_in, "towns", lambda: [ATHENS, FAR])
    monkeypatch.setattr(built_in, "airports", lambda: [ath])
    empty = {"cities": [], "crossings": [], "ports": [], "carriers": [], "lines": [], "line_towns": []}
    read = built_in.read
    monkeypatch.setattr(built_in, "read", lambda name: empty[name] if name in empty else read(name))
    return hew


def towns():
    return db.session.scalars(select(Place).where(Place.kind == PlaceKind.CITY).order_by(Place.id)).all()


def test_names_in_many_languages_and_scripts_find_the_town_before_airfields_and_smaller_towns(make):
    gazetteer.load()
    found = {
        typed: places.search(typed)[0].label
        for typed in (
            "Londres",
            "Tokio",
            "Argel",
            "Moscow",
            "Athens",
            "Le Caire",
            "القاهرة",
            "Москва",
            "東京",
            "Αθήνα",
            "Venecia",
        )
    }
    assert found == {
        "Londres": "London, GB", "Tokio": "Tokyo, JP", "Argel": "Alger, DZ", "Moscow": "Moskva, RU", "Athens": "Athina, GR",
        "Le Caire": "Cairo, EG", "القاهرة": "Cairo, EG", "Москва": "Moskva, RU", "東京": "Tokyo, JP", "Αθήνα": "Athina, GR",
        "Venecia": "Venezia, IT",
    }  # fmt: skip
    assert db.session.scalar(select(Place).where(Place.code == "HEW")) is None
    assert gazetteer.is_loaded()


def test_loading_again_changes_nothing(make, few):
    gazetteer.load()
    before = [(place.name, place.words, place.population) for place in towns()]
    gazetteer.load()
    assert [(place.name, place.words, place.population) for place in towns()] == before
    assert [name for name, _words, _people in before] == ["Athina", "Athens"]


def test_another_edition_is_not_loaded_yet(make, few, monkeypatch):
    assert not gazetteer.is_loaded()
    gazetteer.load()
    assert gazetteer.is_loaded()
    monkeypatch.setattr(built_in, "edition", lambda: "another")
    assert not gazetteer.is_loaded()


def test_a_town_that_people_recorded_under_another_name_is_not_recorded_twice(make, few):
    own = make.place("Maicao")
    own.name, own.country, own.latitude, own.longitude, own.words = "Atenas", "GR", 38.0, 23.7, "atenas"
    db.session.flush()
    gazetteer.load()
    assert [place.name for place in towns()] == ["Atenas", "Athens"]
    assert (own.population, own.words) == (664_046, "atenas athina | athina | athens | atenas | athenes | ~ athen ~")


def test_airports_that_were_closed_are_removed_from_houses_that_have_them_unless_services_use_them(make, few):
    hew = make.place("BOG")
    hew.code, hew.icao = few["iata"], few["icao"]
    service = make.service("HEW", "CCS")
    gazetteer.load()
    assert hew.removed_at is None
    db.session.delete(service)
    gazetteer.load()
    assert hew.removed_at is not None
    assert db.session.scalar(select(func.count()).select_from(Place).where(Place.code == "ATH")) == 1


def test_the_projects_own_towns_get_the_names_of_the_same_town_nearby(few):
    own = {
        "name": "Athens",
        "country": "GR",
        "latitude": 38.0,
        "longitude": 23.7,
        "population": None,
        "words": "athens",
    }
    first, second = gazetteer_towns.with_names([own])
    assert (first["name"], first["population"]) == ("Athens", 664_046)
    assert (second["name"], second["population"]) == ("Athens", 100_000)


def test_a_renamed_place_keeps_its_names_in_other_languages():
    stored = place_names.joined("athina", ["athens"], ["athen"])
    assert place_names.renamed(stored, "Atenas") == "atenas athina | athens | ~ athen ~"
    assert place_names.renamed("athina", "Atenas") == "atenas athina"


def test_a_crossing_with_only_the_usual_minutes_gets_those_of_the_data_and_what_people_entered_stays(
    make, few, monkeypatch
):
    near = {"name": "Here", "country": "GR", "latitude": 41.0, "longitude": 23.0, "timezone": "Europe/Athens"}
    rows = [
        {"name": name, "mode": "road", "a": near, "b": {**near, "name": f"There {name}", "country": "BG"}}
        for name in ("one", "other")
    ]
    read = built_in.read
    monkeypatch.setattr(built_in, "read", lambda name: rows if name == "crossings" else read(name))
    gazetteer.load()
    one, other = db.session.scalars(select(Crossing).order_by(Crossing.name)).unique()
    other.minutes = 40
    for row in rows:
        row["minutes"] = 20
    gazetteer.load()
    assert (one.minutes, other.minutes) == (20, 40)


def test_open_borders_take_no_longer_than_the_road_between_the_towns():
    groups = [set(one["countries"]) for one in built_in.read("open_borders")]
    for one in built_in.read("crossings"):
        if any({one["a"]["country"], one["b"]["country"]} <= group for group in groups):
            ends = [(one[side]["latitude"], one[side]["longitude"]) for side in ("a", "b")]
            assert one.get("minutes", CROSSING) <= 30 + distance_km(*ends) * 1.3, one["name"]
