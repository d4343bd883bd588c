"""The history of a record, from the audit trail."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select

from app.extensions import Base, db
from app.models.accounts.accounts import Grant
from app.models.accounts.audit import AuditEntry
from app.models.scoping import EVERYTHING, Scope, current_scope
from app.queries.paging import Page, page_of

ROWS = 20
"""The number of changes on a page."""
_LATEST = 50
"""The number of changes in which the last author of a value is looked for."""


class History(NamedTuple):
    """One page of the changes of a record, latest first."""

    page: Page[AuditEntry]
    strangers: frozenset[int]
    """Accounts that are not named to this user."""

    def is_by_stranger(self, entry: AuditEntry) -> bool:
        """Whether the author of a change is not named to this user."""
        return _is_by(self.strangers, entry)


def history(*records: Base, number: int) -> History:
    """Return a page of the changes of a record and of its parts, within the scope of the session."""
    page = page_of(_about(records), number, size=ROWS)
    return History(page, strangers(one.actor_id for one in page.rows))


def of(record: Base) -> Sequence[AuditEntry]:
    """Return the latest changes of a record, latest first, within the scope of the session."""
    return db.session.scalars(_about([record]).limit(_LATEST)).unique().all()


def last_actors(record: Base) -> dict[str, str]:
    """Return the name of the last known author of each value of a record; authors who are not named are left out."""
    entries = of(record)
    unnamed = strangers(one.actor_id for one in entries)
    names: dict[str, str] = {}
    for entry in reversed(entries):
        for fact in entry.after:
            if entry.actor and not _is_by(unnamed, entry):
                names[fact] = entry.actor.name
            else:
                names.pop(fact, None)
    return names


def _about(records: Sequence[Base]) -> Select[Any]:
    tables = groupby(sorted(records, key=_table), key=_table)
    about = [
        and_(AuditEntry.subject == table, AuditEntry.subject_id.in_([row.id for row in rows]))  # type: ignore[attr-defined]
        for table, rows in tables
    ]
    return select(AuditEntry).where(or_(*about)).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _is_by(unnamed: frozenset[int], entry: AuditEntry) -> bool:
    """Return whether a change was made by one of the strangers; a removed account stays named where it worked."""
    is_named = entry.actor is not None and entry.actor.removed_at is not None and not entry.is_of_many
    return entry.actor_id in unnamed and not is_named


def strangers(user_ids: Iterable[int | None]) -> frozenset[int]:
    """Return those of some accounts that have never worked in the scope of the session.

    Others may see the same organization or person, but only those who work with an account learn its name.
    """
    scope = current_scope() or Scope()
    authors = {one for one in user_ids if one is not None}
    if scope == EVERYTHING or not authors:
        return frozenset()
    here = or_(
        and_(Grant.congress_id.is_(None), Grant.campaign_id.is_(None)),
        Grant.congress_id.in_(scope.congress_ids),
        Grant.campaign_id.in_(scope.campaign_ids),
    )
    known = db.session.scalars(select(Grant.user_id).where(Grant.user_id.in_(authors), here))
    return frozenset(authors - set(known))


def _table(record: Base) -> str:
    return str(record.__tablename__)
