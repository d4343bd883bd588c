"""What happened in a campaign, in one list, latest first: the kinds of events, and the rows that tell about each."""

from datetime import UTC
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app import clock
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import Digest
from app.models.campaigns.origins import Origin
from app.models.congress.resolutions import Resolution
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.statements import StatementVersion
from app.models.mobilizing.targets import Target, TargetEntry
from app.models.press.articles import Citation
from app.queries.lookup import kept
from app.queries.mobilizing import milestones
from app.queries.mobilizing.goals import ANNOUNCED
from app.queries.people.timeline_sources import Source, Sources
from app.queries.people.timelines import Event, Position, Timeline, page_of


class CampaignEvent(StrEnum):
    """The kinds of events of a campaign."""

    ARTICLE = "article"
    BEGUN = "begun"
    DAY_OF_ACTION = "day_of_action"
    DIGEST = "digest"
    ENDED = "ended"
    MILESTONE = "milestone"
    """A share of the goal was reached; computed, so there is no source of it."""
    MOBILIZATION = "mobilization"
    PART = "part"
    RESOLUTION = "resolution"
    STATEMENT = "statement"
    TARGET = "target"


def of_campaign(campaign: Campaign, after: Position | None = None) -> Timeline:
    """Return a page of what happened in a campaign until now, as far as it is in scope."""
    return page_of(SOURCES, campaign.id, after, _milestones(campaign))


def _milestones(campaign: Campaign) -> list[Event]:
    kind = CampaignEvent.MILESTONE
    return [
        Event(Position(one.at.astimezone(UTC), kind.value, one.share), kind, is_day=False, row=one)
        for one in milestones.of(campaign)
    ]


def _articles(campaign_id: int) -> Source:
    rows = select(Citation).where(Citation.campaign_id == campaign_id)
    return Source(rows.options(joinedload(Citation.article, innerjoin=True)), Citation.cited_at, Citation.id)


def _begun(campaign_id: int) -> Source:
    begun = select(Campaign).where(Campaign.id == campaign_id, Campaign.start_date <= clock.now().date())
    return Source(begun, Campaign.start_date, Campaign.id, is_day=True)


def _days_of_action(campaign_id: int) -> Source:
    rows = select(DayOfAction).where(DayOfAction.campaign_id == campaign_id, kept(DayOfAction))
    return Source(rows, DayOfAction.created_at, DayOfAction.id)


def _digests(campaign_id: int) -> Source:
    rows = select(Digest).where(Digest.campaign_id == campaign_id).options(selectinload(Digest.items))
    return Source(rows, Digest.sent_at, Digest.id)


def _ended(campaign_id: int) -> Source:
    ended = select(Campaign).where(Campaign.id == campaign_id, Campaign.end_date < clock.now().date())
    return Source(ended, Campaign.end_date, Campaign.id, is_day=True)


def _mobilizations(campaign_id: int) -> Source:
    begun = Mobilization.starts_at <= clock.now()
    rows = select(Mobilization).where(Mobilization.campaign_id == campaign_id, begun, *ANNOUNCED)
    return Source(rows, Mobilization.starts_at, Mobilization.id)


def _parts(campaign_id: int) -> Source:
    """Return the campaigns that are part of it, when they began."""
    rows = select(Campaign).where(Campaign.parent_id == campaign_id, Campaign.start_date <= clock.now().date())
    return Source(rows, Campaign.start_date, Campaign.id, is_day=True)


def _resolutions(campaign_id: int) -> Source:
    """Return the resolutions that it comes from, when they were adopted."""
    rows = select(Resolution).join(Origin, Origin.resolution_id == Resolution.id)
    rows = rows.where(Origin.campaign_id == campaign_id, kept(Resolution))
    return Source(rows, Resolution.adopted_on, Resolution.id, is_day=True)


def _statements(campaign_id: int) -> Source:
    rows = select(StatementVersion).where(StatementVersion.campaign_id == campaign_id)
    return Source(rows, StatementVersion.published_at, StatementVersion.id)


def _targets(campaign_id: int) -> Source:
    rows = select(TargetEntry).join(TargetEntry.target).where(TargetEntry.campaign_id == campaign_id, kept(Target))
    return Source(
        rows.options(contains_eager(TargetEntry.target)), TargetEntry.happened_on, TargetEntry.id, is_day=True
    )


_K = CampaignEvent
SOURCES: Sources = {
    _K.ARTICLE: _articles,
    _K.BEGUN: _begun,
    _K.DAY_OF_ACTION: _days_of_action,
    _K.DIGEST: _digests,
    _K.ENDED: _ended,
    _K.MOBILIZATION: _mobilizations,
    _K.PART: _parts,
    _K.RESOLUTION: _resolutions,
    _K.STATEMENT: _statements,
    _K.TARGET: _targets,
}
"""One small function for each kind of event."""
