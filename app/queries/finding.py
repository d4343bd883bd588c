"""Search as typed: words in any order, each also as a beginning, and with one typing slip if little is found otherwise.

A search over millions of names cannot rank them all. It reads at most `MOST` rows that fit, and sorts those.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from app.dialects.names import Term, holding_terms
from app.extensions import db
from app.models.naming import SearchWord
from app.queries.paging import MOST_WORDS, holding_words
from app.spelling import one_slip_from
from app.text import plain, sort_key, words_of

MOST = 500
"""The number of results that are sorted and counted; of more, any 500 are."""
FEW = 10
"""With fewer results, words with a typing slip are looked up as well."""
_MOST_SPELLINGS = 40
"""The number of words of the vocabulary that one typed word may stand for."""
_LATEST = 2_000
"""The number of rows without an index that are compared with misspelled words."""
_LAST = "\U0010ffff"


class Candidate(NamedTuple):
    """What a row is sorted by."""

    id: int
    words: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of the rows that were found, best first."""

    ids: Sequence[int]
    more: bool = False
    """Whether there are more than these."""


def by_name(
    model: Any, typed: str, candidates: Callable[[list[Term]], list[Candidate]], first: Sequence[int] = ()
) -> Found:
    """Return the rows whose names contain every word of `typed`.

    `candidates` returns at most `MOST` + 1 rows in scope that hold all terms. Rows in `first` come before all others,
    then exact names, names that start with what was typed, and names with a slip last.
    """
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return Found(first[:MOST], len(first) > MOST)
    exact, loose = _terms(words), []
    found = candidates(exact) if exact else []
    if len(found) < FEW:
        slips = _terms(words, slips=True)
        loose = candidates(slips) if slips and slips != exact else []
    more = len(found) > MOST
    known = [*found, *_whole_names(model, words)] if more else found
    ids = [*first, *_ranked(known, words), *_ranked(loose, words)]
    return Found(list(dict.fromkeys(ids))[:MOST], more or len(loose) > MOST)


def narrowed(model: Any, terms: list[Term]) -> list[Candidate]:
    """Return rows in scope with all terms, by the index."""
    found = holding_terms(db.session, select(model.id, model.words, model.sort_key), model.words, terms)
    return [Candidate(*row) for row in db.session.execute(found.limit(MOST + 1))]


def scanned(model: Any, terms: list[Term]) -> list[Candidate]:
    """Return rows in scope with all terms by reading every row in scope: for a small scope."""
    found = select(model.id, model.words, model.sort_key).where(*(_holds(model.words, term) for term in terms))
    return [Candidate(*row) for row in db.session.execute(found.limit(MOST + 1))]


def by_text(model: Any, typed: str, *columns: Any, latest: Sequence[Any]) -> Found:
    """Return rows of a table without an index whose columns contain every word of `typed`, in the order `latest`.

    Words with a slip are only looked for in the latest rows.
    """
    words = words_of(typed)[:MOST_WORDS]
    if not words:
        return Found(())
    found = select(model.id).where(*holding_words(typed, *columns)).order_by(*latest).limit(MOST + 1)
    ids = list(db.session.scalars(found).unique())
    if len(ids) < FEW:
        rows = db.session.execute(select(model.id, *columns).order_by(*latest).limit(_LATEST)).all()
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
    replaced: list[list[str]] = [[]]
    for word in words:
        choices = [word] if _beginning_with(word) else _one_slip_away(word)[:3]
        replaced = [[*before, choice] for before in replaced for choice in choices][:9]
    return [spelling for spelling in replaced if spelling != list(words)]


def _terms(words: Sequence[str], *, slips: bool = False) -> list[Term]:
    """Return what each word may stand for; nothing if one of them stands for no known word."""
    terms = [_term(word, slips=slips) for word in words]
    return terms if all(term.words or term.beginning for term in terms) else []


def _term(word: str, *, slips: bool) -> Term:
    """Return the words of the vocabulary that a word is the beginning of, or the beginning itself if they are too many.

    A few whole words are found much faster than a beginning that many rows have.
    """
    known = _beginning_with(word)
    close = tuple(_one_slip_away(word)) if slips else ()
    if len(known) > _MOST_SPELLINGS:
        return Term(close, word)
    return Term(tuple(dict.fromkeys((*known, *close))))


def _beginning_with(word: str) -> Sequence[str]:
    known = select(SearchWord.word).where(SearchWord.word >= word, SearchWord.word < word + _LAST)
    return db.session.scalars(known.limit(_MOST_SPELLINGS + 1)).all()


def _one_slip_away(word: str) -> Sequence[str]:
    """Return words of the vocabulary one slip away, those with the same first letter and length first."""
    close = one_slip_from(word)
    if not close:
        return []
    known = db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(sorted(close)))).all()
    return sorted(known, key=lambda one: (one[0] != word[0], abs(len(one) - len(word)), one))[:_MOST_SPELLINGS]


def _holds(words: InstrumentedAttribute[str], term: Term) -> ColumnElement[bool]:
    spaced = " " + words + " "
    whole = (spaced.contains(f" {word} ") for word in term.words)
    beginnings = (spaced.contains(f" {beginning}") for beginning in filter(None, [term.beginning]))
    return or_(*whole, *beginnings)


def _whole_names(model: Any, words: Sequence[str]) -> list[Candidate]:
    """Return rows whose whole name was typed, in either order: they may be missing among more than `MOST`."""
    splits = [(words[:at], words[at:]) for at in range(len(words))]
    keys = {sort_key(" ".join(one), " ".join(other)) for pair in splits for one, other in (pair, pair[::-1])}
    found = select(model.id, model.words, model.sort_key).where(model.sort_key.in_(sorted(keys)))
    return [Candidate(*row) for row in db.session.execute(found.limit(FEW))]


def _ranked(rows: Iterable[Candidate], words: Sequence[str]) -> list[int]:
    typed, asked = " ".join(words), sorted(words)

    def place(row: Candidate) -> tuple[bool, bool, str, int]:
        return sorted(row.words.split()) != asked, not row.words.startswith(typed), row.sort_key, row.id

    return [row.id for row in sorted(rows, key=place)]


def _is_close(spellings: Sequence[tuple[str, set[str]]], text: str) -> bool:
    """Return whether every word, or one of its spellings, is in a text."""
    held = plain(text).split()
    return all(any(one.startswith(word) or one in close for one in held) for word, close in spellings)
