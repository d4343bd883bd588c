"""Changes of shared records that wait for somebody who uses the record: proposed, accepted, declined, and taken back."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.domain import pending_parts
from app.domain.accounts import audit
from app.domain.people import organizations
from app.domain.people.organizations import OrganizationValues
from app.domain.press import articles
from app.domain.press.articles import ArticleValues
from app.domain.recording import plain_value, typed
from app.domain.travel import place_edits, places
from app.domain.travel.places import PlaceValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.pending import RECORDS, PendingChange, PendingStatus
from app.models.people.organizations import Organization
from app.models.press.articles import Article
from app.models.travel.places import Crossing, Place
from app.queries.accounts import pending as queries
from app.queries.accounts.pending import Record
from app.text import N_

IS_REMOVED, IS_VERIFIED, IS_BANNED = "is_removed", "is_verified", "banned"
"""The fields of changes that are not typed into a form: whether a record was removed, a crossing verified or banned."""
_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Article: tuple(ArticleValues.__annotations__),
    Organization: tuple(OrganizationValues.__annotations__),
    Place: tuple(PlaceValues.__annotations__),
    Crossing: (),
}


def propose(record: Record, values: Mapping[str, Any], *, by: User) -> PendingChange | None:
    """Let a change of a record wait, together with what the same account has proposed before about other fields.

    Nothing waits if nothing differs. Raises DomainError if the change would be refused anyway.
    """
    known = queries.by(by, record)
    wanted = _kept(known, values) | {name: _plain(name, value) for name, value in values.items()}
    now = current(record, wanted)
    changed = [name for name in wanted if _blank(wanted[name]) != _blank(now[name])]
    if not changed:
        if known is not None:
            withdraw(known)
        return None
    _try(record, {name: wanted[name] for name in changed}, by)
    change = known or PendingChange(status=PendingStatus.WAITING, proposed_by_id=by.id, **_about(record))
    change.before, change.after = {name: now[name] for name in changed}, {name: wanted[name] for name in changed}
    change.proposed_at = clock.now()
    db.session.add(change)
    db.session.flush()
    return change


def accept(change: PendingChange, *, by: User) -> None:
    """Carry a change out; accepting it twice changes nothing."""
    if not _is_waiting(change):
        return
    for name in filter(pending_parts.is_part, change.after):
        pending_parts.check_there(change.record, name, change.before[name])
    before = current(change.record, change.after)
    names = _apply(change.record, change.after, change.proposed_by or by)
    change.before, change.after = _renamed(before, names), _renamed(change.after, names)
    _decide(change, PendingStatus.ACCEPTED, by)


def decline(change: PendingChange, *, by: User) -> None:
    """Decline a change: the record stays as it is."""
    if _is_waiting(change):
        _decide(change, PendingStatus.DECLINED, by)


def withdraw(change: PendingChange) -> None:
    """Take a proposed change back, as the account that proposed it."""
    if _is_waiting(change):
        db.session.delete(change)
        db.session.flush()


def reopen(change: PendingChange, *, by: User) -> None:
    """Take a decision back, so that the change waits again; raises DomainError if the record was changed since."""
    db.session.refresh(change, with_for_update={"of": PendingChange})
    if change.is_waiting:
        return
    if change.is_accepted:
        if current(change.record, change.after) != change.after:
            raise DomainError(None, N_("It has been changed since, so this cannot be undone."))
        names = _apply(change.record, change.before, by)
        change.before, change.after = _renamed(change.before, names), _renamed(change.after, names)
    change.status, change.decided_by_id, change.decided_at = PendingStatus.WAITING, None, None
    db.session.flush()


def sweep() -> None:
    """Delete changes that were decided on too long ago to be taken back."""
    for change in queries.forgotten():
        db.session.delete(change)
    db.session.flush()


def proposed_values(change: PendingChange) -> dict[str, Any]:
    """Return what was proposed about the record itself, in the types of a form."""
    own = {name: value for name, value in change.after.items() if not pending_parts.is_part(name)}
    return _typed(change.record, own)


def current(record: Record, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is recorded now in some fields, as it is stored in a change."""
    return {
        name: pending_parts.current(record, name)
        if isinstance(record, Organization) and pending_parts.is_part(name)
        else plain_value(_value(record, name))
        for name in names
    }


def _kept(known: PendingChange | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stays of an earlier proposal; removing a record and changing it exclude each other."""
    if known is None or IS_REMOVED in values:
        return {}
    return {name: value for name, value in known.after.items() if name not in values and name != IS_REMOVED}


def _renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in values.items()}


def _plain(name: str, value: Any) -> Any:
    return pending_parts.plain(value) if pending_parts.is_part(name) else plain_value(value)


def _blank(value: Any) -> Any:
    """Return a value; text that was left empty is the same as none."""
    return None if value == "" else value


def _value(record: Record, name: str) -> Any:
    if name == IS_REMOVED:
        return getattr(record, "removed_at", None) is not None
    if name == IS_VERIFIED:
        return getattr(record, "verified_at", None) is not None
    return getattr(record, name)


def _apply(record: Record, after: Mapping[str, Any], by: User) -> dict[str, str]:
    """Change a record as if it was done in its forms; return the names of parts that were added, by those they had."""
    if IS_REMOVED in after and isinstance(record, Organization | Place):
        _remove(record, is_removed=bool(after[IS_REMOVED]), by=by)
        return {}
    if own := {name: value for name, value in after.items() if not pending_parts.is_part(name)}:
        _write(record, own, by)
    written = pending_parts.apply(record, after) if isinstance(record, Organization) else {}
    db.session.flush()
    return {name: pending_parts.name_of(part) for name, part in written.items() if part is not None}


def _write(record: Record, after: Mapping[str, Any], by: User) -> None:
    values: Any = {name: _value(record, name) for name in _FIELDS[type(record)]} | _typed(record, after)
    match record:
        case Article():
            articles.update(record, values)
        case Organization():
            organizations.update(record, values, is_another=True)
        case Place():
            place_edits.change_place(record, values)
        case Crossing():
            _judge(record, values, by)


def _remove(record: Organization | Place, *, is_removed: bool, by: User) -> None:
    match record, is_removed:
        case Organization(), True:
            organizations.remove(record, by=by)
        case Organization(), False:
            organizations.bring_back(record)
        case Place(), True:
            places.remove(record, by=by)
        case Place(), False:
            places.bring_back(record)


def _judge(crossing: Crossing, values: Mapping[str, bool], by: User) -> None:
    if IS_BANNED in values:
        places.ban_crossing(crossing, banned=values[IS_BANNED])
    if values.get(IS_VERIFIED):
        places.verify_crossing(crossing, by)
    elif IS_VERIFIED in values:
        places.doubt_crossing(crossing)


def _typed(record: Record, stored: Mapping[str, Any]) -> dict[str, Any]:
    columns: Any = record.__table__.c
    return {name: typed(columns[name], value) if name in columns else value for name, value in stored.items()}


def _try(record: Record, after: Mapping[str, Any], by: User) -> None:
    """Raise DomainError if a change would be refused; nothing of it stays."""
    attempt = db.session.begin_nested()
    try:
        _apply(record, after, by)
    finally:
        attempt.rollback()


def _decide(change: PendingChange, status: PendingStatus, by: User) -> None:
    change.status, change.decided_by_id, change.decided_at = status, by.id, clock.now()
    db.session.flush()
    if change.proposed_by is not None:
        audit.note(change.record, status.value, {}, {"proposed_by": change.proposed_by.name})


def _is_waiting(change: PendingChange) -> bool:
    """Lock a change, so that nobody else decides at the same time, and return whether it waits."""
    db.session.refresh(change, with_for_update={"of": PendingChange})
    return change.is_waiting


def _about(record: Record) -> dict[str, int]:
    return {name: record.id for name, table in RECORDS.items() if table == record.__tablename__}
