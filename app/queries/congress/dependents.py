"""What depends on a delegation and is hidden together with it."""

from collections import Counter

from sqlalchemy import func, select

from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.congress.delegations import Delegate, Delegation, DelegationStatus
from app.models.travel.check_ins import CheckIn, HelpCall
from app.models.travel.journeys import Journey, Leg
from app.models.travel.problems import InformedEntity, RouteProblem
from app.queries.lookup import count


def on(delegation: Delegation) -> Counter[str]:
    """Return the number of records that depend on a delegation, of each kind that people know."""
    seated = select(Delegate.id).where(Delegate.delegation_id == delegation.id)
    traveled = select(Leg.id).join(Leg.journey).where(Journey.delegation_id == delegation.id)
    own = func.coalesce(InformedEntity.leg_id.in_(traveled), InformedEntity.delegate_id.in_(seated), False)
    return Counter(
        delegates=count(Delegate, Delegate.delegation_id == delegation.id),
        legs=count(Leg, Leg.id.in_(traveled)),
        check_ins=count(CheckIn, CheckIn.delegate_id.in_(seated)),
        open_help_calls=count(HelpCall, HelpCall.delegate_id.in_(seated), HelpCall.closed_at.is_(None)),
        open_actions=count(FollowUp, FollowUp.delegation_id == delegation.id, FollowUp.status.in_(OPEN_STATUSES)),
        own_problems=count(
            RouteProblem,
            RouteProblem.informed_entities.any(own),
            ~RouteProblem.informed_entities.any(~own),
        ),
        absences=int(delegation.status is DelegationStatus.UNABLE_TO_ATTEND),
    )
