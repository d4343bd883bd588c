"""Choices that forms of several wings offer, in the user's language and order."""

from flask_babel import gettext

from app import languages, zones
from app.countries import named
from app.forms.picking import Choice, PickField
from app.models.travel.places import Place
from app.queries.travel import places
from app.web.templating import locale_tag
from app.wording.formats import language_name
from app.wording.labels import country_name
from app.wording.places import place_name

SUGGESTED = 60
"""The number of rows of a growing table that are suggested at once; the others are found by typing."""


def countries() -> list[tuple[str, str]]:
    """Return the countries by name, after an empty choice."""
    return [("", gettext("– choose –")), *named(locale_tag()).items()]


def offer_languages(field: PickField) -> None:
    """Let a field find every language by its code, or by its name in a member language or in the language itself."""

    def found(typed: str) -> list[Choice]:
        code = languages.code_of(typed)
        return [Choice(language_name(code), code, codes=(typed,))] if code else []

    field.choices = [Choice(name, code, codes=(code,)) for code, name in languages.named(locale_tag()).items()]
    field.search = found


def zones_of_towns(typed: str) -> list[Choice]:
    """Return the time zones of the towns that match the typed text, each with the matching towns."""
    found: dict[str, list[Place]] = {}
    for place in places.search(typed):
        found.setdefault(place.timezone, []).append(place)
    return [
        Choice(
            zone,
            zone,
            (*zones.towns(zone), *(place_name(place) for place in there)),
            description=_described(zone, there[0]),
        )
        for zone, there in found.items()
    ]


def _described(zone: str, place: Place) -> str:
    return f"{zone} ({place_name(place)}, {country_name(place.country)})"
