"""Undoes a change of many records one by one: those that have been changed since are left as they are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain import bulk
from app.domain.actions import reminders
from app.domain.mail import deliveries
from app.domain.recording import Change, table_of, typed
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest
from app.models.mail.deliveries import Delivery
from app.models.people.organizations import Organization
from app.models.people.people import Participation, Person
from app.models.scoping import EVERYTHING, current_scope
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.dependents import Place
from app.queries.mail import deliveries as delivery_queries
from app.queries.people import selected
from app.text import N_

_HISTORY, _TAKING_PART = AuditEntry.__tablename__, Participation.__tablename__
_WRITABLE: dict[str, type[Person | Organization]] = {
    Person.__tablename__: Person,
    Organization.__tablename__: Organization,
}
_ACTIONS = FollowUp.__tablename__
_SUBSCRIPTIONS = Subscription.__tablename__
_MOVING = {
    "revision",
    "updated_at",
    "covered_until",
    "next_letter_at",
    "next_reminder_at",
    "escalates_at",
    "escalated_at",
    "waited_until",
    "sequence",
}
"""Columns that change by themselves."""
_RISING = "link_number"
"""A column that is never set back: a personal link that was given out meanwhile must not work again."""


def undo_many(changes: Sequence[Change], *, since: datetime) -> int:
    """Restore each record to its previous state if nobody has changed it since and it may be changed in this scope.

    A subscription to which an email was sent stays, because the email names it. Return the number of records that were
    left as they are. Raises DomainError if that is all of them.
    """
    records = {_record(change) for change in changes}
    written_to = _written_to(records, since)
    if records and written_to == records:
        raise DomainError(None, N_("The emails have been sent already, so this cannot be undone."))
    left = written_to | _changed_since(changes) | _not_writable(records) | _left_alone(changes)
    if left == records:
        raise DomainError(None, N_("It has been changed in the meantime, so this cannot be undone."))
    backwards = (change for change in reversed(changes) if _record(change) not in left)
    for (do, name), run in groupby(backwards, key=lambda one: (one["do"], one["table"])):
        _UNDO[do](name, list(run))
    db.session.expire_all()
    reminders.plan_all(follow_up_queries.some_by_id([number for table, number in records - left if table == _ACTIONS]))
    return len(left)


def _record(change: Change) -> Place:
    table, number = change["of"]
    return table, number


def _changed_since(changes: Sequence[Change]) -> set[Place]:
    """Return the records of which a written row is gone, or no longer as it was written."""
    written = defaultdict[str, dict[int, Change]](dict)
    for change in changes:
        if change["do"] != "delete" and change["table"] != _HISTORY:
            written[change["table"]][change["id"]] = change
    found: set[Place] = set()
    for name, ones in written.items():
        rows = {row["id"]: row for row in bulk.stored(table_of(name), ones)}
        found |= {_record(one) for number, one in ones.items() if not _is_as(rows.get(number), one)}
    return found


def _is_as(row: Any, change: Change) -> bool:
    after = _values(change, "after")
    return row is not None and all(row[name] == value for name, value in after.items() if name not in _MOVING)


def _not_writable(records: Iterable[Place]) -> set[Place]:
    """Return the records that are gone, or that may not be changed in this scope."""
    found: set[Place] = set()
    for name, model in _WRITABLE.items():
        ids = {number for table, number in records if table == name}
        found |= {(name, number) for number in ids - set(selected.writable(model, ids))}
    actions = {number for table, number in records if table == _ACTIONS}
    return found | {(_ACTIONS, number) for number in actions - set(follow_up_queries.in_scope(actions))}


def _left_alone(changes: Sequence[Change]) -> set[Place]:
    """Return the people whose participations are of another scope, or who would take part in nothing any more."""
    ours = [one for one in changes if one["table"] == _TAKING_PART]
    outside = {_record(one) for one in ours if not _is_in_scope(one)}
    gone = {one["id"]: _record(one) for one in ours if one["do"] == "add"}
    back = {_record(one) for one in ours if one["do"] == "delete"}
    others = selected.taking_part({number for _table, number in gone.values()}, but_for=gone)
    return outside | {(table, number) for table, number in set(gone.values()) - back if number not in others}


def _written_to(records: Iterable[Place], since: datetime) -> set[Place]:
    """Return the subscriptions to which an email was sent since an instant, or is being sent."""
    ids = {number for table, number in records if table == _SUBSCRIPTIONS}
    return {(_SUBSCRIPTIONS, number) for number in delivery_queries.subscriptions_written_to(ids, since)}


def _is_in_scope(change: Change) -> bool:
    scope, row = current_scope(), change["before"] or change["after"]
    if scope is None or scope == EVERYTHING:
        return scope == EVERYTHING
    return row["congress_id"] in scope.congress_ids or row["campaign_id"] in scope.campaign_ids


def _take_away(name: str, run: list[Change]) -> None:
    if name == _HISTORY:
        _note_undone(run)
        return
    table, ids = table_of(name), [one["id"] for one in run]
    if name == SubscriptionRequest.__tablename__:
        deliveries.withdraw_about(Delivery.subscription_request_id, ids, at=clock.now())
    gone = delete(table).where(table.c.id.in_(ids))
    db.session.execute(gone.execution_options(**bulk.CHECKED))


def _restore(name: str, run: list[Change]) -> None:
    """Insert deleted rows again, unless an equal one has taken their place; an id that was given away is replaced."""
    table, rows = table_of(name), [_values(one, "before") for one in run]
    taken = {row["id"] for row in bulk.stored(table, [row["id"] for row in rows])}
    insert_missing(db.session, table, [row for row in rows if row["id"] not in taken], **bulk.CHECKED)
    renumbered = [row for row in rows if row["id"] in taken]
    for row in renumbered:
        del row["id"]
    insert_missing(db.session, table, renumbered, **bulk.CHECKED)


def _reset(name: str, run: list[Change]) -> None:
    table = table_of(name)
    for one in run:
        values = _values(one, "before")
        if _RISING in values:
            values[_RISING] = table.c[_RISING] + 1
        before = update(table).where(table.c.id == bindparam("row_id")).values(values)
        db.session.execute(before, {"row_id": one["id"]}, execution_options=bulk.CHECKED)


def _note_undone(run: list[Change]) -> None:
    """Record in the history that changes were undone."""
    entries = [_values(one, "after") for one in run]
    undone = [
        {name: value for name, value in entry.items() if name != "id"}
        | {"verb": "undone", "actor_id": db.session.info.get("actor_id"), "at": clock.now()}
        | {"before": entry["after"], "after": entry["before"]}
        for entry in entries
    ]
    db.session.execute(insert(table_of(_HISTORY)), undone, execution_options=bulk.CHECKED)


def _values(change: Change, which: str) -> dict[str, Any]:
    columns = table_of(change["table"]).c
    return {name: typed(columns[name], value) for name, value in change[which].items()}


_UNDO = {"add": _take_away, "delete": _restore, "update": _reset}
