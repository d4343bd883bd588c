"""The index of the words in names, for search: FTS5 in SQLite, a GIN index of `tsvector` in PostgreSQL.

Both contain the column `words` of a table, which Python has folded. The database itself keeps them current, so rows
that are inserted in bulk are found as well. Each distinct word is also a row of `search_words`: a search compares what
was typed with this vocabulary, which stays small however many people share a name. It needs no extension of PostgreSQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, table
from sqlalchemy.orm import InstrumentedAttribute, scoped_session

from app.dialects import SEARCH_TABLE

NAMED = ("people", "organizations")
"""The tables whose names are indexed."""
_SIMPLE: ColumnElement[Any] = literal_column("'simple'")


@dataclass(frozen=True, slots=True)
class Term:
    """What one typed word may stand for: any of the words, or any word with the beginning."""

    words: tuple[str, ...] = ()
    beginning: str = ""
    """Empty if the words alone are meant."""


def index_of(name: str) -> str:
    """Return the name of the index of a table."""
    return f"{name}_search"


def is_index(name: str) -> bool:
    """Whether a table or index is part of a search index, which no model describes."""
    return name.startswith((SEARCH_TABLE, *(index_of(named) for named in NAMED)))


def holding_terms(
    session: scoped_session[Any], statement: Select[Any], words: InstrumentedAttribute[str], terms: Sequence[Term]
) -> Select[Any]:
    """Return a statement on a named model restricted to rows whose indexed `words` contain every term.

    Each term needs at least one word or a beginning; they consist only of letters and digits.
    """
    if session.get_bind().dialect.name == "postgresql":
        asked = func.to_tsquery(_SIMPLE, " & ".join(_any(term, "'{}'", "'{}':*", " | ") for term in terms))
        return statement.where(func.to_tsvector(_SIMPLE, words).bool_op("@@")(asked))
    name = index_of(words.class_.__tablename__)
    index = table(name, column("rowid"))
    whole: ColumnElement[Any] = column(name)  # FTS5 uses the table's name for all columns together
    asked_of_fts5 = " AND ".join(_any(term, '"{}"', '"{}" *', " OR ") for term in terms)
    return statement.join(index, index.c.rowid == words.class_.id).where(whole.match(asked_of_fts5))


def _any(term: Term, whole: str, beginning: str, or_: str) -> str:
    parts = [whole.format(word) for word in term.words] + [beginning.format(term.beginning)] * bool(term.beginning)
    return f"({or_.join(parts)})"
