"""Members of a brigade take its actions, and hand them back to it."""

from sqlalchemy import select

from app.domain.actions import follow_ups
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mobilizing.brigades import BrigadeMember
from app.models.people.people import Person
from app.models.scoping import in_every_scope
from app.queries.accounts import accounts
from app.queries.actions import brigades
from app.text import N_


def taker(follow_up: FollowUp, member: BrigadeMember) -> User | Person:
    """Return who has an action once a member takes it: her account if it works where the action belongs, or else the person.

    The person gets a personal link to this one action, so that an account sees no more than it may.
    """
    with in_every_scope():
        user = brigades.account_of(member.person)
        there = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    return user if user is not None and user in there else member.person


def take(follow_up: FollowUp, member: BrigadeMember, *, by: User | None = None) -> User | Person:
    """Give an action of her brigade to a member, and return who has it now; taking it twice changes nothing.

    Raises DomainError if it is closed, if she does not take part in the brigade, and with the name of whoever was faster.
    Of two members who take it at the same moment, the second waits for the first.
    """
    holder = taker(follow_up, member)
    with in_every_scope():
        db.session.scalars(select(FollowUp.id).where(FollowUp.id == follow_up.id).with_for_update(of=FollowUp)).one()
        db.session.refresh(follow_up)
        _check(follow_up, member, holder)
        if follow_up.assignee_brigade_id == member.brigade_id:
            follow_ups.give(follow_up, holder, by=by, taken_from=member.brigade)
    return holder


def _check(follow_up: FollowUp, member: BrigadeMember, holder: User | Person) -> None:
    if not follow_up.is_open:
        raise DomainError(None, N_("This action is closed."))
    if not member.is_confirmed:
        raise DomainError(None, N_("Only those who take part in the brigade can take its actions."))
    if follow_up.assignee_brigade_id == member.brigade_id:
        return
    person = follow_up.assignee_person
    other = follow_up.assignee or person
    if follow_up.from_brigade_id != member.brigade_id or other is None:
        raise DomainError(None, N_("The brigade no longer has this action."))
    if other != holder:
        name = person.full_name if person else follow_up.assignee and follow_up.assignee.name
        raise DomainError(None, N_("%(name)s has taken it already."), name=name)
