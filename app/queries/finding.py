"""Search as typed: words in any order, each also as a beginning, and with one typing slip if little is found otherwise.

A search over millions of names cannot rank them all. It reads at most `MOST` rows that fit, and sorts those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from app.dialects.names import Term, asked_of, holding_terms
from app.extensions import db
from app.models.removing import Removable
from app.models.scoping import EVERYTHING, Scoped, current_scope
from app.queries import vocabulary
from app.queries.lookup import kept
from app.queries.paging import holding_words
from app.spelling import one_slip_from
from app.text import MOST_WORDS, plain, sort_key, words_of

MOST = 500
"""The number of results that are sorted and counted; of more, any 500 are."""
FEW = 10
"""With fewer results, words with a typing slip are looked up as well."""
_READ = 10_000
"""The number of rows in a scope whose names are read one by one rather than looked up in the index of all names."""
_LATEST = 2_000
"""The number of rows without an index that are compared with misspelled words."""


class Candidate(Protocol):
    """What a row of a result is sorted by."""

    id: int
    words: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of the rows that were found, best first."""

    ids: Sequence[int]
    more: bool = False
    """Whether there are more than these."""


def by_name(model: Any, typed: str, first: Sequence[int] = ()) -> Found:
    """Return the rows in scope whose names contain every word of `typed`.

    Rows in `first` come before all others, then exact names, names that start with what was typed, and names with a
    slip last.
    """
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return Found(first[:MOST], len(first) > MOST)
    beginnings = vocabulary.beginning_with(words)
    exact = vocabulary.terms(words, beginnings)
    found = _candidates(model, exact)
    loose: Sequence[Candidate] = []
    if len(found) < FEW:
        slips = vocabulary.terms(words, beginnings, vocabulary.one_slip_away(words))
        loose = _candidates(model, slips) if slips != exact else []
    more = len(found) > MOST
    known = [*found, *_whole_names(model, words)] if more else found
    ids = [*first, *_ranked(known, words), *_ranked(loose, words)]
    return Found(list(dict.fromkeys(ids))[:MOST], more or len(loose) > MOST)


def beginning(model: Any, typed: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which the names of a row in scope have words that begin with every word of `typed`.

    Empty input adds no condition; input without letters and digits matches nothing. If few rows fit, the condition
    names them. If many do, each row is compared: then whoever reads rows in any order soon finds enough for a page.
    """
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return [false()] if typed.strip() else []
    if not _are_few(model):
        found = _narrowed(model, vocabulary.terms(words, vocabulary.beginning_with(words)))
        if len(found) <= MOST:
            return [model.id.in_([one.id for one in found])]
    return [_holds(model.words, Term(beginning=word)) for word in words]


def _candidates(model: Any, terms: list[Term]) -> Sequence[Candidate]:
    """Return at most `MOST` + 1 rows in scope whose names hold all terms; none if there are no terms."""
    return _scanned(model, terms) if _are_few(model) else _narrowed(model, terms)


def _are_few(model: Any) -> bool:
    """Return whether the scope contains so few rows that all can be read: faster than the index of everybody's names."""
    if not issubclass(model, Scoped) or current_scope() == EVERYTHING:
        return False
    return len(db.session.scalars(select(model.id).limit(_READ + 1)).all()) <= _READ


def _narrowed(model: Any, terms: list[Term]) -> Sequence[Candidate]:
    """Return rows in scope with all terms, by the index."""
    if not terms:
        return []
    dialect = db.session.get_bind().dialect.name
    return db.session.execute(_by_index(model, dialect, MOST + 1), {"asked": asked_of(dialect, terms)}).all()


@cache
def _by_index(model: Any, dialect: str, limit: int) -> Select[Any]:
    listed = select(model.id, model.words, model.sort_key).where(*_offered(model)).limit(limit)
    return holding_terms(dialect, listed, model.words)


def _scanned(model: Any, terms: list[Term]) -> Sequence[Candidate]:
    """Return rows in scope with all terms by reading every row in scope."""
    if not terms:
        return []
    found = select(model.id, model.words, model.sort_key).where(*(_holds(model.words, term) for term in terms))
    return db.session.execute(found.where(*_offered(model)).limit(MOST + 1)).all()


def _offered(model: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that excludes removed rows, if rows of the model can be removed."""
    return (kept(model),) if issubclass(model, Removable) else ()


def by_text(model: Any, typed: str, *columns: Any, latest: Sequence[Any]) -> Found:
    """Return rows of a table without an index whose columns contain every word of `typed`, in the order `latest`.

    Words with a slip are only looked for in the latest rows.
    """
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return Found(())
    found = select(model.id).where(*holding_words(typed, *columns), *_offered(model)).order_by(*latest).limit(MOST + 1)
    ids = list(db.session.scalars(found).unique())
    if len(ids) < FEW:
        offered = select(model.id, *columns).where(*_offered(model)).order_by(*latest)
        rows = db.session.execute(offered.limit(_LATEST)).all()
        spellings = [(word, one_slip_from(word)) for word in words]
        ids += [row[0] for row in rows if _is_close(spellings, " ".join(filter(None, row[1:])))]
    return Found(list(dict.fromkeys(ids))[:MOST], len(ids) > MOST)


def in_order(model: Any, ids: Sequence[int], *options: ExecutableOption) -> list[Any]:
    """Return the rows in scope with these ids, in their order."""
    found = {
        row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids)).options(*options)).unique()
    }
    return [found[number] for number in ids if number in found]


def spellings_of(words: Sequence[str]) -> list[list[str]]:
    """Return the words with each one that nothing begins with replaced by words of the vocabulary one slip away."""
    if not words:
        return []
    replaced: list[list[str]] = [[]]
    for word, known, close in zip(
        words, vocabulary.beginning_with(words), vocabulary.one_slip_away(words), strict=True
    ):
        choices = [word] if known else close[:3]
        replaced = [[*before, choice] for before in replaced for choice in choices][:9]
    return [spelling for spelling in replaced if spelling != list(words)]


def _holds(words: InstrumentedAttribute[str], term: Term) -> ColumnElement[bool]:
    spaced = " " + words + " "
    whole = (spaced.contains(f" {word} ") for word in term.words)
    beginnings = (spaced.contains(f" {beginning}") for beginning in filter(None, [term.beginning]))
    return or_(*whole, *beginnings)


def _whole_names(model: Any, words: Sequence[str]) -> Sequence[Candidate]:
    """Return rows whose whole name was typed, in either order: they may be missing among more than `MOST`."""
    splits = [(words[:at], words[at:]) for at in range(len(words))]
    keys = {sort_key(" ".join(one), " ".join(other)) for pair in splits for one, other in (pair, pair[::-1])}
    found = select(model.id, model.words, model.sort_key).where(model.sort_key.in_(sorted(keys)), *_offered(model))
    return db.session.execute(found.limit(FEW)).all()


def _ranked(rows: Iterable[Candidate], words: Sequence[str]) -> list[int]:
    typed, asked = " ".join(words), sorted(words)

    def place(row: Candidate) -> tuple[bool, bool, str, int]:
        is_whole = len(row.words) == len(typed) and sorted(row.words.split()) == asked
        return not is_whole, not row.words.startswith(typed), row.sort_key, row.id

    return [row.id for row in sorted(rows, key=place)]


def _is_close(spellings: Sequence[tuple[str, set[str]]], text: str) -> bool:
    """Return whether every word, or one of its spellings, is in a text."""
    held = plain(text).split()
    return all(any(one.startswith(word) or one in close for one in held) for word, close in spellings)
