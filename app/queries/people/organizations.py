"""Organizations."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.extensions import Base, db
from app.models.congress.delegations import Delegation
from app.models.people.affiliations import Affiliation
from app.models.people.interactions import Interaction
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.press.mentions import Mention
from app.queries import finding
from app.queries.keyset import KeysetPage, counted, ids_in_order, page_at
from app.queries.lookup import REMOVED_FOR, count, kept, one, removed_lately, restorable
from app.queries.naming import by_name
from app.queries.paging import Page, page_of
from app.queries.people.filters import OrganizationFilter
from app.queries.people.sorting import COUNTRY, order_of
from app.text import plain, sort_key

_PARTS = {
    "organization_contacts",
    "organization_keys",
    "organization_names",
    "organization_pairs",
    "taggings",
    "custom_values",
}
"""Tables whose rows are parts of an organization and are deleted with it."""


def get(organization_id: int) -> Organization:
    """Return an organization, removed or not: rows that refer to it link to its page."""
    return one(Organization, Organization.id == organization_id)


def get_kept(organization_id: int) -> Organization:
    """Return an organization that is not removed."""
    return one(Organization, Organization.id == organization_id, kept(Organization))


def get_restorable(organization_id: int) -> Organization:
    """Return an organization, also if it was removed and can still be restored."""
    return restorable(Organization, Organization.id == organization_id)


def removed() -> Sequence[Organization]:
    """Return the removed organizations that can be restored, latest first."""
    return removed_lately(Organization)


def forgotten() -> Sequence[Organization]:
    """Return those that were removed too long ago to be restored and that no row names, apart from their own parts."""
    past = select(Organization).where(Organization.removed_at <= clock.now() - REMOVED_FOR)
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is Organization.__table__ and table.name not in _PARTS:
                past = past.where(~select(key.parent).where(key.parent == Organization.id).exists())
    return db.session.scalars(past.execution_options(unscoped="names count in all scopes")).all()


def members_of(organization_id: int, today: date, number: int, *, language: str) -> Page[Membership]:
    """Return a page of the current memberships of the people in scope, by family name in `language`."""
    current = or_(Membership.end_date.is_(None), Membership.end_date >= today)
    listed = select(Membership).join(Membership.person).where(Membership.organization_id == organization_id, current)
    whole = listed.options(contains_eager(Membership.person))
    return page_of(whole.order_by(by_name(Person.sort_key, language), Membership.id), number)


def uses_of(organization_id: int) -> Counter[str]:
    """Return the number of rows in scope that name an organization, by kind."""
    member = or_(Membership.organization_id == organization_id, Membership.on_behalf_of_id == organization_id)
    tied = or_(Affiliation.organization_id == organization_id, Affiliation.parent_id == organization_id)
    return Counter(
        delegations=count(Delegation, Delegation.organization_id == organization_id),
        memberships=count(Membership, member),
        affiliations=count(Affiliation, tied),
        interactions=count(Interaction, Interaction.organization_id == organization_id),
        mentions=count(Mention, Mention.organization_id == organization_id),
    )


def exists(organization_id: int) -> bool:
    """Return whether there is an organization with an id."""
    return count(Organization, Organization.id == organization_id) > 0


def search(typed: str, *, language: str, limit: int) -> Sequence[Organization]:
    """Return organizations by the beginnings of the words of their name and acronym, by name in `language`.

    An exact name or acronym comes first, then names that start with what was typed.
    """
    wanted = plain(typed)
    whole = or_(Organization.sort_key == sort_key(typed), func.lower(Organization.acronym) == typed.strip().lower())
    rank = case((whole, 0), (Organization.words.startswith(wanted), 1), else_=2)
    found = select(Organization).where(kept(Organization), *finding.beginning(Organization, typed))
    order = (rank, by_name(Organization.sort_key, language), Organization.id)
    return db.session.scalars(found.order_by(*order).limit(limit)).all()


def matching(typed: str) -> finding.Found:
    """Return the organizations with these words in their name and acronym."""
    return finding.by_name(Organization, typed)


def named(name: str) -> Sequence[Organization]:
    """Return organizations with a name, however it is accented or capitalized."""
    found = select(Organization).where(kept(Organization), Organization.sort_key == sort_key(name))
    return db.session.scalars(found.order_by(Organization.id)).all()


def find(chosen: OrganizationFilter, sorting: str = "", at: str = "", *, language: str) -> KeysetPage[Organization]:
    """Return a page of the organizations of a filter, at a position.

    `sorting` is the name of an order (see `app.queries.people.sorting`), by country and name in `language` if it is empty.
    """
    found = chosen.found()
    count = counted(found, Organization.id)
    return page_at(found, order_of(Organization, sorting or COUNTRY, language=language, count=count), at, count)


def numbers(chosen: OrganizationFilter, sorting: str = "", *, language: str) -> Sequence[int]:
    """Return the ids of all organizations of a filter, in the order of `find`."""
    found = chosen.found()
    order = order_of(Organization, sorting or COUNTRY, language=language, count=counted(found, Organization.id))
    return ids_in_order(found, order, Organization.id)


def some(organization_ids: Collection[int]) -> Sequence[Organization]:
    """Return organizations by id."""
    return db.session.scalars(select(Organization).where(Organization.id.in_(organization_ids))).all()


def delegations_of(organization_id: int) -> Sequence[Delegation]:
    """Return the organization's delegations in scope."""
    listed = select(Delegation).where(Delegation.organization_id == organization_id).order_by(Delegation.id)
    return db.session.scalars(listed.options(joinedload(Delegation.congress))).all()
