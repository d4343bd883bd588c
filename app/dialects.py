"""The one module that knows which database it runs on: SQLite or PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import CTE, Connection, DateTime, Engine, Float, Index, Integer, Table, Text, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import scoped_session
from sqlalchemy.types import TypeDecorator

SEARCH_TABLE = "article_search"
"""Where the words of articles stand; SQLite keeps tables of its own beside it whose names begin alike."""
SEARCHES = {"unscoped": "the words of articles belong to no congress and to no campaign"}
"""The execution options of a statement that asks for words, which no model stands for."""
_MOST_BYTES = 400_000
"""Of the words of one text: what PostgreSQL keeps of them has to stay under a megabyte."""
_PARTS = {"headline": "A", "authors": "B", "publisher": "C", "text": "D"}
"""The columns of SQLite's table, and the weights that stand for them in PostgreSQL's."""

READ_ONLY = {"read_only": True, "postgresql_readonly": True}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware and UTC in Python on both databases; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand an aware instant to the driver, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was stored, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def by_character() -> Text:
    """Return a type of text that both databases compare and sort by its characters alone."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def prepare_sqlite(engine: Engine) -> None:
    """Make SQLite lose no update and honor foreign keys; does nothing to another database.

    WAL alone lets two writers overwrite each other: a transaction that may write takes the write lock when it begins.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get("read_only"))
        connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables that others refer to.

    It changes a table by dropping it, and with foreign keys in force that deletes or refuses whatever refers to it. The
    switch works outside a transaction alone: nothing may have been executed on the connection before.
    """
    raw: Any = connection.connection.dbapi_connection
    switches = connection.dialect.name == "sqlite"
    if switches:
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        if switches:
            raw.execute("PRAGMA foreign_keys=ON")


def check_references(connection: Connection) -> None:
    """See that every reference leads somewhere, where it was not looked after meanwhile; RuntimeError otherwise."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"{len(broken)} references lead nowhere, the first from {broken[0][0]}")


class ReadableSession(Session):
    """A session that can be told to read only: from then on the database itself refuses what it would write."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what has changed in its rows; `info` says meanwhile that it is the session itself that writes."""
        self.info["flushing"] = True
        try:
            super().flush(objects)
        finally:
            self.info.pop("flushing", None)

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Return the engine, or one that begins nothing but reading transactions.

        It is always the same one for a session, which takes a connection of its own for each that it is given.
        """
        bind = super().get_bind(*args, **kwargs)
        if not self.info.get("read_only"):
            return bind
        reading: Engine | Connection = self.info.setdefault("reading", bind.execution_options(**READ_ONLY))
        return reading


def read_only(session: scoped_session[Any]) -> None:
    """Let the session read and nothing else, until it is gone."""
    session.info["read_only"] = True


def insert_missing(session: scoped_session[Any], table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert those rows whose unique keys do not stand there yet; return how many that were."""
    if not rows:
        return 0
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    inserted = session.execute(insert.on_conflict_do_nothing().returning(*table.primary_key.columns), rows)
    return len(inserted.all())


def keep_statistics(session: scoped_session[Any]) -> None:
    """Let SQLite look at its tables anew, so that it takes the right indexes; PostgreSQL does that by itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("ANALYZE"), execution_options={"unscoped": "it counts rows and reads none"})


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index that holds only the rows that meet `where`."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))


def keep_words(session: scoped_session[Any], article_id: int, parts: dict[str, list[str]]) -> None:
    """Let an article be found by its words: those of its headline, authors, publisher and text, as `words_of` gives them."""
    said = {name: " ".join(parts[name]).encode()[:_MOST_BYTES].decode(errors="ignore") for name in _PARTS}
    if session.get_bind().dialect.name == "sqlite":
        forget = "DELETE FROM article_search WHERE rowid = :id"
        keep = (
            "INSERT INTO article_search (rowid, headline, authors, publisher, text)"
            " VALUES (:id, :headline, :authors, :publisher, :text)"
        )
    else:
        weighed = (f"setweight(to_tsvector('simple', :{name}), '{weight}')" for name, weight in _PARTS.items())
        forget = "DELETE FROM article_search WHERE article_id = :id"
        keep = f"INSERT INTO article_search (article_id, words) VALUES (:id, {' || '.join(weighed)})"  # noqa: S608
    session.execute(text(forget), {"id": article_id}, execution_options=SEARCHES)
    session.execute(text(keep), {"id": article_id, **said}, execution_options=SEARCHES)


def found_words(session: scoped_session[Any], words: list[str], publisher: list[str]) -> CTE:
    """Return the articles that hold all words, each also as a beginning: `id`, and `rank`, the least first.

    Those of `words` may stand anywhere; where the headline holds all of them, it comes first. Those of `publisher` have to
    stand in the publisher's name. Words are letters and digits alone, as `words_of` gives them, and at least one is given.
    What reads them is executed with `SEARCHES`.
    """
    if session.get_bind().dialect.name == "sqlite":
        statement, values = _FOUND_IN_SQLITE, _asked_of_sqlite(words, publisher)
    else:
        statement, values = _FOUND_IN_POSTGRESQL, _asked_of_postgresql(words, publisher)
    found = text(statement).bindparams(**values).columns(id=Integer, rank=Float).cte("found")
    return found.prefix_with("MATERIALIZED")  # SQLite ranks nowhere but in the statement that searches


_FOUND_IN_SQLITE = """
    SELECT rowid AS id, bm25(article_search, 8, 3, 3, 1)
        - 1000.0 * (rowid IN (SELECT rowid FROM article_search WHERE article_search MATCH :headed)) AS rank
    FROM article_search WHERE article_search MATCH :wanted
"""
_FOUND_IN_POSTGRESQL = """
    SELECT article_id AS id, -ts_rank('{0.05, 0.3, 0.3, 1.0}', words, wanted)
        - 1000.0 * CAST(words @@ to_tsquery('simple', :headed) AS INTEGER) AS rank
    FROM article_search, to_tsquery('simple', :wanted) AS wanted WHERE words @@ wanted
"""


def _asked_of_sqlite(words: list[str], publisher: list[str]) -> dict[str, str]:
    published = [f'publisher : "{word}" *' for word in publisher]
    return {
        "wanted": " AND ".join([f'"{word}" *' for word in words] + published),
        "headed": " AND ".join([f'headline : "{word}" *' for word in words] or published),
    }


def _asked_of_postgresql(words: list[str], publisher: list[str]) -> dict[str, str]:
    published = [f"'{word}':*C" for word in publisher]
    return {
        "wanted": " & ".join([f"'{word}':*" for word in words] + published),
        "headed": " & ".join([f"'{word}':*A" for word in words] or published),
    }
