"""The index of the words in names, for search: FTS5 in SQLite, a GIN index of `tsvector` in PostgreSQL.

Both contain the column `words` of a table, which Python has folded. The database itself keeps them current, so rows
that are inserted in bulk are found as well. Each distinct word is also a row of `search_words`: a search compares what
was typed with this vocabulary, which stays small however many people share a name. It needs no extension of PostgreSQL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    column,
    delete,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, scoped_session

from app.dialects.article_words import SEARCH_TABLE

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


def holding_terms(dialect: str, statement: Select[Any], words: InstrumentedAttribute[str]) -> Select[Any]:
    """Return a statement on a named model restricted to rows whose indexed `words` hold the terms in the parameter `asked`.

    `asked_of` gives the parameter.
    """
    if dialect == "postgresql":
        asked = func.to_tsquery(_SIMPLE, bindparam("asked", type_=Text))
        return statement.where(func.to_tsvector(_SIMPLE, words).bool_op("@@")(asked))
    name = index_of(words.class_.__tablename__)
    index = table(name, column("rowid"))
    whole: ColumnElement[Any] = column(name)  # FTS5 uses the table's name for all columns together
    return statement.join(index, index.c.rowid == words.class_.id).where(whole.match(bindparam("asked")))


def asked_of(dialect: str, terms: Sequence[Term]) -> str:
    """Return every term in the language of the index.

    Each term needs at least one word or a beginning; they consist only of letters and digits.
    """
    if dialect == "postgresql":
        return " & ".join(_any(term, "'{}'", "'{}':*", " | ") for term in terms)
    return " AND ".join(_any(term, '"{}"', '"{}" *', " OR ") for term in terms)


def is_among(dialect: str, words: ColumnElement[str], parameter: str) -> ColumnElement[bool]:
    """Return the condition that a column is one of many values, which are sent as a list in one parameter."""
    if dialect == "postgresql":
        return words == any_(bindparam(parameter, type_=ARRAY(Text)))
    return words.in_(select(func.json_each(bindparam(parameter, type_=JSON)).table_valued("value").c.value))


def delete_unused(session: scoped_session[Any], vocabulary: Table, words: Sequence[str]) -> None:
    """Delete those of some words of the vocabulary that no name has, and no headline, author or publisher of an article."""
    reason = {"unscoped": "a word is used if a name in any scope has it"}
    conditions = _unused_in_sqlite
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"), execution_options=reason)  # it takes words for frequent
        conditions = _unused_in_postgresql
    condition = and_(vocabulary.c.word.in_(words), *conditions(vocabulary.c.word))
    session.execute(delete(vocabulary).where(condition), execution_options=reason)


def _unused_in_postgresql(word: ColumnElement[str]) -> Iterator[ColumnElement[bool]]:
    named = [(table(name, column("words")), func.to_tsvector(_SIMPLE, column("words")), "") for name in NAMED]
    for indexed, words, parts in (*named, (table(SEARCH_TABLE, column("words")), column("words"), ":ABC")):
        asked = func.to_tsquery(_SIMPLE, "'" + word + "'" + parts)
        yield ~select(literal(1)).select_from(indexed).where(words.bool_op("@@")(asked)).exists()


def _unused_in_sqlite(word: ColumnElement[str]) -> Iterator[ColumnElement[bool]]:
    for name, parts in (*((index_of(name), "") for name in NAMED), (SEARCH_TABLE, "{headline authors publisher} : ")):
        asked = column(name).match(f'{parts}"' + word + '"')
        yield ~select(literal(1)).select_from(table(name)).where(asked).exists()


def _any(term: Term, whole: str, beginning: str, or_: str) -> str:
    parts = [whole.format(word) for word in term.words] + [beginning.format(term.beginning)] * bool(term.beginning)
    return f"({or_.join(parts)})"
