"""How places are called in the current language."""

from flask_babel import get_locale

from app.config import LOCALES
from app.models.travel.places import Place
from app.queries.travel import place_names


def place_name(place: Place) -> str:
    """Return the name of a place: `Londres` in Spanish."""
    return place_names.name(place, _language())


def place_called(place: Place) -> str:
    """Return the place in a sentence: an airport with its code, so that it is not confused with its town."""
    return place_names.called(place, _language())


def place_label(place: Place) -> str:
    """Return the place as it is typed and shown: `Bogotá (BOG), CO`."""
    return place_names.label(place, _language())


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else LOCALES[0]
