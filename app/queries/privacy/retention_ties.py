"""What has ended by a cutoff, and who is still tied to something that has not: what rows being due depends on.

Whatever is removed but can be restored counts as if it were not, so a removed delegation still holds its congress open.
All of this is asked in every scope, because a period is the same for the whole house.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, union_all

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.campaigns.campaigns import Campaign, CampaignStatus
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.congress.congresses import Congress, CongressStatus
from app.models.congress.delegations import Delegate
from app.models.mobilizing.brigades import Brigade, BrigadeMember, MemberStatus
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.interactions import Interaction
from app.models.people.people import ContactDetail, ContactType, Participation, Person
from app.models.removing import REMOVED
from app.models.travel.check_ins import HelpCall

EMPTIED, PERIOD_ENDED = "emptied", "period ended"
"""The verbs of what a sweep writes into histories: values were deleted, or a whole record was removed."""
_LATEST_END = timedelta(hours=36)
"""How long after its first instant in UTC a day ends in the last time zone of the world."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The instant before which something has to have ended to be due."""

    instant: datetime

    @classmethod
    def of(cls, days: int) -> "Cutoff":
        """Return the cutoff of a period in days, at this moment."""
        return cls(clock.now() - timedelta(days=days))

    @property
    def day(self) -> date:
        """The latest day that had ended everywhere in the world by then."""
        return (self.instant - _LATEST_END).date()


def congresses_over(cutoff: Cutoff) -> Select[int]:
    """Return the ids of congresses that were over; a postponed one has not been held yet."""
    return select(Congress.id).where(Congress.end_date <= cutoff.day, Congress.status != CongressStatus.POSTPONED)


def campaigns_over(cutoff: Cutoff) -> Select[int]:
    """Return the ids of campaigns that have ended, and whose last day was past; without a last day, none has."""
    return select(Campaign.id).where(Campaign.status == CampaignStatus.ENDED, Campaign.end_date <= cutoff.day)


def is_over(row: Any, cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition that the congress and the campaign of a row were over, if it has any."""
    conditions = [
        or_(column.is_(None), column.in_(over))
        for name, over in (("congress_id", congresses_over(cutoff)), ("campaign_id", campaigns_over(cutoff)))
        if (column := getattr(row, name, None)) is not None
    ]
    return and_(*conditions)


def taking_part(cutoff: Cutoff) -> Select[int | None]:
    """Return the ids of people who took part in something that was not over, or in nothing but were changed since.

    Whoever has called for help takes part until somebody closes the call.
    """
    ties = (Participation, Delegate, BrigadeMember, SignUp)
    held = [_people_of(one).where(~is_over(one, cutoff)) for one in ties]
    anywhere = select(union_all(*(_people_of(one) for one in ties)).subquery().c.person_id)
    changed = _people(_changed_since(cutoff))
    calling = select(Delegate.person_id).where(Delegate.id.in_(calling_for_help()))
    return _people(union_all(*held, calling, changed.where(changed.selected_columns[0].not_in(anywhere))))


def needed(cutoff: Cutoff) -> Select[int | None]:
    """Return the ids of people who took part in something, were changed since, or are needed for their own sake.

    That is who has an account, is in a brigade, has a subscription, or has or is the subject of an open action.
    """
    addresses = union_all(
        select(User.email), select(Subscription.email).where(Subscription.status != SubscriptionStatus.UNSUBSCRIBED)
    )
    known = select(ContactDetail.person_id).where(
        ContactDetail.type == ContactType.EMAIL, ContactDetail.key.in_(select(addresses.subquery().c.email))
    )
    brigades = select(BrigadeMember.person_id).join(Brigade, Brigade.id == BrigadeMember.brigade_id)
    members = brigades.where(BrigadeMember.status != MemberStatus.LEFT, Brigade.removed_at.is_(None))
    is_open = FollowUp.status.in_(OPEN_STATUSES)
    about = select(FollowUp.person_id).where(is_open, FollowUp.person_id.is_not(None))
    assigned = select(FollowUp.assignee_person_id).where(is_open, FollowUp.assignee_person_id.is_not(None))
    next_steps = select(Interaction.person_id).join(FollowUp, FollowUp.interaction_id == Interaction.id)
    spoken = next_steps.where(is_open, Interaction.person_id.is_not(None))
    return _people(
        union_all(
            taking_part(cutoff), _people(_changed_since(cutoff)), known, members, about, assigned, spoken
        )
    )  # fmt: skip


def of_person(row: Any, tied: Select[int | None]) -> ColumnElement[bool]:
    """Return the condition that a row belongs to a person who is neither tied to anything nor removed."""
    removed = select(Person.id).where(Person.removed_at.is_not(None))
    return and_(row.person_id.is_not(None), row.person_id.not_in(tied), row.person_id.not_in(removed))


def calling_for_help() -> Select[int]:
    """Return the ids of delegates with an open call for help."""
    return select(HelpCall.delegate_id).where(HelpCall.closed_at.is_(None))


def closed_actions(cutoff: Cutoff) -> ColumnElement[bool]:
    """Return the condition for actions that were closed, of a congress or campaign that was over, or of the house."""
    closed_at = func.coalesce(FollowUp.completed_at, FollowUp.withdrawn_at, FollowUp.due_at)
    times = (closed_at <= cutoff.instant, FollowUp.created_at <= cutoff.instant)
    return and_(FollowUp.status.not_in(OPEN_STATUSES), is_over(FollowUp, cutoff), *times)


def mobilizations_over(cutoff: Cutoff) -> list[int]:
    """Return the ids of mobilizations that had ended; their end is computed here, because databases add times differently."""
    begun = select(Mobilization.id, Mobilization.starts_at, Mobilization.duration_minutes)
    rows = db.session.execute(begun.where(Mobilization.starts_at <= cutoff.instant), execution_options=REMOVED)
    return [row.id for row in rows if row.starts_at + timedelta(minutes=row.duration_minutes) <= cutoff.instant]


def _people_of(model: Any) -> Select[Any]:
    return select(model.person_id).where(model.person_id.is_not(None))


def _people(ids: CompoundSelect[Any]) -> Select[Any]:
    found = ids.subquery()
    return select(found.c[0])


def _changed_since(cutoff: Cutoff) -> CompoundSelect[Any]:
    """Return the ids of people who were recorded, changed or spoken with since; sweeps do not count."""
    entries = select(AuditEntry.person_id).where(AuditEntry.person_id.is_not(None), AuditEntry.at > cutoff.instant)
    met = _people_of(Interaction).where(
        or_(Interaction.occurred_at > cutoff.instant, Interaction.created_at > cutoff.instant)
    )
    return union_all(
        select(Person.id).where(Person.created_at > cutoff.instant),
        entries.where(AuditEntry.verb.not_in((EMPTIED, PERIOD_ENDED))),
        met,
    )
