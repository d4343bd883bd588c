"""The names of places as they are stored for searching."""

from collections.abc import Iterable

from app.models.travel.places import OTHER, USUAL
from app.text import searchable


def joined(own: str, usual: Iterable[str], others: Iterable[str]) -> str:
    """Return what `Place.words` stores: a place's own words, then its folded names in other languages."""
    return own + _separated(USUAL, usual) + _separated(OTHER, others)


def renamed(stored: str, *own: str | None) -> str:
    """Return the stored words with more own names before those that they have."""
    known, names = split(stored)
    return searchable(*own, *known.split()) + names


def split(stored: str) -> tuple[str, str]:
    """Return a place's own words, and the rest with its names in other languages."""
    own, separator, rest = stored.partition(f" {USUAL} ")
    return own, separator + rest


def names_in(rest: str) -> list[str]:
    """Return the folded names in the rest of stored words."""
    return [name for name in (one.strip() for one in rest.replace(OTHER, USUAL).split(USUAL)) if name]


def _separated(separator: str, names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    return f" {separator} " + f" {separator} ".join(listed) + f" {separator}" if listed else ""
