"""Appends lines to the audit log, and computes the digests that chain them.

The digests are keyed with what follows from SECRET_KEY, so whoever has only the database cannot write the chain anew.
"""

import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, func, insert, select

from app.models.oversight.lines import ActorKind, LogLine, LogValues, LogVerb

_KEY = "audit_log_key"
"""The execution option of an engine and its connections with the key."""
_LOCK = 0x656E6375656E7472
"""The advisory lock of PostgreSQL under which lines are appended; SQLite has one writer anyway."""
_LINES, _VALUES = cast("Table", LogLine.__table__), cast("Table", LogValues.__table__)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """What acts, and how."""

    kind: ActorKind
    way: str = ""
    user_id: int | None = None
    session_id: int | None = None


@dataclass(slots=True)
class Noted:
    """What was done, before it is a line."""

    actor: Actor
    at: datetime
    verb: LogVerb
    table: str
    record_id: int | None = None
    record_ids: list[int] | None = None
    """The rows of a statement, as far as it names them."""
    row_count: int | None = 1
    fields: Sequence[str] = ()
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last line."""

    number: int = 0
    digest: str = ""


def prepare(engine: Engine, secret_key: str) -> None:
    """Give an engine the key with which its sessions append lines."""
    engine.update_execution_options(**{_KEY: hmac.digest(secret_key.encode(), b"audit log", "sha256")})


def key_of(connection: Connection) -> bytes:
    """Return the key of a connection's engine."""
    key: bytes = connection.get_execution_options()[_KEY]
    return key


def head_of(connection: Connection) -> Head:
    """Return the last line; number 0 if there is none."""
    last = select(LogLine.number, LogLine.digest).order_by(LogLine.number.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(*row) if row else Head()


def append(connection: Connection, noted: Iterable[Noted]) -> None:
    """Append lines, in the transaction of a connection: as late as possible, because others wait for it until it ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    key, head = key_of(connection), head_of(connection)
    lines, kept = [], []
    number, before = head.number, head.digest
    for number, one in enumerate(noted, head.number + 1):
        values = _values(key, number, one)
        line = _line(number, one, values["commitment"] if values else None)
        before = line["digest"] = digest_of(key, before, line)
        lines.append(line)
        if values:
            del values["commitment"]
            kept.append(values)
    if lines:
        connection.execute(insert(_LINES), lines)
    if kept:
        connection.execute(insert(_VALUES), kept)


def digest_of(key: bytes, before: str, line: Values) -> str:
    """Return the digest of a line, from that of the line before and from its columns."""
    content = [_plain(line[column.name]) for column in _LINES.columns if column.name != "digest"]
    return hmac.digest(key, json.dumps([before, *content]).encode(), "sha256").hex()


def commitment_of(key: bytes, salt: str, before: str, after: str) -> str:
    """Return the digest of the values of a line."""
    return hmac.digest(key, json.dumps(["values", salt, before, after]).encode(), "sha256").hex()


def _line(number: int, one: Noted, commitment: str | None) -> Values:
    ids = one.record_ids
    return {
        "number": number, "at": one.at, "actor_kind": one.actor.kind, "user_id": one.actor.user_id,
        "session_id": one.actor.session_id, "way": one.actor.way[:80], "verb": one.verb, "table_name": one.table[:80],
        "record_id": one.record_id, "record_ids": f",{','.join(map(str, ids))}," if ids else None,
        "row_count": one.row_count, "fields": ",".join(one.fields), "commitment": commitment,
    }  # fmt: skip


def _values(key: bytes, number: int, one: Noted) -> Values | None:
    if not one.before and not one.after:
        return None
    before, after, salt = json.dumps(one.before), json.dumps(one.after), secrets.token_hex(16)
    return {
        "number": number, "person_id": one.person_id, "salt": salt, "before": before, "after": after,
        "commitment": commitment_of(key, salt, before, after),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
