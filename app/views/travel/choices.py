"""Choices of places, crossings, and legs."""

from app.domain.travel import places as place_records
from app.forms.picking import Choice, PickField
from app.forms.recording import Recording
from app.forms.travel.places import PlacePart
from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Place, PlaceKind
from app.policy import Permission
from app.queries.travel import legs, places
from app.web import choices
from app.web.access import may
from app.web.choices import SUGGESTED
from app.web.templating import locale_tag
from app.wording.formats import at
from app.wording.labels import country_name, label, way
from app.wording.places import place_called, place_label, place_name


def offer_places(
    field: PickField,
    congress_id: int | None = None,
    *,
    home: str | None = None,
    by_air: bool | None = None,
    records: bool = True,
) -> None:
    """Let a field find every known place; destinations of the congress's legs and places in `home` are suggested.

    Of several with the typed name, the one that is much larger is taken; a town comes before an airport. Places in the
    country `home` come first. Travel by air needs an airport, any other mode a place that is not an airport;
    if the wrong kind was typed, nearby places of the right kind are offered. If the field `records` places, an unknown place
    is created with the form.
    """
    field.choices = [_place(place) for place in legs.used_places(congress_id)] if congress_id else []
    field.shown = place_label
    field.search = lambda typed: [
        _place(place, *([typed] if is_called else [])) for place, is_called in places.meant_by(typed, home)
    ]
    if home:
        known = {choice.key for choice in field.choices}
        field.choices = [*field.choices, *(_place(one) for one in places.served(home) if str(one.id) not in known)]
        field.is_near = lambda place: place.country == home
    if field.object_data is not None and field.object_data.removed_at is not None:  # what names it may keep it
        field.choices = [*field.choices, _place(field.object_data)]
    if by_air is not None:
        field.suits = lambda place: (place.kind is PlaceKind.AIRPORT) is by_air
        kind = PlaceKind.AIRPORT if by_air else PlaceKind.CITY
        field.instead = lambda place: [_place(one) for one in places.beside(place, kind)]
    if records and may(Permission.PLACE_EDIT):
        part = PlacePart(f"{field.name}-new-", country=home, kind=PlaceKind.AIRPORT if by_air else PlaceKind.CITY)
        part.country.offer(choices.countries())
        field.recording = Recording(part, lambda name: place_records.add_place(**part.values_of(name)))


def offer_towns(field: PickField, *, records: bool = True) -> None:
    """Let a field find every known place: a town wins over airports and ports with its name."""
    offer_places(field, by_air=False, records=records)
    field.suits = lambda place: place.kind is PlaceKind.CITY


def _place(place: Place, *more: str) -> Choice:
    described = f"{place_called(place)}, {country_name(place.country)} · {label(place.kind)}"
    codes = (place.code,) if place.code else ()
    names = (place.name, place_name(place), *more)
    return Choice(place_label(place), place, names, codes, described, _weight(place))


def _weight(place: Place) -> int:
    """Return how likely a place is meant, among others with its name: a town by its people, others not."""
    return place.population or 1 if place.kind is PlaceKind.CITY else 0


def offer_crossings(field: PickField) -> None:
    """Let a field find every crossing by its name, a nearby town or its countries; some of those in use are suggested."""

    def found(typed: str, show: str = "") -> list[Choice]:
        page = places.find_crossings(typed, show, 1, language=locale_tag(), size=SUGGESTED)
        return [_crossing(one) for one in page.rows]

    field.choices = found("", places.CrossingShow.USABLE)
    field.search = found


def _crossing(one: Crossing) -> Choice:
    return Choice(one.label, one, (one.name, place_name(one.near), place_name(one.far), one.near.name, one.far.name))


def offer_legs(field: PickField, congress_id: int) -> None:
    """Let a field find an upcoming leg by its ends or number; the next ones are suggested."""
    field.choices = [_leg(leg) for leg in legs.ahead(congress_id)]
    field.search = lambda typed: [_leg(leg) for leg in legs.ahead(congress_id, typed)]


def _leg(leg: Leg) -> Choice:
    departs = at(leg.departs_at, leg.origin.timezone, place_name(leg.origin))
    called = f"{way(leg)}, {departs} (#{leg.id})"
    return Choice(called, leg, codes=(str(leg.id),))
