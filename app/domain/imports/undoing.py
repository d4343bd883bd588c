"""Undoes a whole import, for as long as nothing was built on what it wrote."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from app import clock
from app.domain.accounts import audit
from app.domain.imports.judging import scope_of
from app.domain.people.people import facts
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import Import, ImportRow, ImportStatus, Verdict
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.scoping import in_scope
from app.queries.imports import imports as import_queries
from app.queries.imports import matches
from app.queries.imports.built_on import organizations_built_on, people_built_on, people_gone

BUILT_ON = "built_on"
"""Something was built on what the import wrote."""
NAMED = 20
"""How many of the people and organizations in the way are named."""
_ROWS: Any = ImportRow.__table__
_PEOPLE: Any = Person.__table__
_OWN = {"unscoped": "the import recorded these people in its own scope"}


def undo(work: Import) -> None:
    """Undo an import, or note by name whom it cannot be undone for."""
    with in_scope(scope_of(work)):
        names, gone = _in_the_way(work)
        if names or gone:
            work.status, work.failure = ImportStatus.WRITTEN, BUILT_ON
            work.details = {"names": names[:NAMED], "count": len(names), "gone": gone}
            return
        _restore(work)
        created = select(_ROWS.c.person_id).where(_ROWS.c.import_id == work.id, _ROWS.c.verdict == Verdict.CREATED)
        db.session.execute(delete(_PEOPLE).where(_PEOPLE.c.id.in_(created)), execution_options=_OWN)
        for number in work.recorded:
            organization = db.session.get(Organization, number)
            if organization is not None:
                audit.forget(organization)
                db.session.delete(organization)
        db.session.add(
            AuditEntry(
                actor_id=work.asked_by_id, verb="import undone", subject="imports", subject_id=work.id, at=clock.now(),
                before=dict(work.counts), after={}, **work.where,
            )
        )  # fmt: skip
    work.status = ImportStatus.UNDONE
    db.session.flush()


def _in_the_way(work: Import) -> tuple[list[str], int]:
    """Return the names of those on which something was built, and how many people no longer exist."""
    people = db.session.scalars(select(Person).where(Person.id.in_(people_built_on(work)))).all()
    organizations = organizations_built_on(work)
    return [one.full_name for one in people] + [one.name for one in organizations], people_gone(work)


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
        known = matches.people({one.person_id for one in batch})
        for one in batch:
            person = known[one.person_id]
            with audit.changing(person, facts):
                _reset(person, one.before)


def _reset(person: Person, before: dict[str, Any]) -> None:
    for name, value in before["columns"].items():
        setattr(person, name, value)
    if "post" in before:
        number, post = before["post"]
        next(one for one in person.memberships if one.id == number).post = post
    for name, number in before["added"]:
        parts: list[Any] = getattr(person, name)
        parts.remove(_part(parts, number))
    if any(name == "other_names" for name, _number in before["added"]):
        person.touch()
    db.session.flush()


def _part(parts: Sequence[Any], number: int) -> Any:
    return next(one for one in parts if one.id == number)
