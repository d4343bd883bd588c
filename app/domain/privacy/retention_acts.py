"""What a sweep does with rows that are due: it empties columns, deletes rows, or removes people as others do.

Each batch is one statement, so that the audit log has one line for it, with the number of rows and no values. Histories
say that something was deleted because its period ended, and never what.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from app import clock
from app.domain.accounts import log
from app.domain.congress import removed_people
from app.domain.mail import totals
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery
from app.models.mobilizing.sign_ups import OWNER_PLACE, SignUp
from app.models.oversight import watching
from app.models.oversight.covered import covers
from app.models.oversight.lines import LogValues, LogVerb
from app.models.people.interactions import Interaction
from app.models.people.other_names import OtherName
from app.models.people.people import ContactDetail, Person
from app.models.types import Revised, keyring_of
from app.queries.privacy.retention_rules import Part
from app.queries.privacy.retention_ties import EMPTIED, PERIOD_ENDED

_MOST, _MOST_PEOPLE = 500, 50
"""How many rows one transaction writes; removing a person takes many statements."""


def most(part: Part) -> int:
    """Return how many rows of a part one transaction may write."""
    return _MOST_PEOPLE if _removes(part) else _MOST


def carry_out(part: Part, ids: Sequence[int]) -> None:
    """Empty or delete rows of a part by their keys."""
    records = _records(part, ids)
    if part.emptied is None:
        _keep_numbers(part, ids)
    if _removes(part):
        _remove_people(ids)
    elif part.model is LogValues:
        log.erase(ids)
    elif part.emptied is None:
        _write(delete(part.model), part, ids)
    else:
        if part.model is SignUp:
            _keep_owners(ids)
        _write(update(part.model).values(_emptied(part)), part, ids)
    if part.record:
        _tell(part, records)
    if part.model in (ContactDetail, OtherName):
        _find_anew(records)
    db.session.flush()
    db.session.expire_all()


def _removes(part: Part) -> bool:
    return part.model is Person and part.emptied is None


def _emptied(part: Part) -> dict[str, Any]:
    """Return the columns to be written; forms that are open learn that the row has changed."""
    values = dict(part.emptied or {})
    return values | {"revision": part.model.revision + 1} if issubclass(part.model, Revised) else values


def _write(statement: Any, part: Part, ids: Sequence[int]) -> None:
    db.session.execute(statement.where(part.key.in_(ids)).execution_options(synchronize_session=False))
    if not covers(part.model.__tablename__):
        watching.note(db.session, LogVerb.DELETE, part.model.__tablename__, row_count=len(ids))


def _keep_numbers(part: Part, ids: Sequence[int]) -> None:
    """Count the letters that are deleted, so that digests and mailings go on saying to how many they were sent."""
    if part.model is Delivery:
        totals.roll_up(ids)
    elif part.model is Subscription:
        totals.roll_up_of_subscriptions(ids)


def _keep_owners(ids: Sequence[int]) -> None:
    """Store a digest of the addresses of sign-ups, so that one person still counts as one."""
    ring = keyring_of(db.engine.dialect)
    known = select(SignUp.id, SignUp.email, SignUp.phone).where(SignUp.id.in_(ids))
    for row in db.session.execute(known).all():
        digest = ring.digest(row.email or row.phone or "", OWNER_PLACE)
        kept = update(SignUp).where(SignUp.id == row.id).values(owner_digest=digest)
        db.session.execute(kept.execution_options(synchronize_session=False))


def _remove_people(ids: Sequence[int]) -> None:
    """Remove people, who can be restored for some time; whoever is restored has been changed, and is kept."""
    for person in db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all():
        removed_people.remove(person, by=None, may_edit=lambda _congress_id, _campaign_id: True)
        db.session.add(_entry(Person.__tablename__, person.id, PERIOD_ENDED, "", person_id=person.id))


def _records(part: Part, ids: Sequence[int]) -> Sequence[Any]:
    """Return the records to which rows belong: their ids, and what their histories belong to."""
    if part.record is None:
        return []
    model, column = part.record
    own = select(getattr(part.model, column)).where(part.key.in_(ids))
    return db.session.execute(select(*_columns(model)).where(model.id.in_(own)).order_by(model.id)).all()


def _columns(model: Any) -> list[Any]:
    """Return the columns of a record by which its history is found: its id, and the person or the place that it is of."""
    if model is Person:
        return [Person.id, Person.id.label("person_id")]
    names = ("person_id",) if model is Interaction else ()
    return [
        model.id,
        *(getattr(model, name) for name in ("congress_id", "campaign_id", *names) if hasattr(model, name)),
    ]


def _tell(part: Part, records: Sequence[Any]) -> None:
    table = part.record[0].__tablename__ if part.record else ""
    for record in records:
        owner = {name: number for name, number in record._mapping.items() if name != "id"}  # noqa: SLF001 - a row's own
        if owner.get("person_id"):
            owner = {"person_id": owner["person_id"]}
        db.session.add(_entry(table, record.id, EMPTIED, part.fact, **owner))


def _entry(table: str, number: int, verb: str, fact: str, **owner: int | None) -> AuditEntry:
    values = {fact: None} if fact else {}
    return AuditEntry(
        verb=verb, subject=table, subject_id=number, at=clock.now(), before=values, after=values, **owner
    )  # fmt: skip


def _find_anew(people: Sequence[Any]) -> None:
    """Have people found and compared by what is left of their names and numbers."""
    ids = [one.id for one in people]
    for person in db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all():
        db.session.refresh(person, ["other_names", "contact_details"])
        person.touch()
    db.session.flush()
