"""Whether a place is called as somebody has typed, and how likely it is meant: in SQL, and for one place."""

from typing import Any

from sqlalchemy import ColumnElement, case, exists, false, func, or_

from app.models.travel.places import OTHER, USUAL, Place, PlaceKind, Service
from app.text import plain, sort_key


def coded(typed: str) -> ColumnElement[bool]:
    """Return the condition that a place has this code."""
    return func.lower(Place.code) == plain(typed)


def named(typed: str) -> ColumnElement[bool]:
    """Return the condition that a place has this name: its own, or a usual one in a language of members or of its country."""
    usual = Place.words.contains(f"{USUAL} {plain(typed)} {USUAL}")
    return or_(Place.sort_key == sort_key(typed), usual)


def likelihood(typed: str, country: str | None) -> list[ColumnElement[Any]]:
    """Return the order of places that match what was typed, the likeliest first; see `app.queries.travel.places.search`."""
    wanted = plain(typed)
    has_code, has_name, known_as = coded(typed), named(typed), Place.words.contains(f"{OTHER} {wanted} {OTHER}")
    begins = case(
        (or_(has_code, has_name, known_as), 0),
        (Place.words.startswith(f"{wanted} "), 1),
        (Place.words.startswith(wanted), 2),
        (Place.words.contains(f" {wanted}"), 3),
        else_=4,
    )
    as_code = has_code if typed.strip().isupper() else false()
    is_served = exists().where(Service.origin_id == Place.id)
    return [
        case((as_code, 0), (or_(has_code, has_name), 1), (known_as, 2), else_=3),
        case((Place.country == country, 0), else_=1),
        begins,
        case((Place.kind == PlaceKind.CITY, 0), (is_served, 1), else_=2),
        func.coalesce(Place.population, 0).desc(),
        func.length(Place.words).expression,
        Place.id.expression,
    ]


def is_called(place: Place, typed: str) -> bool:
    """Return whether a place has this code or name, as `coded` and `named` do."""
    wanted = plain(typed)
    is_named = place.sort_key == sort_key(typed) or f"{USUAL} {wanted} {USUAL}" in place.words
    return is_named or wanted == plain(place.code or "")


def is_known_as(place: Place, typed: str) -> bool:
    """Return whether a place has this name in a language that few people there speak."""
    return f"{OTHER} {plain(typed)} {OTHER}" in place.words
