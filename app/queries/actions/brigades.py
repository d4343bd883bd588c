"""Brigades that have actions: who coordinates them, whose account a member has, and which of their actions are open.

Whoever takes part in a brigade may see the titles of its actions, whatever else she may see. So these queries work in
every scope, and return nothing about a brigade that the caller has not named or been told of by its members.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, lazyload, load_only

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.mobilizing.brigades import Brigade, BrigadeMember, BrigadeRole, Channel, MemberStatus, RoleKind
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.scoping import in_every_scope
from app.queries.actions.order import waits
from app.queries.lookup import kept
from app.queries.paging import Page, page_of
from app.text import contact_key

SHOWN = 20
"""The number of actions of brigades that a letter names."""
_IS_OPEN = FollowUp.status.in_(OPEN_STATUSES)
_NAMED = (
    joinedload(FollowUp.assignee_brigade),
    joinedload(FollowUp.from_brigade),
    joinedload(FollowUp.after).options(load_only(FollowUp.title, FollowUp.status), lazyload("*")),
)


class Participant(NamedTuple):
    """A member who takes part in a brigade, with her account if there is one with her email address."""

    member: BrigadeMember
    user: User | None

    @property
    def who(self) -> User | Person:
        """The account, or without one the person."""
        return self.user or self.member.person

    @property
    def is_reached(self) -> bool:
        """Whether letters reach her: at her account, or at her own address if she wants to be asked by email."""
        return self.user is not None or (self.member.channel is Channel.EMAIL and self.member.person.email is not None)


def coordinators(brigade_ids: Collection[int]) -> dict[int, list[Participant]]:
    """Return the coordinators of brigades whom letters reach, by the id of the brigade."""
    found: dict[int, list[Participant]] = defaultdict(list)
    if not brigade_ids:
        return found
    has_role = BrigadeMember.role.has(BrigadeRole.kind == RoleKind.COORDINATOR)
    for one in _with_accounts(_taking_part(BrigadeMember.brigade_id.in_(brigade_ids), has_role)):
        if one.is_reached:
            found[one.member.brigade_id].append(one)
    return found


def participations(user: User) -> Sequence[BrigadeMember]:
    """Return the memberships of people whose letters go to the address of an account, in brigades where they take part."""
    theirs = select(ContactDetail.person_id).where(
        ContactDetail.type == ContactType.EMAIL, ContactDetail.key == contact_key(user.email)
    )
    with in_every_scope():
        found = db.session.scalars(_taking_part(BrigadeMember.person_id.in_(theirs))).unique().all()
        return [one for one in found if one.person.email == user.email]


def account_of(person: Person) -> User | None:
    """Return the open account with the address to which a person's letters go."""
    return _accounts([person]).get(person.email or "")


def standing(brigade_id: int | None) -> Brigade | None:
    """Return a brigade, unless it is removed."""
    with in_every_scope():
        return db.session.scalar(select(Brigade).where(Brigade.id == brigade_id, kept(Brigade)))


def open_of(brigade_id: int) -> Sequence[FollowUp]:
    """Return the open actions in scope that a brigade has, or that somebody has taken for it, by due date."""
    its = or_(FollowUp.assignee_brigade_id == brigade_id, FollowUp.from_brigade_id == brigade_id)
    found = select(FollowUp).where(its, _IS_OPEN).options(*_NAMED, joinedload(FollowUp.assignee_person))
    return db.session.scalars(_ordered(found)).unique().all()


def number_of(brigade_id: int) -> int:
    """Return the number of open actions that a brigade has, in every scope."""
    with in_every_scope():
        counted = select(func.count()).select_from(FollowUp).where(FollowUp.assignee_brigade_id == brigade_id, _IS_OPEN)
        return db.session.scalar(counted) or 0


def shown_to(members: Sequence[BrigadeMember], number: int) -> Page[FollowUp]:
    """Return a page of the open actions that the brigades of some members have, and those that they have taken without an account."""
    with in_every_scope():
        return page_of(_ordered(select(FollowUp).where(_IS_OPEN, _shown_to(members)).options(*_NAMED)), number)


def one_shown_to(members: Sequence[BrigadeMember], follow_up_id: int) -> tuple[FollowUp, BrigadeMember] | None:
    """Return an action that the brigade of one of the members has, or had until somebody took it, and this member."""
    ids = [one.brigade_id for one in members]
    its = or_(FollowUp.assignee_brigade_id.in_(ids), FollowUp.from_brigade_id.in_(ids))
    with in_every_scope():
        found = db.session.scalar(select(FollowUp).where(FollowUp.id == follow_up_id, its).options(*_NAMED))
    if found is None:
        return None
    return found, next(one for one in members if one.brigade_id in (found.assignee_brigade_id, found.from_brigade_id))


def waiting(members: Sequence[BrigadeMember], until: datetime) -> list[tuple[FollowUp, BrigadeMember]]:
    """Return the open actions of the brigades of some members that nobody has taken and that are due before an instant.

    Those that wait for another action are left out.
    """
    by_brigade = {one.brigade_id: one for one in members}
    its = FollowUp.assignee_brigade_id.in_(by_brigade)
    found = select(FollowUp).where(its, _IS_OPEN, FollowUp.due_at < until, ~waits()).options(*_NAMED)
    with in_every_scope():
        rows = db.session.scalars(_ordered(found).limit(SHOWN)).unique().all() if by_brigade else ()
    return [(one, by_brigade[one.assignee_brigade_id or 0]) for one in rows]


def coordinated_by(who: User | Person) -> Sequence[BrigadeMember]:
    """Return the memberships as a coordinator of an account, or of a person whose letters go to no account."""
    if isinstance(who, User):
        found = participations(who)
    elif account_of(who) is not None:
        return ()
    else:
        with in_every_scope():
            found = db.session.scalars(_taking_part(BrigadeMember.person_id == who.id)).unique().all()
    return [one for one in found if one.role is not None and one.role.kind is RoleKind.COORDINATOR]


def offered(campaign_ids: Collection[int] | None) -> Sequence[Brigade]:
    """Return the brigades in scope, of some campaigns or of all, with the campaign of each, by name."""
    found = select(Brigade).where(kept(Brigade)).options(joinedload(Brigade.campaign))
    if campaign_ids is not None:
        found = found.where(Brigade.campaign_id.in_(campaign_ids))
    return db.session.scalars(found.order_by(Brigade.name, Brigade.id)).all()


def _taking_part(*conditions: ColumnElement[bool]) -> Select[BrigadeMember]:
    found = select(BrigadeMember).join(Brigade, Brigade.id == BrigadeMember.brigade_id)
    found = found.where(BrigadeMember.status == MemberStatus.CONFIRMED, kept(Brigade), *conditions)
    whole = (
        joinedload(BrigadeMember.brigade),
        joinedload(BrigadeMember.role),
        joinedload(BrigadeMember.person).selectinload(Person.contact_details),
    )
    return found.order_by(BrigadeMember.id).options(*whole)


def _with_accounts(found: Select[BrigadeMember]) -> list[Participant]:
    with in_every_scope():
        members = db.session.scalars(found).unique().all()
        users = _accounts([one.person for one in members])
    return [Participant(one, users.get(one.person.email or "")) for one in members]


def _accounts(people: Sequence[Person]) -> dict[str, User]:
    """Return the open accounts with the addresses of people, by address."""
    wanted = {one.email for one in people} - {None}
    found = select(User).where(User.email.in_(wanted), User.deactivated_at.is_(None), kept(User))
    return {one.email: one for one in db.session.scalars(found)} if wanted else {}


def _shown_to(members: Sequence[BrigadeMember]) -> ColumnElement[bool]:
    ids = [one.brigade_id for one in members]
    own = FollowUp.from_brigade_id.in_(ids) & FollowUp.assignee_person_id.in_([one.person_id for one in members])
    return or_(FollowUp.assignee_brigade_id.in_(ids), own)


def _ordered(found: Select[FollowUp]) -> Select[FollowUp]:
    return found.order_by(FollowUp.due_at, FollowUp.id)
