"""People."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.memberships import Membership
from app.models.people.people import ContactDetail, ContactType, Person
from app.queries import finding
from app.queries.lookup import count, one
from app.queries.naming import by_name, holding
from app.queries.paging import Page, ids_of, page_of
from app.text import contact_key


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


def find(
    typed: str = "",
    number: int = 1,
    *,
    language: str,
    congress_id: int | None = None,
    campaign_id: int | None = None,
) -> Page[Person]:
    """Return a page of the people whose names contain every word of `typed`, sorted by family name in `language`.

    With a congress, only those recorded for it or in one of its delegations; with a campaign, those recorded for it.
    """
    found = _found(typed, congress_id, campaign_id)
    memberships = selectinload(Person.memberships).joinedload(Membership.organization)
    return page_of(_in_order(found, language).options(memberships), number)


def numbers(
    typed: str = "", *, language: str, congress_id: int | None = None, campaign_id: int | None = None
) -> Sequence[int]:
    """Return the ids of all people that `find` shows, in the same order."""
    return ids_of(Person.id, _in_order(_found(typed, congress_id, campaign_id), language))


def some(person_ids: Collection[int]) -> Sequence[Person]:
    """Return people by id, with what a file about them contains."""
    memberships = selectinload(Person.memberships).joinedload(Membership.organization)
    whole = (memberships, selectinload(Person.contact_details), selectinload(Person.other_names))
    return db.session.scalars(select(Person).where(Person.id.in_(person_ids)).options(*whole)).all()


def _in_order(found: Select[Person], language: str) -> Select[Person]:
    return found.order_by(by_name(Person.sort_key, language), Person.id)


def _found(typed: str, congress_id: int | None, campaign_id: int | None) -> Select[Person]:
    found = select(Person).where(*holding(Person.words, typed))
    if congress_id is not None:
        seated = select(Delegate.person_id).where(Delegate.congress_id == congress_id)
        found = found.where(or_(Person.participations.any(congress_id=congress_id), Person.id.in_(seated)))
    if campaign_id is not None:
        found = found.where(Person.participations.any(campaign_id=campaign_id))
    return found


def matching(typed: str) -> finding.Found:
    """Return the people in scope with these words in their names, or with this address or phone number, typed whole."""
    reached = select(ContactDetail.person_id).where(ContactDetail.key == contact_key(typed))
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
