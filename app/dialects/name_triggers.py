"""What keeps the index of names and the vocabulary current: triggers in the database."""

from sqlalchemy import Connection, inspect

from app.dialects.article_words import SEARCH_TABLE
from app.dialects.names import NAMED, index_of

VOCABULARY = "search_words"


def create_indexes(connection: Connection) -> None:
    """Create the indexes; in SQLite, they are empty until `follow_names` fills them."""
    for name in NAMED:
        connection.exec_driver_sql(
            f"CREATE INDEX {index_of(name)} ON {name} USING gin (to_tsvector('simple', words))"
            if _is_postgresql(connection)
            else f"CREATE VIRTUAL TABLE {index_of(name)} USING fts5(words, content='{name}', content_rowid='id', "
            "detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4')"
        )


def drop_indexes(connection: Connection) -> None:
    """Drop the indexes and what keeps them current."""
    drop_triggers(connection)
    for name in NAMED:
        connection.exec_driver_sql(f"DROP {'INDEX' if _is_postgresql(connection) else 'TABLE'} {index_of(name)}")
    if _is_postgresql(connection):
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS keep_search_words")


def drop_triggers(connection: Connection, *names: str) -> None:
    """Drop what keeps the indexes of some tables current, or of all; `follow_names` creates it again."""
    for name in names or NAMED:
        of_table = f" ON {name}" if _is_postgresql(connection) else ""
        for trigger in _triggers(connection, name):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}{of_table}")


def follow_names(connection: Connection) -> None:
    """Create triggers that are missing, and fill the index and the vocabulary of their table.

    Called after all migrations, because one that rebuilds a table in SQLite drops its triggers.
    """
    if VOCABULARY not in inspect(connection).get_table_names():
        return
    if _is_postgresql(connection):
        connection.exec_driver_sql(_FUNCTION)
    known = _triggers_in(connection)
    for name in NAMED:
        triggers = _triggers(connection, name)
        if triggers.keys() <= known:
            continue
        drop_triggers(connection, name)
        for statement in triggers.values():
            connection.exec_driver_sql(statement)
        _fill(connection, name)


def learn_articles(connection: Connection) -> None:
    """Add the words in the headlines, authors and publishers of all indexed articles to the vocabulary."""
    if _is_postgresql(connection):
        known = f"SELECT word FROM ts_stat('SELECT words FROM {SEARCH_TABLE}', 'abc')"
        connection.exec_driver_sql(f"INSERT INTO {VOCABULARY} (word) {known} ON CONFLICT DO NOTHING")
        return
    _learn_from_fts5(connection, SEARCH_TABLE, "col", "WHERE col <> 'text'")


def _fill(connection: Connection, name: str) -> None:
    if _is_postgresql(connection):
        words = f"SELECT DISTINCT unnest(string_to_array(words, ' ')) FROM {name} WHERE words <> ''"
        connection.exec_driver_sql(f"INSERT INTO {VOCABULARY} (word) {words} ON CONFLICT DO NOTHING")
        return
    connection.exec_driver_sql(f"INSERT INTO {index_of(name)} ({index_of(name)}) VALUES ('rebuild')")
    _learn_from_fts5(connection, index_of(name), "row")


def _learn_from_fts5(connection: Connection, index: str, kind: str, narrowed: str = "") -> None:
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab(main, {index}, {kind})")
    words = f"SELECT term FROM temp.indexed_words {narrowed}"
    connection.exec_driver_sql(f"INSERT OR IGNORE INTO {VOCABULARY} (word) {words}")
    connection.exec_driver_sql("DROP TABLE temp.indexed_words")


def _triggers(connection: Connection, name: str) -> dict[str, str]:
    """Return the statement that creates each trigger of a table."""
    if _is_postgresql(connection):
        after = f"AFTER INSERT OR UPDATE OF words ON {name} FOR EACH ROW EXECUTE FUNCTION keep_search_words()"
        return {f"{name}_words_kept": f"CREATE TRIGGER {name}_words_kept {after}"}
    index = index_of(name)
    add = f"INSERT INTO {index} (rowid, words) VALUES (new.id, new.words);"
    remove = f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', old.id, old.words);"
    parts = """json_each('["' || replace(new.words, ' ', '","') || '"]')"""
    learn = f"INSERT OR IGNORE INTO {VOCABULARY} (word) SELECT value FROM {parts} WHERE value <> '';"
    changed = "WHEN new.words <> old.words"
    return {
        f"{name}_words_{event.split()[0].lower()}": (
            f"CREATE TRIGGER {name}_words_{event.split()[0].lower()} AFTER {event} ON {name} {when} BEGIN {does} END"
        )
        for event, when, does in (
            ("INSERT", "", add + learn),
            ("UPDATE OF words", changed, remove + add + learn),
            ("DELETE", "", remove),
        )
    }


def _triggers_in(connection: Connection) -> set[str]:
    catalog = "SELECT tgname FROM pg_trigger"
    if not _is_postgresql(connection):
        catalog = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    return set(connection.exec_driver_sql(catalog).scalars())


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION keep_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO {VOCABULARY} (word)
        SELECT DISTINCT word FROM unnest(string_to_array(new.words, ' ')) AS word WHERE word <> '' ORDER BY word
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
"""
"""Words are inserted in order, so that two transactions with the same new words cannot block each other."""
