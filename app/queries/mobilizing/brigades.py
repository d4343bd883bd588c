"""Brigades, and what they still need."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.mobilizing.brigades import Brigade, BrigadeMember, BrigadeRole, MemberStatus
from app.models.people.people import Person
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.paging import Page, holding_words, page_of

_MEMBERS = selectinload(Brigade.members)
_WHOLE = (
    selectinload(Brigade.roles),
    _MEMBERS.joinedload(BrigadeMember.person).selectinload(Person.contact_details),
)


@dataclass(frozen=True, slots=True)
class Need:
    """How many people a role needs, and how many confirmed members have it."""

    role: BrigadeRole
    found: int

    @property
    def missing(self) -> int:
        """The number of people that are still needed."""
        return max(self.role.needed - self.found, 0)


def get(campaign_id: int, brigade_id: int) -> Brigade:
    """Return a brigade of a campaign with its roles and members, unless it is removed."""
    return one(Brigade, Brigade.id == brigade_id, Brigade.campaign_id == campaign_id, kept(Brigade), options=_WHOLE)


def get_restorable(campaign_id: int, brigade_id: int) -> Brigade:
    """Return a brigade of a campaign, unless it was removed too long ago to be restored."""
    return restorable(Brigade, Brigade.id == brigade_id, Brigade.campaign_id == campaign_id)


def find(campaign_id: int, typed: str, number: int) -> Page[Brigade]:
    """Return a page of the brigades of a campaign by name; name and town together must contain every word of `typed`."""
    found = select(Brigade).where(Brigade.campaign_id == campaign_id, kept(Brigade))
    found = found.where(*holding_words(typed, Brigade.name, Brigade.locality))
    parts = (selectinload(Brigade.roles), _MEMBERS)
    return page_of(found.options(*parts).order_by(Brigade.name, Brigade.id), number)


def open_ones(campaign_id: int) -> Sequence[Brigade]:
    """Return the brigades of a campaign that anyone may ask to join, by name."""
    found = select(Brigade).where(Brigade.campaign_id == campaign_id, Brigade.is_open, kept(Brigade))
    parts = (selectinload(Brigade.roles), _MEMBERS)
    return db.session.scalars(found.options(*parts).order_by(Brigade.name, Brigade.id)).all()


def removed() -> Sequence[Brigade]:
    """Return the removed brigades that can still be restored, latest first."""
    return removed_lately(Brigade, options=(joinedload(Brigade.campaign),))


def needs(brigade: Brigade) -> list[Need]:
    """Return what each role of a brigade needs and has."""
    having = Counter(member.role_id for member in brigade.members if member.is_confirmed)
    return [Need(role, having[role.id]) for role in brigade.roles]


def get_member(member_id: int) -> BrigadeMember:
    """Return a member of a brigade that is not removed, with the brigade and the contact details of the person."""
    whole = (
        joinedload(BrigadeMember.brigade),
        joinedload(BrigadeMember.role),
        joinedload(BrigadeMember.person).selectinload(Person.contact_details),
    )
    return one(BrigadeMember, BrigadeMember.id == member_id, BrigadeMember.brigade.has(kept(Brigade)), options=whole)


def in_order(brigade: Brigade) -> list[BrigadeMember]:
    """Return the members of a brigade by name: those who take part, those who were asked, those who have left."""
    rank = (MemberStatus.CONFIRMED, MemberStatus.ASKED, MemberStatus.LEFT).index
    return sorted(brigade.members, key=lambda member: (rank(member.status), member.person.sort_key, member.id))


def some_members(campaign_id: int, brigade_id: int, ids: Sequence[int]) -> Sequence[BrigadeMember]:
    """Return members of a brigade by id, with the role and the contact details of each."""
    found = select(BrigadeMember).where(
        BrigadeMember.campaign_id == campaign_id, BrigadeMember.brigade_id == brigade_id, BrigadeMember.id.in_(ids)
    )
    whole = (joinedload(BrigadeMember.role), joinedload(BrigadeMember.person).selectinload(Person.contact_details))
    return db.session.scalars(found.options(*whole)).unique().all()
