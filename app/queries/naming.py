"""Searching rows by their names, and putting them in order, the same on every database. See `app.models.naming`."""

from typing import Any

from sqlalchemy import ColumnElement, case, false, func
from sqlalchemy.orm import InstrumentedAttribute

from app import countries
from app.text import AFTER_N, words_of


def holding(words: InstrumentedAttribute[str], typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which names hold every word that was typed, in any order, each perhaps as a part.

    Nothing typed asks for nothing; signs alone stand in no name.
    """
    wanted = words_of(typed)
    if typed.strip() and not wanted:
        return [false()]
    return [words.contains(word) for word in wanted]


def by_name(sort_key: InstrumentedAttribute[str], language: str) -> ColumnElement[Any]:
    """Return what puts rows in the order of a language's alphabet; see `app.text.sort_key`."""
    return sort_key.expression if language == "es" else func.replace(sort_key, AFTER_N, "n")


def by_country(country: InstrumentedAttribute[Any], language: str) -> ColumnElement[int]:
    """Return what puts rows in the order of their countries' names in a language; countries without a name come last."""
    ranks = {code: rank for rank, code in enumerate(countries.named(language))}
    return case(ranks, value=country, else_=len(ranks))
