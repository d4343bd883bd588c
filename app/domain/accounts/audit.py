"""Records who changed what. Entries are only added."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.audit import CONCEALED, AuditEntry
from app.models.accounts.house import HouseSettings
from app.models.actions.follow_ups import FollowUp
from app.models.actions.templates import ActionTemplate
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.people.custom_fields import CustomField
from app.models.people.interactions import Interaction
from app.models.people.mailings import Mailing
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.people.segments import Segment
from app.models.people.tags import Tag
from app.models.press.articles import Article
from app.models.scoping import InCampaign, InCongress
from app.models.travel.border_facts import BorderNote, CountryContact, EntryRule
from app.models.travel.places import Crossing, Place
from app.models.travel.ruled_out_roads import RuledOutRoad

Facts = dict[str, Any]
Record = (
    Congress
    | InCongress
    | Campaign
    | InCampaign
    | Person
    | Interaction
    | Organization
    | Article
    | Place
    | Crossing
    | EntryRule
    | CountryContact
    | BorderNote
    | RuledOutRoad
    | Segment
    | ActionTemplate
    | Mailing
    | FollowUp
    | Tag
    | CustomField
    | HouseSettings
    | User
)
"""The rows whose changes are recorded."""
Row = TypeVar("Row", bound=Record)


def act_as(user: User | None) -> None:
    """Set the account that acts in this session."""
    db.session.info["actor_id"] = user.id if user else None


def actor_id() -> int | None:
    """Return the id of the account that acts in this session, if one does."""
    number: int | None = db.session.info.get("actor_id")
    return number


@contextmanager
def changing(row: Row, facts: Callable[[Row], Facts]) -> Iterator[None]:
    """Record how the facts about a row change in the context; nothing is recorded if an error leaves it."""
    before = facts(row)
    yield
    db.session.flush()
    note(row, "changed", before, facts(row))


def note(row: Record, verb: str, before: Facts, after: Facts) -> None:
    """Record the differences between two sets of facts about a row, if there are any."""
    differences = stored(before, after)
    if not any(differences.values()):
        return
    entry = AuditEntry(
        actor_id=actor_id(),
        verb=verb,
        subject=_table(row),
        subject_id=row.id,  # type: ignore[union-attr]
        at=clock.now(),
        **differences,
        **_owner(row),
    )
    db.session.add(entry)
    db.session.flush()


def stored(before: Facts, after: Facts) -> dict[str, Facts]:
    """Return what an entry stores of the differences between two sets of facts: `before` and `after`."""
    old, new = _plain(before), _plain(after)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {"before": _stored(old, changed), "after": _stored(new, changed)}


def forget(row: Record) -> None:
    """Delete the entries about a row that is deleted, because another row may get its id."""
    number: int = row.id  # type: ignore[union-attr]
    entries = select(AuditEntry).where(AuditEntry.subject == _table(row), AuditEntry.subject_id == number)
    for entry in db.session.scalars(entries).unique():
        db.session.delete(entry)
    db.session.flush()


def stored_facts(facts: Facts) -> Facts:
    """Return the facts about a new row as the first entry of its history stores them."""
    known = {name: value for name, value in _plain(facts).items() if value is not None}
    return _stored(known, list(known))


def facts_of(row: object, names: Iterable[str]) -> Facts:
    """Return the facts about a row that have the names of its columns."""
    return {name: getattr(row, name) for name in names}


def _owner(row: Record) -> dict[str, Any]:
    """Return what an entry about a row belongs to; nothing for shared records and accounts."""
    match row:
        case Person():
            return {"person": row}
        case Interaction(person=Person()):
            return {"person": row.person}
        case Interaction() | Segment() | Mailing() | ActionTemplate() | FollowUp():
            return {"congress_id": row.congress_id, "campaign_id": row.campaign_id}
        case Congress():
            return {"congress_id": row.id}
        case Campaign():
            return {"campaign_id": row.id}
        case InCongress():
            return {"congress_id": row.congress_id}
        case InCampaign():
            return {"campaign_id": row.campaign_id}
        case _:
            return {}


def _table(row: Record) -> str:
    return str(row.__tablename__)  # type: ignore[union-attr]


def _stored(facts: Facts, names: list[str]) -> Facts:
    return {name: None if name in CONCEALED else facts[name] for name in names if name in facts}


def _plain(facts: Facts) -> Facts:
    return {name: _value(value) for name, value in facts.items()}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value
