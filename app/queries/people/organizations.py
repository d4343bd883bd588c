"""Organizations."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.people.organizations import Classification, Organization
from app.queries import finding
from app.queries.lookup import count, one
from app.queries.naming import by_country, by_name, holding
from app.queries.paging import Page, holding_or_in, ids_of, page_of
from app.text import plain, sort_key


def get(organization_id: int) -> Organization:
    """Return an organization."""
    return one(Organization, Organization.id == organization_id)


def exists(organization_id: int) -> bool:
    """Return whether there is an organization with an id."""
    return count(Organization, Organization.id == organization_id) > 0


def search(typed: str, *, language: str, limit: int) -> Sequence[Organization]:
    """Return organizations whose name and acronym contain every typed word, by name in `language`.

    An exact name or acronym comes first, then names that start with what was typed.
    """
    wanted = plain(typed)
    whole = or_(Organization.sort_key == sort_key(typed), func.lower(Organization.acronym) == typed.strip().lower())
    rank = case((whole, 0), (Organization.words.startswith(wanted), 1), else_=2)
    found = select(Organization).where(*holding(Organization.words, typed))
    order = (rank, by_name(Organization.sort_key, language), Organization.id)
    return db.session.scalars(found.order_by(*order).limit(limit)).all()


def matching(typed: str) -> finding.Found:
    """Return the organizations with these words in their name and acronym."""
    return finding.by_name(Organization, typed, lambda terms: finding.narrowed(Organization, terms))


def named(name: str) -> Sequence[Organization]:
    """Return organizations with a name, however it is accented or capitalized."""
    found = select(Organization).where(Organization.sort_key == sort_key(name)).order_by(Organization.id)
    return db.session.scalars(found).all()


def find(typed: str = "", kind: str = "", number: int = 1, *, language: str) -> Page[Organization]:
    """Return a page of the organizations, sorted by country and name in `language`.

    Name, acronym and country together must contain every word of `typed`; `kind` is a value of Classification, or empty
    for all.
    """
    return page_of(_found(typed, kind, language), number)


def numbers(typed: str = "", kind: str = "", *, language: str) -> Sequence[int]:
    """Return the ids of all organizations that `find` shows, in the same order."""
    return ids_of(Organization.id, _found(typed, kind, language))


def some(organization_ids: Collection[int]) -> Sequence[Organization]:
    """Return organizations by id."""
    return db.session.scalars(select(Organization).where(Organization.id.in_(organization_ids))).all()


def _found(typed: str, kind: str, language: str) -> Select[Organization]:
    found = select(Organization).where(*holding_or_in(typed, [Organization.words], [Organization.country]))
    if kind:
        found = found.where(Organization.classification == Classification(kind))
    order = (by_country(Organization.country, language), by_name(Organization.sort_key, language), Organization.id)
    return found.order_by(*order)


def delegations_of(organization_id: int) -> Sequence[Delegation]:
    """Return the organization's delegations in scope."""
    listed = select(Delegation).where(Delegation.organization_id == organization_id).order_by(Delegation.id)
    return db.session.scalars(listed.options(joinedload(Delegation.congress))).all()
