"""What a typed word may stand for: the words of names and articles that it begins, and those one slip away.

One statement answers for all words of a search. The vocabulary belongs to everybody and is never shown; see
`app.models.naming`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain, repeat
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, literal_column, select, union_all

from app.dialects.names import Term, is_among
from app.extensions import db
from app.models.naming import SearchWord
from app.spelling import one_slip_from

MOST_SPELLINGS = 40
"""The number of words of the vocabulary that one typed word may stand for."""
_LAST = "\U0010ffff"
_WORD: Any = SearchWord.__table__.c.word


def beginning_with(words: Sequence[str]) -> list[list[str]]:
    """Return for each word the known words that it begins, itself included: at most one more than `MOST_SPELLINGS`."""
    ranges = [(f"from_{at}", word) for at, word in enumerate(words)]
    ranges += [(f"until_{at}", word + _LAST) for at, word in enumerate(words)]
    known: list[list[str]] = [[] for _word in words]
    for row in db.session.execute(_beginnings(len(words)), dict(ranges)):
        known[row.at].append(row.word)
    return known


def one_slip_away(words: Sequence[str]) -> list[list[str]]:
    """Return for each word the known words one slip away, those with the same first letter and length first."""
    close = [one_slip_from(word) for word in words]
    if not any(close):
        return [[] for _word in words]
    asked = sorted(set(chain(*close)))
    known = db.session.scalars(_among(db.session.get_bind().dialect.name), {"asked": asked}).all()
    return [_nearest(word, [one for one in known if one in slips]) for word, slips in zip(words, close, strict=True)]


def terms(words: Sequence[str], known: Sequence[list[str]], close: Sequence[list[str]] = ()) -> list[Term]:
    """Return what each word may stand for; nothing if one of them stands for no known word.

    That is the words that it begins, or the beginning itself if they are too many, and the words in `close`. A few
    whole words are found much faster than a beginning that many rows have.
    """
    found = [_term(word, *parts) for word, *parts in zip(words, known, close or repeat([]), strict=False)]
    return found if all(term.words or term.beginning for term in found) else []


def _term(word: str, known: list[str], close: list[str]) -> Term:
    if len(known) > MOST_SPELLINGS:
        return Term(tuple(close), word)
    return Term(tuple(dict.fromkeys((*known, *close))))


def _nearest(word: str, known: list[str]) -> list[str]:
    return sorted(known, key=lambda one: (one[0] != word[0], abs(len(one) - len(word)), one))[:MOST_SPELLINGS]


@cache
def _beginnings(count: int) -> CompoundSelect[Any]:
    """Return the statement for so many words: `at` is the place of the typed word."""
    each = (
        select(literal_column(str(at)).label("at"), _WORD)
        .where(bindparam(f"from_{at}") <= _WORD, bindparam(f"until_{at}") > _WORD)
        .limit(MOST_SPELLINGS + 1)
        .subquery()
        for at in range(count)
    )
    return union_all(*(select(one) for one in each))


@cache
def _among(dialect: str) -> Select[Any]:
    return select(_WORD).where(is_among(dialect, _WORD, "asked"))
