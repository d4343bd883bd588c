"""Search rows by name and sort them, with the same results on every database. See `app.models.naming`."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, false, func
from sqlalchemy.orm import InstrumentedAttribute

from app import countries
from app.dialects import position
from app.models.naming import without_n_tilde
from app.text import MOST_WORDS, words_of


def holding(words: InstrumentedAttribute[str], typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which names contain every typed word, in any order, whole or as part of a word.

    Empty input adds no condition; input without letters and digits matches nothing.
    """
    wanted = words_of(typed)[:MOST_WORDS]
    if typed.strip() and not wanted:
        return [false()]
    return [words.contains(word) for word in wanted]


def by_name(sort_key: InstrumentedAttribute[str], language: str) -> ColumnElement[Any]:
    """Return the sort expression for the alphabet of a language; see `app.text.sort_key`."""
    return sort_key.expression if language == "es" else without_n_tilde(sort_key)


def by_country(country: InstrumentedAttribute[Any], language: str) -> ColumnElement[int]:
    """Return the sort expression for country names in a language; countries without a name come last."""
    ranks = _ranks(language)
    return func.coalesce(func.nullif(position(ranks, country), 0), len(ranks))


@cache
def _ranks(language: str) -> str:
    """Return the codes of all countries in the order of their names: one value, where a rank for each would be hundreds."""
    return " ".join(countries.named(language))
