"""Campaigns and their digest schedules."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, false, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.congress.congresses import Congress
from app.models.scoping import Scope, Scoped, campaigns_in_scope
from app.models.types import Instant, Name, PrimaryKey, Revised, Short, ZoneName, one_of

HIGHEST_GOAL = 1_000_000_000
"""The largest number that a campaign can want to reach."""


class CampaignStatus(StrEnum):
    """Whether a campaign is running."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class Frequency(StrEnum):
    """How often a member gets a digest; `NEVER` is for campaigns that send no digest automatically."""

    NEVER = "never"
    EACH_ARTICLE = "each_article"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"

    @property
    def is_weekly(self) -> bool:
        """Whether the day of the week is used."""
        return self is Frequency.WEEKLY

    @property
    def is_never(self) -> bool:
        """Whether nothing is sent automatically."""
        return self is Frequency.NEVER


class Approval(StrEnum):
    """Who has to approve a digest before it is sent."""

    NOBODY = "nobody"
    ONE_PERSON = "one_person"
    SECOND_PERSON = "second_person"
    """A different person from the one who proposed it."""


class GoalKind(StrEnum):
    """What a campaign counts on the way to its goal."""

    SIGNATURES = "signatures"
    ENDORSEMENTS = "endorsements"
    SUBSCRIBERS = "subscribers"
    ORGANIZATIONS = "organizations"
    """Those that take part."""
    MOBILIZATIONS = "mobilizations"
    LETTERS = "letters"
    """Letters to targets, as their senders say."""
    COMMITMENTS = "commitments"
    """Targets that have committed themselves, or signed."""
    PARTICIPANTS = "participants"
    """People at its mobilizations, as reported."""


class Campaign(Revised, Base, Scoped):
    """A campaign that members subscribe to.

    Every day at `digest_hour` in the campaign's zone a window closes: what was cited until then is sent to the members
    whose hour is before the next closing. Frequency, weekday and hour are defaults for new members.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("end_date >= start_date", name="dates"),
        CheckConstraint("digest_weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("digest_hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("(goal_kind IS NULL) = (goal_number IS NULL)", name="whole_goal"),
        CheckConstraint(f"goal_number BETWEEN 1 AND {HIGHEST_GOAL}", name="goal_number"),
    )

    id: Mapped[PrimaryKey]
    title: Mapped[Name]
    slug: Mapped[Short] = mapped_column(unique=True)
    """The campaign's part of its public address."""
    goal: Mapped[str | None]
    goal_kind: Mapped[GoalKind | None] = mapped_column(one_of(GoalKind))
    """What is counted; none if the goal is not a number."""
    goal_number: Mapped[int | None]
    goal_with_parts: Mapped[bool] = mapped_column(server_default=false())
    """Whether what its parts reach counts, too."""
    related_congress_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id", ondelete="SET NULL"))
    """The congress whose call it continues; this gives no access to the congress."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    """The campaign that it is part of; this gives no access to that campaign."""
    countries: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    """The countries where it takes place, by code; none if it is not limited to some."""
    languages: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    """The languages in which it works."""
    start_date: Mapped[date]
    end_date: Mapped[date | None]
    status: Mapped[CampaignStatus] = mapped_column(one_of(CampaignStatus))
    open_to_subscribers: Mapped[bool]
    open_to_sign_ups: Mapped[bool] = mapped_column(server_default=false())
    """Whether anyone can endorse, sign, join and attend on its public page."""
    public_feed: Mapped[bool] = mapped_column(server_default=false())
    """Whether its cited articles are available as a public feed."""
    timezone: Mapped[ZoneName]
    digest_frequency: Mapped[Frequency] = mapped_column(one_of(Frequency))
    digest_weekday: Mapped[int]
    """Monday is 0."""
    digest_hour: Mapped[int]
    digest_approval: Mapped[Approval] = mapped_column(one_of(Approval))
    public_archive: Mapped[bool]
    """Whether anyone can read the digests already sent."""
    next_digest_at: Mapped[Instant | None] = mapped_column(index=True)
    """When the next window closes; the worker selects campaigns by it."""
    created_at: Mapped[Instant]

    related_congress: Mapped[Congress | None] = relationship()
    parent: Mapped["Campaign | None"] = relationship(remote_side="Campaign.id")

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible if the scope contains it."""
        return cls.id.in_(campaigns_in_scope())

    def belongs_to(self, scope: Scope) -> bool:
        """Writable if the scope contains it; a new one belongs only to the scope EVERYTHING."""
        return inspect(self).persistent and self.id in scope.campaign_ids

    @property
    def is_over_without_last_day(self) -> bool:
        """Whether it has ended, but nobody knows when: then nothing that is kept for some time after its end is deleted."""
        return self.status is CampaignStatus.ENDED and self.end_date is None

    @property
    def needs_second_person(self) -> bool:
        """Whether one person proposes what is sent, and another one approves it."""
        return self.digest_approval is Approval.SECOND_PERSON

    @property
    def needs_approval(self) -> bool:
        """Whether a person has to approve each digest."""
        return self.digest_approval is not Approval.NOBODY

    @property
    def is_running(self) -> bool:
        """Whether it is running."""
        return self.status is CampaignStatus.RUNNING
