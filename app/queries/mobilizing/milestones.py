"""When a campaign had reached a quarter, a half, three quarters and all of its goal.

This is computed from what counts now: the instant of the row with which there were as many. Nothing of it is stored, so
it moves with what is withdrawn, removed or joined. What counts is the same as in `goals.py`.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, literal, or_, select

from app.extensions import db
from app.models.campaigns.campaigns import Campaign, GoalKind
from app.models.campaigns.partners import Partner
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mobilizing.letters import SentLetter
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.mobilizing.targets import Target
from app.models.people.organizations import Organization
from app.models.scoping import in_every_scope
from app.queries.campaigns import origins
from app.queries.lookup import kept
from app.queries.mobilizing import goals, targets
from app.queries.mobilizing.sign_ups import STANDING

SHARES = (25, 50, 75, 100)
"""Hundredths of the goal."""


class Milestone(NamedTuple):
    """An instant at which a share of a goal was reached: how many that is, and of what."""

    share: int
    at: datetime
    reached: int
    number: int
    kind: GoalKind


def of(campaign: Campaign) -> list[Milestone]:
    """Return the milestones that a campaign has reached, in order; of those that one row reached, the last."""
    kind, number = campaign.goal_kind, campaign.goal_number
    if kind is None or number is None:
        return []
    with_parts = campaign.goal_with_parts
    ids = origins.with_parts(campaign.id) if with_parts else [campaign.id]
    wanted = {-(-number * share // 100): share for share in SHARES}
    if not with_parts:
        return [Milestone(wanted[one], at, one, number, kind) for one, at in _reached(COUNTED[kind](ids), wanted)]
    with in_every_scope():
        return [Milestone(wanted[one], at, one, number, kind) for one, at in _reached(COUNTED[kind](ids), wanted)]


def _reached(counted: Select[Any], wanted: Collection[int]) -> list[tuple[int, datetime]]:
    """Return which of some numbers were reached, and when: `counted` selects instants, and what each of them adds."""
    rows = counted.subquery()
    added, order = rows.c.added, (rows.c.at, rows.c.number)
    summed = select(rows.c.at, rows.c.number, added, func.sum(added).over(order_by=order).label("total")).subquery()
    before = summed.c.total - summed.c.added
    crossing = or_(*(and_(before < one, summed.c.total >= one) for one in wanted))
    found = db.session.execute(select(summed.c.at, before, summed.c.total).where(crossing)).all()
    last = {}
    for at, less, total in found:
        last[max(one for one in wanted if less < one <= total)] = at
    return sorted(last.items())


def _signatures(ids: Collection[int]) -> Select[Any]:
    return _each(SignUp.confirmed_at, SignUp.id).where(*goals.signing(ids))


def _endorsements(ids: Collection[int]) -> Select[Any]:
    endorsed = _each(func.min(SignUp.confirmed_at), func.min(SignUp.id)).where(SignUp.kind == SignUpKind.ENDORSE)
    return endorsed.where(*STANDING, SignUp.campaign_id.in_(ids), goals.OWNER.is_not(None)).group_by(goals.OWNER)


def _subscribers(ids: Collection[int]) -> Select[Any]:
    at = func.coalesce(Subscription.confirmed_at, Subscription.requested_at)
    members = _each(func.min(at), func.min(Subscription.id)).where(Subscription.campaign_id.in_(ids))
    return members.where(Subscription.status == SubscriptionStatus.CONFIRMED).group_by(Subscription.email)


def _organizations(ids: Collection[int]) -> Select[Any]:
    partners = _each(func.min(Partner.created_at), func.min(Partner.id)).join(Partner.organization)
    return partners.where(Partner.campaign_id.in_(ids), kept(Organization)).group_by(Partner.organization_id)


def _mobilizations(ids: Collection[int]) -> Select[Any]:
    announced = _each(Mobilization.created_at, Mobilization.id)
    return announced.where(Mobilization.campaign_id.in_(ids), *goals.ANNOUNCED)


def _participants(ids: Collection[int]) -> Select[Any]:
    came = _each(Mobilization.starts_at, Mobilization.id, Mobilization.turnout_least)
    return came.where(Mobilization.campaign_id.in_(ids), *goals.ANNOUNCED, Mobilization.turnout_least > 0)


def _letters(ids: Collection[int]) -> Select[Any]:
    written = _each(SentLetter.sent_at, SentLetter.id).join(SentLetter.target)
    return written.where(SentLetter.campaign_id.in_(ids), kept(Target))


def _commitments(ids: Collection[int]) -> Select[Any]:
    won = _each(targets.decided_at(), Target.id)
    return won.where(Target.campaign_id.in_(ids), kept(Target), targets.is_won())


def _each(at: Any, number: Any, added: Any = None) -> Select[Any]:
    """Select when something was counted, its number, and how many it adds: one, unless it is said."""
    adds = literal(1) if added is None else added
    return select(at.label("at"), number.label("number"), adds.label("added"))


COUNTED: Mapping[GoalKind, Callable[[Collection[int]], Select[Any]]] = {
    GoalKind.SIGNATURES: _signatures,
    GoalKind.ENDORSEMENTS: _endorsements,
    GoalKind.SUBSCRIBERS: _subscribers,
    GoalKind.ORGANIZATIONS: _organizations,
    GoalKind.MOBILIZATIONS: _mobilizations,
    GoalKind.PARTICIPANTS: _participants,
    GoalKind.LETTERS: _letters,
    GoalKind.COMMITMENTS: _commitments,
}
"""For each kind of goal, the statement that selects what counts in campaigns with some ids."""
