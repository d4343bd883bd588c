"""People."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.memberships import Membership
from app.models.people.people import ContactDetail, ContactType, Person, reached_by
from app.queries import finding
from app.queries.keyset import KeysetPage, counted, ids_in_order, page_at
from app.queries.lookup import count, one
from app.queries.naming import by_name
from app.queries.people.filters import PersonFilter
from app.queries.people.sorting import order_of

_WITH_PARTS = (
    selectinload(Person.memberships).joinedload(Membership.organization),
    selectinload(Person.contact_details),
    selectinload(Person.other_names),
)


def get(person_id: int) -> Person:
    """Return a person with contact details, memberships, other names and participations."""
    memberships = selectinload(Person.memberships)
    whole = (
        selectinload(Person.contact_details),
        memberships.joinedload(Membership.organization),
        memberships.joinedload(Membership.on_behalf_of),
        selectinload(Person.other_names),
        selectinload(Person.participations),
    )
    return one(Person, Person.id == person_id, options=whole)


def exists(person_id: int) -> bool:
    """Return whether there is a person with an id in scope."""
    return count(Person, Person.id == person_id) > 0


def find(chosen: PersonFilter, sorting: str = "", at: str = "", *, language: str) -> KeysetPage[Person]:
    """Return a page of the people of a filter, at a position, with what `some` loads.

    `sorting` is the name of an order (see `app.queries.people.sorting`), by family name in `language` if it is empty.
    """
    found = chosen.found()
    count = counted(found, Person.id)
    order = order_of(Person, sorting, language=language, count=count)
    return page_at(found, order, at, count, options=_WITH_PARTS)


def numbers(chosen: PersonFilter, sorting: str = "", *, language: str) -> Sequence[int]:
    """Return the ids of all people of a filter, in the order of `find`."""
    found = chosen.found()
    return ids_in_order(found, order_of(Person, sorting, language=language, count=counted(found, Person.id)), Person.id)


def some(person_ids: Collection[int]) -> Sequence[Person]:
    """Return people by id, with what a file about them contains."""
    return db.session.scalars(select(Person).where(Person.id.in_(person_ids)).options(*_WITH_PARTS)).all()


def matching(typed: str) -> finding.Found:
    """Return the people in scope with these words in their names, or with this address or phone number, typed whole."""
    reached = select(ContactDetail.person_id).where(reached_by(typed))
    first = db.session.scalars(reached.order_by(ContactDetail.person_id).limit(finding.MOST + 1)).all()
    return finding.by_name(Person, typed, list(dict.fromkeys(first)))


def alike(names: Collection[str], emails: Collection[str]) -> Sequence[Person]:
    """Return people with one of these full names, folded by `app.text.searchable`, or one of these normalized addresses."""
    reached = select(ContactDetail.person_id).where(
        ContactDetail.type == ContactType.EMAIL, ContactDetail.value.in_(emails)
    )
    found = select(Person).where(or_(Person.words.in_(names), Person.id.in_(reached)))
    whole = (selectinload(Person.contact_details), selectinload(Person.memberships).joinedload(Membership.organization))
    return db.session.scalars(found.options(*whole).order_by(Person.id)).all()


def emails_of(people: Collection[int] | Select[int]) -> dict[int, list[str]]:
    """Return the email addresses that can be used today, in the order of `Person.email`, of people by id.

    Those without one are left out.
    """
    today = clock.now().date()
    used = select(ContactDetail.person_id, ContactDetail.value).where(
        ContactDetail.person_id.in_(people),
        ContactDetail.type == ContactType.EMAIL,
        or_(ContactDetail.valid_from.is_(None), ContactDetail.valid_from <= today),
        or_(ContactDetail.valid_until.is_(None), ContactDetail.valid_until >= today),
    )
    found = dict[int, list[str]]()
    for person_id, value in db.session.execute(used.order_by(ContactDetail.id)):
        found.setdefault(person_id, []).append(value)
    return found


def seats_of(person_id: int) -> Sequence[Delegate]:
    """Return the person's memberships in delegations in scope."""
    seats = select(Delegate).where(Delegate.person_id == person_id).order_by(Delegate.id)
    return db.session.scalars(
        seats.options(joinedload(Delegate.delegation, innerjoin=True).joinedload(Delegation.congress))
    ).all()


def search(typed: str = "", *, number: int | None = None, language: str, limit: int) -> Sequence[Person]:
    """Return people by the beginnings of their names, by family name; if an id is given, only the person with that id."""
    return _named(typed, number, language, limit)


def not_in(
    delegation: Delegation, search: str = "", *, number: int | None = None, language: str, limit: int
) -> Sequence[Person]:
    """Return people who could still join a delegation, by the beginnings of their names that `search` holds, by family name.

    If an id is given, only the person with that id.
    """
    taken = select(Delegate.person_id).where(Delegate.delegation_id == delegation.id)
    return _named(search, number, language, limit, Person.id.not_in(taken))


def _named(
    typed: str, number: int | None, language: str, limit: int, *conditions: ColumnElement[bool]
) -> Sequence[Person]:
    listed = select(Person).where(*conditions, *finding.beginning(Person, typed))
    if number is not None:
        listed = listed.where(Person.id == number)
    return db.session.scalars(listed.order_by(by_name(Person.sort_key, language), Person.id).limit(limit)).all()
