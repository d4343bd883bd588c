"""Recorded people and organizations that rows of an import may mean."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.dialects.many_rows import any_of
from app.extensions import db
from app.models.people.memberships import Membership
from app.models.people.merges import MergedId
from app.models.people.organizations import Organization
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.people.protecting import digests_of, keys_of
from app.queries.lookup import kept


class Named(NamedTuple):
    """A recorded organization."""

    id: int
    name: str
    country: str


def organizations_named(keys: Collection[str]) -> Mapping[str, list[Named]]:
    """Return the organizations with these names, by sort key; those whose acronym is meant come only if no name is equal."""
    columns = (Organization.id, Organization.name, Organization.country)
    found: dict[str, list[Named]] = defaultdict(list)
    named = (
        select(*columns, Organization.sort_key)
        .where(kept(Organization), Organization.sort_key.in_(keys))
        .order_by(Organization.id)
    )
    for row in db.session.execute(named):
        found[row.sort_key].append(Named(row.id, row.name, row.country))
    left = [key for key in keys if key not in found]
    acronym = func.lower(Organization.acronym)
    meant = (
        select(*columns, acronym.label("acronym"))
        .where(kept(Organization), acronym.in_(left))
        .order_by(Organization.id)
    )
    for row in db.session.execute(meant):
        found[row.acronym].append(Named(row.id, row.name, row.country))
    return found


def organization(organization_id: int) -> Named | None:
    """Return one organization."""
    row = db.session.execute(
        select(Organization.id, Organization.name, Organization.country).where(Organization.id == organization_id)
    ).first()
    return Named(*row) if row else None


def people_reached(kind: ContactType, values: Collection[str]) -> Mapping[str, set[int]]:
    """Return the ids of the people in scope with these contact details, by value."""
    found: dict[str, set[int]] = defaultdict(set)
    wanted = ((ContactDetail.key, keys_of(values)), (ContactDetail.key_digest, digests_of(values)))
    columns = (ContactDetail.value, ContactDetail.sealed_value, ContactDetail.person_id)
    for column, forms in wanted:  # one after the other, because together they would use no index
        reached = select(*columns).where(ContactDetail.type == kind, any_of(db.session, column, forms))
        for row in db.session.execute(reached) if forms else ():
            text = row.sealed_value or row.value
            if text in values:
                found[text].add(row.person_id)
    return found


def people_numbered(numbers: Collection[int]) -> Mapping[str, set[int]]:
    """Return the ids of the people in scope who have these ids, or with whom people who had them were merged."""
    merged = select(MergedId.old_id, MergedId.new_id).where(
        MergedId.table_name == Person.__tablename__, MergedId.old_id.in_(numbers)
    )
    now = {number: number for number in numbers} | {
        row.old_id: row.new_id for row in db.session.execute(merged.order_by(MergedId.id))
    }
    visible = set(db.session.scalars(select(Person.id).where(Person.id.in_(now.values()))))
    return {str(number): {new} for number, new in now.items() if new in visible}


def people_named(keys: Collection[str]) -> Mapping[str, list[int]]:
    """Return the ids of the people in scope with these names, by sort key."""
    found: dict[str, list[int]] = defaultdict(list)
    if keys:
        named = select(Person.sort_key, Person.id).where(any_of(db.session, Person.sort_key, keys)).order_by(Person.id)
        for row in db.session.execute(named):
            found[row.sort_key].append(row.id)
    return found


def people(ids: Collection[int]) -> Mapping[int, Person]:
    """Return people in scope with what an import may add to, by id."""
    whole = (
        selectinload(Person.contact_details),
        selectinload(Person.memberships).joinedload(Membership.organization),
        selectinload(Person.other_names),
        selectinload(Person.participations),
    )
    if not ids:
        return {}
    found: Sequence[Person] = db.session.scalars(select(Person).where(Person.id.in_(ids)).options(*whole)).all()
    return {one.id: one for one in found}
