"""How far campaigns have come: one statement for each kind of goal counts what they have reached.

Each statement counts over several campaigns, a campaign and its parts, and what is the same in two of them once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models.campaigns.campaigns import Campaign, GoalKind
from app.models.campaigns.partners import Partner
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.models.mobilizing.letters import SentLetter
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.mobilizing.statements import StatementVersion
from app.models.mobilizing.targets import Target
from app.models.people.organizations import Organization
from app.models.scoping import in_every_scope
from app.queries.campaigns import origins
from app.queries.lookup import kept
from app.queries.mobilizing import targets
from app.queries.mobilizing.sign_ups import STANDING

Counting = Callable[[Collection[int]], Select[int]]
"""Returns the statement that counts in campaigns with some ids."""
ANNOUNCED = (
    kept(Mobilization),
    Mobilization.status.not_in((MobilizationStatus.PROPOSED, MobilizationStatus.CANCELLED)),
)
"""The conditions for a mobilization that is to take place, or has taken place."""
OWNER = func.coalesce(SignUp.email, SignUp.phone, SignUp.owner_digest)
"""Who signed up, as one person: by email address, or else by phone number, or by what is left of them."""


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """What a campaign counts, how many there are, and how many it wants."""

    kind: GoalKind
    reached: int
    number: int

    @property
    def is_reached(self) -> bool:
        """Whether there are as many as wanted."""
        return self.reached >= self.number


def progress_of(campaign: Campaign) -> GoalProgress | None:
    """Return how far a campaign has come, or None if its goal is not a number.

    If its parts count, too, all of them do, whoever reads it: it is one figure, and tells nothing else about them.
    """
    if campaign.goal_kind is None or campaign.goal_number is None:
        return None
    counting = COUNTING[campaign.goal_kind]
    if not campaign.goal_with_parts:
        return GoalProgress(campaign.goal_kind, _counted(counting([campaign.id])), campaign.goal_number)
    ids = origins.with_parts(campaign.id)
    with in_every_scope():
        return GoalProgress(campaign.goal_kind, _counted(counting(ids)), campaign.goal_number)


def _counted(statement: Select[int]) -> int:
    return db.session.scalar(statement) or 0


def _signatures(campaign_ids: Collection[int]) -> Select[int]:
    """Count who has signed each statement: all who signed its latest version, and of the others those who have not.

    Most signatures are under the latest version, so those of earlier ones are looked for one by one.
    """
    return select(func.count(SignUp.id)).where(*signing(campaign_ids))


def signing(campaign_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the signatures that count."""
    latest = select(func.max(StatementVersion.id)).group_by(StatementVersion.statement_id)
    later = _signed_later("email") | _signed_later("phone") | _signed_later("owner_digest")
    counts = SignUp.version_id.in_(latest) | ~later
    return SignUp.kind == SignUpKind.SIGN, *STANDING, SignUp.campaign_id.in_(campaign_ids), counts


def _signed_later(address: str) -> ColumnElement[bool]:
    """Return the condition that the same person has signed a later version; who has no email address is known by phone."""
    version, later, later_version = aliased(StatementVersion), aliased(SignUp), aliased(StatementVersion)
    same = getattr(later, address) == getattr(SignUp, address)
    if address == "phone":
        same &= later.email.is_(None) & SignUp.email.is_(None)
    standing = later.confirmed_at.is_not(None) & later.withdrawn_at.is_(None)
    found = select(later.id).join(later_version, later_version.id == later.version_id)
    found = found.join(version, (version.statement_id == later_version.statement_id) & (version.id < later_version.id))
    return found.where(version.id == SignUp.version_id, same, standing).correlate(SignUp).exists()


def _endorsements(campaign_ids: Collection[int]) -> Select[int]:
    """Count who endorses any of the campaigns."""
    endorsed = select(func.count(distinct(OWNER))).where(SignUp.kind == SignUpKind.ENDORSE, *STANDING)
    return endorsed.where(SignUp.campaign_id.in_(campaign_ids))


def _subscribers(campaign_ids: Collection[int]) -> Select[int]:
    """Count who subscribes to any of the campaigns."""
    members = select(func.count(distinct(Subscription.email)))
    return members.where(_in(Subscription, campaign_ids), Subscription.status == SubscriptionStatus.CONFIRMED)


def _organizations(campaign_ids: Collection[int]) -> Select[int]:
    """Count which organizations take part in any of the campaigns."""
    partners = select(func.count(distinct(Partner.organization_id))).join(Partner.organization)
    return partners.where(_in(Partner, campaign_ids), kept(Organization))


def _mobilizations(campaign_ids: Collection[int]) -> Select[int]:
    """Count the mobilizations that are announced and not canceled."""
    return select(func.count(Mobilization.id)).where(_in(Mobilization, campaign_ids), *ANNOUNCED)


def _participants(campaign_ids: Collection[int]) -> Select[int]:
    """Count the people who came to mobilizations: the lowest number of each report."""
    came: ColumnElement[int] = func.coalesce(func.sum(Mobilization.turnout_least), 0)
    return select(came).where(_in(Mobilization, campaign_ids), *ANNOUNCED)


def _letters(campaign_ids: Collection[int]) -> Select[int]:
    """Count the letters to targets that are not removed."""
    return select(func.count(SentLetter.id)).join(SentLetter.target).where(_in(SentLetter, campaign_ids), kept(Target))


def _commitments(campaign_ids: Collection[int]) -> Select[int]:
    """Count the targets that do what is asked of them."""
    return select(func.count(Target.id)).where(_in(Target, campaign_ids), kept(Target), targets.is_won())


def _in(model: Any, campaign_ids: Collection[int]) -> Any:
    return model.campaign_id.in_(campaign_ids)


COUNTING: Mapping[GoalKind, Counting] = {
    GoalKind.SIGNATURES: _signatures,
    GoalKind.ENDORSEMENTS: _endorsements,
    GoalKind.SUBSCRIBERS: _subscribers,
    GoalKind.ORGANIZATIONS: _organizations,
    GoalKind.MOBILIZATIONS: _mobilizations,
    GoalKind.PARTICIPANTS: _participants,
    GoalKind.LETTERS: _letters,
    GoalKind.COMMITMENTS: _commitments,
}
