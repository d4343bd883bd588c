"""Records who changed what. Entries are only added."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.audit import AuditEntry
from app.models.congress.congresses import Congress
from app.models.scoping import InCongress

Facts = dict[str, Any]


def act_as(user: User | None) -> None:
    """Set the account that acts in this session."""
    db.session.info["actor_id"] = user.id if user else None


def note(row: InCongress | Congress, verb: str, before: Facts, after: Facts) -> None:
    """Record the differences between two sets of facts about a congress or a row of one, if there are any."""
    old, new = _plain(before), _plain(after)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if not changed:
        return
    entry = AuditEntry(
        congress_id=row.id if isinstance(row, Congress) else row.congress_id,
        actor_id=db.session.info.get("actor_id"),
        verb=verb,
        subject=row.__tablename__,  # type: ignore[union-attr]
        subject_id=row.id,  # type: ignore[union-attr]
        at=clock.now(),
        before={name: old[name] for name in changed if name in old},
        after={name: new[name] for name in changed if name in new},
    )
    db.session.add(entry)
    db.session.flush()


def _plain(facts: Facts) -> Facts:
    return {name: _value(value) for name, value in facts.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value
