"""The full-text index of articles."""

from functools import reduce
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    Integer,
    Select,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)  # fmt: skip
from sqlalchemy.orm import scoped_session

SEARCH_TABLE = "article_search"
"""The full-text index of articles; SQLite keeps internal tables next to it whose names start with the same text."""
_MOST_BYTES = 400_000
"""The maximum size of an indexed text: PostgreSQL's index entry must be smaller than a megabyte."""
_PARTS = {"headline": "A", "authors": "B", "publisher": "C", "text": "D"}
"""The columns of SQLite's table, and the weights that represent them in PostgreSQL's."""


def keep_words(session: scoped_session[Any], article_id: int, parts: dict[str, list[str]]) -> None:
    """Index the words of an article's headline, authors, publisher and text, as returned by `words_of`."""
    indexed = {name: " ".join(parts[name]).encode()[:_MOST_BYTES].decode(errors="ignore") for name in _PARTS}
    if session.get_bind().dialect.name == "sqlite":
        session.execute(delete(_FTS5).where(_FTS5.c.rowid == article_id))
        session.execute(insert(_FTS5).values(rowid=article_id, **indexed))
        return
    weighed: list[ColumnElement[Any]] = [
        func.setweight(func.to_tsvector(_SIMPLE, indexed[name]), literal_column(f"'{weight}'"))
        for name, weight in _PARTS.items()
    ]
    words = reduce(lambda one, other: one.op("||")(other), weighed)
    session.execute(delete(_VECTORS).where(_VECTORS.c.article_id == article_id))
    session.execute(insert(_VECTORS).values(article_id=article_id, words=words))


def found_words(session: scoped_session[Any], words: list[str], publisher: list[str]) -> CTE:
    """Return the articles that contain all words, each also as a prefix: `id`, and `rank`, lowest first.

    Words in `words` may be anywhere; articles with all of them in the headline come first. Words in `publisher` must be
    in the publisher's name. Words consist only of letters and digits, as returned by `words_of`; at least one is
    required.
    """
    sqlite_asks = session.get_bind().dialect.name == "sqlite"
    found = _found_in_sqlite(words, publisher) if sqlite_asks else _found_in_postgresql(words, publisher)
    return found.cte("found").prefix_with("MATERIALIZED")  # SQLite ranks only in the statement that searches


_FTS5 = table(SEARCH_TABLE, column("rowid", Integer), *(column(name) for name in _PARTS))
_VECTORS = table(SEARCH_TABLE, column("article_id", Integer), column("words"))
_SIMPLE: ColumnElement[Any] = literal_column("'simple'")
_WEIGHTS: ColumnElement[Any] = literal_column("'{0.05, 0.3, 0.3, 1.0}'")


def _found_in_sqlite(words: list[str], publisher: list[str]) -> Select[Any, Any]:
    asked = _asked_of_sqlite(words, publisher)
    whole: ColumnElement[Any] = column(SEARCH_TABLE)  # FTS5 uses the table's name for all columns together
    headed = _FTS5.c.rowid.in_(select(_FTS5.c.rowid).where(whole.match(asked["headed"])))
    rank = func.bm25(whole, 8, 3, 3, 1, type_=Float) - 1000.0 * cast(headed, Integer)
    return select(_FTS5.c.rowid.label("id"), rank.label("rank")).where(whole.match(asked["wanted"]))


def _found_in_postgresql(words: list[str], publisher: list[str]) -> Select[Any, Any]:
    asked = _asked_of_postgresql(words, publisher)
    held, wanted = _VECTORS.c.words, func.to_tsquery(_SIMPLE, asked["wanted"])
    headed = held.bool_op("@@")(func.to_tsquery(_SIMPLE, asked["headed"]))
    rank = -func.ts_rank(_WEIGHTS, held, wanted, type_=Float) - 1000.0 * cast(headed, Integer)
    return select(_VECTORS.c.article_id.label("id"), rank.label("rank")).where(held.bool_op("@@")(wanted))


def _asked_of_sqlite(words: list[str], publisher: list[str]) -> dict[str, str]:
    published = [f'publisher : "{term}" *' for term in publisher]
    return {
        "wanted": " AND ".join([f'"{term}" *' for term in words] + published),
        "headed": " AND ".join([f'headline : "{term}" *' for term in words] or published),
    }


def _asked_of_postgresql(words: list[str], publisher: list[str]) -> dict[str, str]:
    published = [f"'{term}':*C" for term in publisher]
    return {
        "wanted": " & ".join([f"'{term}':*" for term in words] + published),
        "headed": " & ".join([f"'{term}':*A" for term in words] or published),
    }
