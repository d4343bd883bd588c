"""Changes many records in few statements, so that each can be undone and has it in its history.

Statements in bulk are not restricted to a scope: pass only rows of records that were read in scope and may be changed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import RowMapping, Table, bindparam, delete, insert, select, update

from app import clock
from app.domain.accounts import audit
from app.domain.accounts.audit import Facts
from app.domain.recording import Change, note_many
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.people.people import Person
from app.queries.dependents import Place

MOST = 10_000
"""The number of records that are changed together."""
_PEOPLE = Person.__tablename__
CHECKED = {"unscoped": "rows of records that were read in scope and may be changed"}


class Left(StrEnum):
    """Why a chosen record was left as it is."""

    NOT_THERE = "not_there"
    """The person does not take part in what others are moved out of."""
    NO_EMAIL = "no_email"
    NO_CONSENT = "no_consent"
    WITHDRAWN = "withdrawn"
    """The consent to emails was withdrawn."""
    UNSUBSCRIBED = "unsubscribed"
    INVITED = "invited"
    """An invitation, or a request of the owner of the address, waits to be confirmed."""
    SUPPRESSED = "suppressed"
    """The address is never written to."""
    SAME_ADDRESS = "same_address"
    """Another person who was selected has the same address."""
    CLOSED = "closed"
    """The action is done or dropped."""
    ELSEWHERE = "elsewhere"
    """The chosen account does not work on the congress or campaign of the action."""
    ESCALATED = "escalated"
    """The action would be escalated to its own assignee."""
    TOO_FAR = "too_far"
    """The action would be due so far from today that it must be an error."""
    OF_BOOKINGS = "of_bookings"
    """Completing the action changes bookings, which its own page asks about."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the chosen records."""

    done: Sequence[int]
    """The ids of those that were changed."""
    already: int = 0
    """The number of those that were so already."""
    left: Counter[Left] = field(default_factory=Counter)
    """The number of those that were left as they are, by reason."""


def add(model: Any, rows: Sequence[Change], of: Callable[[RowMapping], Place]) -> Sequence[RowMapping]:
    """Insert rows and return them, in any order, as they are stored; `of` returns the record that a row is about."""
    if not rows:
        return []
    table = _table(model)
    inserted = db.session.execute(insert(table).returning(table), rows, execution_options=CHECKED).mappings().all()
    note_many("add", table, ((of(row), row["id"], {}, dict(row)) for row in inserted))
    return inserted


def change(model: Any, rows: Mapping[int, tuple[Place, Change]]) -> None:
    """Change columns of rows by id; all have the same columns. Each is about a record."""
    if not rows:
        return
    table = _table(model)
    before = {row["id"]: row for row in stored(table, rows)}
    note_many("update", table, (
        (of, number, {name: before[number][name] for name in after}, after) for number, (of, after) in rows.items()
    ))  # fmt: skip
    values = [{f"new_{name}": value for name, value in after.items()} for _of, after in rows.values()]
    written = update(table).where(table.c.id == bindparam("row_id"))
    written = written.values({name.removeprefix("new_"): bindparam(name) for name in values[0]})
    given = [one | {"row_id": number} for number, one in zip(rows, values, strict=True)]
    db.session.execute(written, given, execution_options=CHECKED)
    db.session.expire_all()


def remove(model: Any, rows: Mapping[int, Place]) -> None:
    """Delete rows by id, each about a record. Nothing may depend on them."""
    table = _table(model)
    note_many("delete", table, ((rows[row["id"]], row["id"], dict(row), {}) for row in stored(table, rows)))
    db.session.execute(delete(table).where(table.c.id.in_(rows)).execution_options(**CHECKED))
    db.session.expire_all()


def note(verb: str, changed: Iterable[tuple[Place, Facts, Facts]], **owner: int | None) -> None:
    """Record in the history how the facts about records changed: before and after.

    `owner` is the congress or campaign that the entries belong to; those of people belong to them.
    """
    shared = {"congress_id": None, "campaign_id": None, "verb": verb, "at": clock.now()} | owner
    shared["actor_id"] = db.session.info.get("actor_id")
    entries = [
        shared
        | audit.stored(before, after)
        | {"subject": table, "subject_id": number, "person_id": number if table == _PEOPLE else None}
        for (table, number), before, after in changed
    ]
    add(AuditEntry, entries, lambda entry: (entry["subject"], entry["subject_id"]))


def stored(table: Table, ids: Iterable[int]) -> Sequence[RowMapping]:
    """Return rows by id, as they are stored, in any scope."""
    rows = select(table).where(table.c.id.in_(list(ids))).order_by(table.c.id).execution_options(**CHECKED)
    return db.session.execute(rows).mappings().all()


def _table(model: Any) -> Table:
    return cast("Table", model.__table__)
