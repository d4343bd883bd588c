"""How places are called in a language."""

from app import towns
from app.models.travel.places import Place, PlaceKind


def name(place: Place, language: str) -> str:
    """Return the name of a place: that of its town in the language, if it has one."""
    if place.kind is PlaceKind.CROSSING:
        return place.name
    return towns.named(language, place.name, place.country, place.point)


def called(place: Place, language: str) -> str:
    """Return the place in a sentence: an airport with its code, so that it is not confused with its town."""
    shown = name(place, language)
    return f"{shown} ({place.code})" if place.code and place.kind is PlaceKind.AIRPORT else shown


def label(place: Place, language: str) -> str:
    """Return the place as it is typed and shown: `Bogotá (BOG), CO`."""
    return _label(place, name(place, language))


def labels(place: Place) -> list[str]:
    """Return the labels of a place in the languages of members, its own first."""
    known = [place.name] if place.kind is PlaceKind.CROSSING else towns.names(place.name, place.country, place.point)
    return [_label(place, one) for one in known]


def _label(place: Place, shown: str) -> str:
    return f"{shown} ({place.code}), {place.country}" if place.code else f"{shown}, {place.country}"
