"""Undoes an import of people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from app.domain.accounts import audit
from app.domain.imports.kinds import Obstacles
from app.domain.people import custom_values
from app.domain.people.people import facts
from app.extensions import db
from app.models.imports.imports import Import, ImportRow, Verdict
from app.models.people.custom_fields import CustomField, FieldKind, RecordKind, Value
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.queries.imports import imports as import_queries
from app.queries.imports import matches
from app.queries.imports.built_on import organizations_built_on, people_built_on, people_gone
from app.queries.people import custom_fields as field_queries

_ROWS: Any = ImportRow.__table__
_PEOPLE: Any = Person.__table__
_OWN = {"unscoped": "the import recorded these people in its own scope"}


def obstacles(work: Import) -> Obstacles:
    """Return the names of those on which something was built, and how many people no longer exist."""
    people = db.session.scalars(select(Person).where(Person.id.in_(people_built_on(work)))).all()
    organizations = organizations_built_on(work)
    return Obstacles([one.full_name for one in people] + [one.name for one in organizations], people_gone(work))


def take_back(work: Import) -> None:
    """Restore people who were recorded before, and delete the others with their organizations."""
    _restore(work)
    created = select(_ROWS.c.record_id).where(_ROWS.c.import_id == work.id, _ROWS.c.verdict == Verdict.CREATED)
    db.session.execute(delete(_PEOPLE).where(_PEOPLE.c.id.in_(created)), execution_options=_OWN)
    for number in work.recorded:
        organization = db.session.get(Organization, number)
        if organization is not None:
            audit.forget(organization)
            db.session.delete(organization)


def _restore(work: Import) -> None:
    """Restore people who were recorded before, the last row first."""
    updated = [
        one
        for batch in import_queries.batches(work)
        for one in batch
        if one.before and one.verdict in (Verdict.UPDATED, Verdict.JOINED)
    ]
    for start in range(0, len(updated), import_queries.BATCH):
        batch = list(reversed(updated))[start : start + import_queries.BATCH]
        known = matches.people({one.record_id for one in batch})
        for one in batch:
            person = known[one.record_id]
            with audit.changing(person, facts):
                _reset(person, one.before)


def _reset(person: Person, before: dict[str, Any]) -> None:
    for name, value in before["columns"].items():
        setattr(person, name, value)
    if "own" in before:
        custom_values.record_all(person, dict(_own(before["own"])))
    if "post" in before:
        number, post = before["post"]
        next(one for one in person.memberships if one.id == number).post = post
    for name, number in before["added"]:
        parts: list[Any] = getattr(person, name)
        parts.remove(_part(parts, number))
    if any(name == "other_names" for name, _number in before["added"]):
        person.touch()
    db.session.flush()


def _own(before: Mapping[str, str | None]) -> Iterator[tuple[CustomField, Value]]:
    """Yield the house's own fields that still exist, with the values from before."""
    for field in field_queries.listing(RecordKind.PERSON):
        if field.key in before:
            text = before[field.key]
            yield field, None if text is None else _value(field.kind, text)


def _value(kind: FieldKind, text: str) -> Value:
    """Return the value that was stored as text."""
    match kind:
        case FieldKind.NUMBER:
            return Decimal(text)
        case FieldKind.DATE:
            return date.fromisoformat(text)
        case FieldKind.YES_NO:
            return text == str(True)
        case FieldKind.ASSESSMENT:
            return int(text)
        case _:
            return text


def _part(parts: Sequence[Any], number: int) -> Any:
    return next(one for one in parts if one.id == number)
