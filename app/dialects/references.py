"""References of SQLite's rows, which a migration changes without enforcing them."""

from sqlalchemy import Connection

_MOST_ROUNDS = 50
"""How often rows may have to go because others have gone; tables refer to each other over far fewer steps."""


def settle_references(connection: Connection) -> None:
    """Do with rows that refer to deleted ones what SQLite would have done: delete them, or clear their reference.

    A downgrade deletes rows that the older version does not know, and PostgreSQL follows their references meanwhile. What
    may not be deleted or cleared is left to `check_references`.
    """
    if connection.dialect.name != "sqlite":
        return
    for _ in range(_MOST_ROUNDS):
        if not sum(_settled(connection, *broken) for broken in connection.exec_driver_sql("PRAGMA foreign_key_check")):
            return


def _settled(connection: Connection, table: str, rowid: int, _parent: str, number: int) -> int:
    """Settle one broken reference; return the number of rows changed."""
    keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').mappings()
    parts = [key for key in keys if key["id"] == number]
    action, columns = parts[0]["on_delete"], [f'"{part["from"]}" = NULL' for part in parts]
    if action == "CASCADE":
        return connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,)).rowcount
    if action == "SET NULL":
        statement = f'UPDATE "{table}" SET {", ".join(columns)} WHERE rowid = ?'
        return connection.exec_driver_sql(statement, (rowid,)).rowcount
    return 0
