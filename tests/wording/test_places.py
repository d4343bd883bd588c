"""Places in the language of the reader."""

from flask_babel import force_locale

from app.models.travel.places import Place, PlaceKind
from app.queries.travel import place_names, places
from app.wording.places import place_called, place_label, place_name

HAVANA = {"country": "CU", "latitude": 23.1, "longitude": -82.4}


def test_a_town_and_its_airport_are_called_as_in_the_language_of_the_page(app):
    town = Place(name="La Habana", kind=PlaceKind.CITY, **HAVANA)
    airport = Place(name="Havana – José Martí", kind=PlaceKind.AIRPORT, code="HAV", **HAVANA)
    with app.test_request_context():
        with force_locale("es"):
            assert (place_name(town), place_called(airport)) == ("La Habana", "La Habana – José Martí (HAV)")
        with force_locale("en"):
            assert (place_label(town), place_label(airport)) == ("Havana, CU", "Havana – José Martí (HAV), CU")


def test_a_namesake_far_away_and_a_border_post_keep_their_names():
    far = Place(name="Londres", kind=PlaceKind.CITY, country="GB", latitude=57.0, longitude=-4.0)
    post = Place(name="La Habana", kind=PlaceKind.CROSSING, **HAVANA)
    assert place_names.name(far, "en") == "Londres"
    assert place_names.name(post, "en") == "La Habana"


def test_labels_of_every_language_lead_to_the_same_place(make):
    place = make.place("BOG")
    place.name, place.code, place.kind, place.words = (
        "La Habana",
        None,
        PlaceKind.CITY,
        "la habana | havana | la havane |",
    )
    place.sort_key = "la habana"
    place.country, place.latitude, place.longitude = "CU", 23.1, -82.4
    for label in ("La Habana, CU", "Havana, CU", "La Havane, CU"):
        assert label in place_names.labels(place)
        assert places.labeled(label) is place
    assert places.labeled("Habana, CU") is None
