"""Records that may be about the same person or organization: those like typed values, and the stored pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import CompoundSelect, Select, bindparam, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.extensions import db
from app.matching.comparing import Decision, Verdict, compare
from app.matching.records import OrganizationRecord, PersonRecord, Record
from app.models.people.duplicates import OrganizationPair, PersonPair
from app.models.people.match_keys import (
    PHONES,
    OrganizationKey,
    PersonKey,
    hashed_keys,
    organization_records,
    person_records,
)
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import ContactDetail, Person
from app.models.people.protecting import digest_of
from app.queries.lookup import kept, one
from app.queries.paging import Page, page_of
from app.text import contact_key

CROWDED = 60
"""A key that more records have says too little: it is left out."""
MOST = 8
"""The number of records that are shown while someone types."""

AT_ONCE = 50
"""The number of pairs that are merged together."""

_IS_PHONE = ContactDetail.type.in_(PHONES)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Alike(Generic[Row]):
    """A stored record that may be the same as another one."""

    row: Row
    verdict: Verdict


def people_like(record: PersonRecord) -> list[Alike[Person]]:
    """Return the people in scope who may be the person of a record, the most probable first."""
    near = _sharing(PersonKey, record) | _with_sealed(record.phones)
    found = _verdicts(record, person_records(db.session.connection(), near))
    whole = (selectinload(Person.contact_details), selectinload(Person.memberships).joinedload(Membership.organization))
    rows = db.session.scalars(select(Person).where(Person.id.in_(found)).options(*whole)).all()
    return _ordered(rows, found)


def organizations_like(record: OrganizationRecord) -> list[Alike[Organization]]:
    """Return the organizations that may be the one of a record, the most probable first."""
    found = _verdicts(record, organization_records(db.session.connection(), _sharing(OrganizationKey, record)))
    rows = db.session.scalars(select(Organization).where(kept(Organization), Organization.id.in_(found))).all()
    return _ordered(rows, found)


def sharing_keys(model: type[PersonKey | OrganizationKey], ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return pairs of ids, the first one from `ids`, of the records that share a key that is not crowded."""
    column = _owner(model)
    other = aliased(model)
    others = _owner(other)
    crowd = aliased(model)
    is_crowded = select(crowd.id).where(crowd.key == model.key).limit(1).offset(CROWDED).exists()
    found = select(column.label("one"), others.label("other")).join(other, other.key == model.key)
    found = found.where(column.in_(ids), column != others, ~is_crowded).distinct()
    return {(row.one, row.other) for row in db.session.execute(found)}


def sharing_sealed(ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return pairs of people, the first one from `ids`, of whom at least one is at risk and who have the same number.

    Needs access to everything.
    """
    sealed: dict[str, set[int]] = {}
    found = select(ContactDetail.key_digest, ContactDetail.person_id).where(
        ContactDetail.key_digest.is_not(None), _IS_PHONE
    )
    for row in db.session.execute(found):
        sealed.setdefault(row.key_digest, set()).add(row.person_id)
    if not sealed:
        return set()
    pairs: set[tuple[int, int]] = set()
    for detail in db.session.scalars(select(ContactDetail).where(ContactDetail.person_id.in_(ids), _IS_PHONE)):
        pairs |= {(detail.person_id, other) for other in sealed.get(digest_of(detail.text), ())}
        if detail.key_digest is not None:
            others = select(ContactDetail.person_id).where(ContactDetail.key == contact_key(detail.text), _IS_PHONE)
            pairs |= {(detail.person_id, other) for other in db.session.scalars(others.limit(CROWDED))}
    return {pair for pair in pairs if pair[0] != pair[1]}


def _with_sealed(numbers: Sequence[str]) -> set[int]:
    """Return the people at risk in scope who have one of these numbers."""
    digests = {digest_of(one) for one in numbers}
    found = select(ContactDetail.person_id).where(ContactDetail.key_digest.in_(digests), _IS_PHONE)
    return set(db.session.scalars(found)) if digests else set()


def get_person_pair(pair_id: int) -> PersonPair:
    """Return a pair of people, both in scope."""
    return one(PersonPair, PersonPair.id == pair_id, options=_people())


def get_organization_pair(pair_id: int) -> OrganizationPair:
    """Return a pair of organizations."""
    return one(OrganizationPair, OrganizationPair.id == pair_id, options=_organizations())


def person_pairs(number: int, *, dismissed: bool = False) -> Page[PersonPair]:
    """Return a page of the pairs of people in scope, the most probable first; those dismissed last come first."""
    return page_of(_listed(PersonPair, dismissed=dismissed).options(*_people()), number)


def organization_pairs(number: int, *, dismissed: bool = False) -> Page[OrganizationPair]:
    """Return a page of the pairs of organizations, in the same order."""
    return page_of(_listed_organizations(dismissed=dismissed), number)


def pairs_of_person(person_id: int) -> Sequence[PersonPair]:
    """Return the possible duplicates of a person in scope, the most probable first."""
    ends = or_(PersonPair.first_id == person_id, PersonPair.second_id == person_id)
    return db.session.scalars(_listed(PersonPair, dismissed=False).where(ends).options(*_people())).all()


def pairs_of_organization(organization_id: int) -> Sequence[OrganizationPair]:
    """Return the possible duplicates of an organization, the most probable first."""
    ends = or_(OrganizationPair.first_id == organization_id, OrganizationPair.second_id == organization_id)
    return db.session.scalars(_listed_organizations(dismissed=False).where(ends)).all()


def sure_people() -> Sequence[PersonPair]:
    """Return the first pairs of people in scope that are almost certain."""
    sure = _listed(PersonPair, dismissed=False).where(PersonPair.decision == Decision.SURE).limit(AT_ONCE)
    return db.session.scalars(sure.options(*_people())).all()


def sure_organizations() -> Sequence[OrganizationPair]:
    """Return the first pairs of organizations that are almost certain."""
    sure = _listed_organizations(dismissed=False).where(OrganizationPair.decision == Decision.SURE)
    return db.session.scalars(sure.limit(AT_ONCE)).all()


def _listed_organizations(*, dismissed: bool) -> Select[Any]:
    both = (OrganizationPair.first.has(kept(Organization)), OrganizationPair.second.has(kept(Organization)))
    return _listed(OrganizationPair, dismissed=dismissed).where(*both).options(*_organizations())


def _listed(model: Any, *, dismissed: bool) -> Select[Any]:
    if dismissed:
        found = select(model).where(model.dismissed_at.is_not(None))
        return found.order_by(model.dismissed_at.desc(), model.id.desc())
    return select(model).where(model.dismissed_at.is_(None)).order_by(model.score.desc(), model.id)


def _people() -> tuple[Any, ...]:
    sides = (joinedload(PersonPair.first), joinedload(PersonPair.second))
    memberships = tuple(side.selectinload(Person.memberships).joinedload(Membership.organization) for side in sides)
    return (
        *memberships,
        *(side.selectinload(Person.contact_details) for side in sides),
        *(side.selectinload(Person.participations) for side in sides),
    )


def _organizations() -> tuple[Any, ...]:
    return joinedload(OrganizationPair.first), joinedload(OrganizationPair.second)


def _sharing(model: type[PersonKey | OrganizationKey], record: Record) -> set[int]:
    """Return the ids of the records in scope that have one of the keys, unless it is crowded: one statement for all keys."""
    keys = {f"key_{at}": key for at, key in enumerate(sorted(hashed_keys(record)))}
    owners: dict[int, set[int]] = {}
    for row in db.session.execute(_having(model, len(keys)), keys) if keys else ():
        owners.setdefault(row.key, set()).add(row.owner)
    return {owner for found in owners.values() if len(found) <= CROWDED for owner in found}


@cache
def _having(model: type[PersonKey | OrganizationKey], count: int) -> CompoundSelect[Any]:
    """Return the statement for so many keys, built once: building it takes longer than running it."""
    having = (
        select(_owner(model).label("owner"), model.key)
        .where(model.key == bindparam(f"key_{at}"))
        .limit(CROWDED + 1)
        .subquery()
        for at in range(count)
    )
    return union_all(*(select(one.c.owner, one.c.key) for one in having))


def _owner(model: Any) -> Any:
    return model.person_id if hasattr(model, "person_id") else model.organization_id


def _verdicts(record: Record, others: dict[int, Any]) -> dict[int, Verdict]:
    """Return the verdicts that are not unlikely, by id: as many as are shown, the most probable ones."""
    verdicts = {number: compare(record, other) for number, other in others.items()}
    found = [(number, one) for number, one in verdicts.items() if one.decision is not Decision.UNLIKELY]
    return dict(sorted(found, key=lambda pair: (-pair[1].score, pair[0]))[:MOST])


def _ordered(rows: Sequence[Any], verdicts: dict[int, Verdict]) -> list[Alike[Any]]:
    return sorted((Alike(row, verdicts[row.id]) for row in rows), key=lambda one: (-one.verdict.score, one.row.id))
