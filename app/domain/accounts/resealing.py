"""Encrypting what is stored with the current key."""

from typing import Any

from sqlalchemy import Connection, Table, bindparam, or_, select, update

from app.extensions import Base, db
from app.models.types import Sealed, SealedDigest

_AT_ONCE = 1000


def reseal() -> int:
    """Encrypt all sensitive fields anew, in one transaction, and return the number of rows."""
    with db.engine.begin() as connection:
        return sum(
            _reseal(connection, table, written) for table in Base.metadata.sorted_tables if (written := _written(table))
        )


def _reseal(connection: Connection, table: Table, written: dict[str, str]) -> int:
    """Write each value again: reading decrypts it with the key that it has, and writing encrypts it with the current one."""
    count, last = 0, 0
    sources = {name: table.c[source].label(f"new_{name}") for name, source in written.items()}
    rows = select(table.c.id.label("number"), *sources.values()).order_by(table.c.id).limit(_AT_ONCE)
    rows = rows.where(or_(*(table.c[name].is_not(None) for name in written)))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in written}
    statement = update(table).where(table.c.id == bindparam("number")).values(values)
    while found := connection.execute(rows.where(table.c.id > last)).mappings().all():
        connection.execute(statement, [dict(row) for row in found])
        count, last = count + len(found), found[-1]["number"]
    return count


def _written(table: Table) -> dict[str, str]:
    """Return the columns of a table that depend on the key, each with the one from which its value comes."""
    sealed = {one.name: one.name for one in table.c if isinstance(one.type, Sealed)}
    return sealed | {one.name: one.type.of for one in table.c if isinstance(one.type, SealedDigest)}
