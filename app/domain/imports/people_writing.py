"""Writes people of an import."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from app import clock
from app.dialects.many_rows import count_own_rows
from app.domain.accounts import audit
from app.domain.imports.kinds import ChangedError
from app.domain.imports.people_changes import apply, changes
from app.domain.imports.people_judging import Judge, JudgedPerson
from app.domain.people import custom_values
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.imports.imports import Import, ImportRow, Policy, Verdict
from app.models.people.custom_fields import CustomField, CustomValue
from app.models.people.memberships import Membership
from app.models.people.other_names import OtherName
from app.models.people.people import ContactDetail, Participation, Person
from app.queries.imports import imports as import_queries
from app.queries.imports import matches
from app.queries.people import custom_fields as field_queries
from app.text import contact_key, searchable, sort_key

_ROWS: Any = ImportRow.__table__
_PEOPLE: Any = Person.__table__
_OWN = {"unscoped": "the rows belong to new people, who are recorded in the scope of the import"}
_COUNTED: tuple[Any, ...] = tuple(one.__table__ for one in (Person, ContactDetail, Membership, Participation))
_COUNTED_AFTER = (1, 10, 100)
"""Numbers of batches."""
_WRITTEN = (
    update(_ROWS)
    .where(_ROWS.c.id == bindparam("row_id"))
    .values(cells=None, record_id=bindparam("record_id"), before=bindparam("before"))
)


class PeopleWriter:
    """Writes batches of rows."""

    def __init__(self, work: Import) -> None:
        """Begin with nothing written."""
        self._work, self._now = work, clock.now()
        self._joined_to = import_queries.joined_to(work)
        self._own: Mapping[str, CustomField] = {}
        self._heads: dict[int, tuple[int, bool]] = {}
        """The id of the person of each row that others are added to, by its number, and whether she is new."""

    def write(self, judge: Judge) -> None:
        """Write all rows. Raises ChangedError if one of them would be different from what the preview showed."""
        self._own = judge.own
        for number, batch in enumerate(judge.batches(), start=1):
            if any(one.is_different for one in batch):
                raise ChangedError
            written = self._create([one for one in batch if one.verdict is Verdict.CREATED])
            if judge.newer_than is None and written:
                judge.newer_than = written[0]["record_id"]
            written += [self._update(one) for one in batch if one.verdict is Verdict.UPDATED]
            written += [self._leave(one) for one in batch if one.verdict is Verdict.UNCHANGED]
            written += self._join([one for one in batch if one.verdict is Verdict.JOINED])
            if written:
                db.session.execute(_WRITTEN, written, execution_options=_OWN)
            if number in _COUNTED_AFTER:
                count_own_rows(db.session, *_COUNTED)

    def _create(self, batch: Sequence[JudgedPerson]) -> list[dict[str, Any]]:
        """Record new people with what belongs to them and the first entry of their history."""
        if not batch:
            return []
        statement = insert(_PEOPLE).returning(_PEOPLE.c.id, sort_by_parameter_order=True)
        people = [_person(one, self._now) for one in batch]
        ids = db.session.execute(statement, people, execution_options=_OWN).scalars().all()
        new = list(zip(ids, batch, strict=True))
        self._insert(ContactDetail, [
            {"person_id": number, "type": kind, "value": value, "key": contact_key(value)}
            for number, one in new for kind, value in one.person.contacts
        ])  # fmt: skip
        self._insert(OtherName, [
            {"person_id": number, "kind": kind, "name": name}
            for number, one in new for kind, name in one.person.other_names
        ])  # fmt: skip
        self._insert(CustomValue, [
            {"person_id": number, "field_id": self._own[key].id, "text": None, "words": None, "number": None, "day": None}
            | custom_values.stored_as(self._own[key], value)
            for number, one in new for key, value in one.person.own.items()
        ])  # fmt: skip
        self._insert(Membership, [_membership(number, one) for number, one in new if one.organization])
        if any(self._work.where.values()):
            joined = {"created_at": self._now, **self._work.where}
            self._insert(Participation, [{"person_id": number, **joined} for number in ids])
        self._insert(AuditEntry, [self._entry(number, one) for number, one in new])
        self._heads |= {one.number: (number, True) for number, one in new if one.number in self._joined_to}
        return [{"row_id": one.id, "record_id": number, "before": None} for number, one in new]

    def _update(self, one: JudgedPerson) -> dict[str, Any]:
        assert one.known is not None and one.changes is not None  # noqa: S101, PT018 - of this verdict
        before = apply(one.known, one.person, one.changes, _id(one.organization), _id(one.on_behalf_of), self._own)
        return self._kept(one, before)

    def _leave(self, one: JudgedPerson) -> dict[str, Any]:
        return self._kept(one, None)

    def _kept(self, one: JudgedPerson, before: dict[str, Any] | None) -> dict[str, Any]:
        number = one.known.id if one.known else None
        if number and one.number in self._joined_to:
            self._heads[one.number] = (number, False)
        return {"row_id": one.id, "record_id": number, "before": before}

    def _join(self, batch: Sequence[JudgedPerson]) -> list[dict[str, Any]]:
        """Add the details of rows to the people of earlier ones."""
        heads = [(one, *self._heads[one.first or 0]) for one in batch]
        ids = {number for _one, number, _is_new in heads}
        known, own = matches.people(ids), field_queries.values_of_people(ids, self._own.values())
        written = []
        for one, number, is_new in heads:
            policy = Policy.FILL if is_new else self._work.policy
            meant, on_behalf_of = _id(one.organization), _id(one.on_behalf_of)
            found = changes(known[number], one.person, policy, meant, is_new=False, own=own.get(number, {}))
            before = None
            if found.fields:
                before = apply(known[number], one.person, found, meant, on_behalf_of, self._own)
            written.append({"row_id": one.id, "record_id": number, "before": None if is_new else before})
        return written

    def _entry(self, number: int, one: JudgedPerson) -> dict[str, Any]:
        return {
            "actor_id": self._work.asked_by_id, "person_id": number, "congress_id": None, "campaign_id": None,
            "verb": "recorded", "subject": Person.__tablename__, "subject_id": number, "at": self._now, "before": {},
            "after": audit.stored_facts(_facts(one)),
        }  # fmt: skip

    @staticmethod
    def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            db.session.execute(insert(model.__table__), rows, execution_options=_OWN)


def _id(organization: Any) -> int | None:
    return organization.id if organization else None


def _person(one: JudgedPerson, now: datetime) -> dict[str, Any]:
    person = one.person
    return {
        "given_name": person.given_name, "family_name": person.family_name, "country": person.country,
        "nationality": person.nationality, "nationality_digest": person.nationality, "locality": person.locality,
        "preferred_language": person.preferred_language, "created_at": now,
        "words": searchable(person.full_name, *(name for _kind, name in person.other_names)),
        "sort_key": sort_key(person.family_name, person.given_name), "locality_key": sort_key(person.locality),
    }  # fmt: skip


def _membership(number: int, one: JudgedPerson) -> dict[str, Any]:
    person = one.person
    return {
        "person_id": number, "organization_id": _id(one.organization), "on_behalf_of_id": _id(one.on_behalf_of),
        "post": person.post, "start_date": person.start_date, "end_date": person.end_date,
    }  # fmt: skip


def _facts(one: JudgedPerson) -> audit.Facts:
    """Return the facts that the history of a new person begins with, as `people.facts` does for a row."""
    person, belongs = one.person, []
    if one.organization:
        names = [it.name for it in (one.organization, one.on_behalf_of) if it]
        belongs = [", ".join(names + [str(it) for it in (person.post, person.start_date, person.end_date) if it])]
    return {
        "given_name": person.given_name, "family_name": person.family_name, "family_name_first": False,
        "country": person.country, "locality": person.locality, "nationality": person.nationality,
        "preferred_language": person.preferred_language, "is_at_risk": False, "contact_details": [], "memberships": belongs,
        "other_names": [], "participations": [],
    }  # fmt: skip
