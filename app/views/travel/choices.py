"""Places, crossings, and legs to choose from."""

from app.forms.picking import Choice, PickField
from app.models.travel.places import Crossing, Place
from app.models.travel.travel import Leg
from app.queries.travel import places, travel
from app.text import searchable, words_of
from app.wording.formats import alphabetical
from app.wording.labels import country_name


def offer_places(field: PickField, congress_id: int | None = None) -> None:
    """Let a field find every place that is known; those where legs of the congress lead are suggested."""
    field.choices = [_place(place) for place in travel.used_places(congress_id)] if congress_id else []
    field.search = lambda typed: [_place(place) for place in _found(typed)]


def _found(typed: str) -> list[Place]:
    exact = places.labelled(typed)
    return [exact] if exact else list(places.search(typed))


def _place(place: Place) -> Choice:
    names = (place.code, place.name) if place.code else (place.name,)
    return Choice(place.label, place, names)


def crossings() -> list[Crossing]:
    """Return all crossings, by the countries that they join."""
    return alphabetical(
        places.crossings(),
        lambda one: (country_name(one.near.country), country_name(one.far.country), f"{50 - one.rank:02}", one.name),
    )


def offer_crossings(field: PickField) -> None:
    """Let a field find every crossing by its name or by a town beside it; those that are in use are suggested."""
    listed = [_crossing(one) for one in crossings()]
    field.choices = [choice for choice in listed if choice.value.usable]
    field.search = lambda typed: [choice for choice in listed if _mentions(choice, typed)]


def _crossing(one: Crossing) -> Choice:
    return Choice(one.label, one, (one.name, one.near.name, one.far.name))


def _mentions(choice: Choice, typed: str) -> bool:
    said = searchable(choice.label, *choice.other_names)
    return all(word in said for word in words_of(typed))


def offer_legs(field: PickField, congress_id: int) -> None:
    """Let a field find a leg that is still to be travelled by its ends or its number; the next ones are suggested."""
    field.choices = [_leg(leg) for leg in travel.ahead(congress_id)]
    field.search = lambda typed: [_leg(leg) for leg in travel.ahead(congress_id, typed)]


def _leg(leg: Leg) -> Choice:
    label = f"{leg.origin.name} → {leg.destination.name}, {leg.departs_at:%d/%m/%Y %H:%M} UTC (#{leg.id})"
    return Choice(label, leg, (f"#{leg.id}", str(leg.id)))
