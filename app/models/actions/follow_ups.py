"""Follow-up actions with an assignee and a due date (VTODO in iCalendar)."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, event, inspect, or_
from sqlalchemy.orm import InstanceState, Mapped, mapped_column, relationship

from app.dialects import partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.congress.resolutions import Resolution
from app.models.people.interactions import Interaction
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.removing import HiddenWith, hidden_ids, plain
from app.models.scoping import InEither
from app.models.travel.journeys import Leg
from app.models.travel.problems import RouteProblem
from app.models.types import Instant, Name, PrimaryKey, Revised, one_of

if TYPE_CHECKING:
    from app.models.actions.series import FollowUpSeries
    from app.models.actions.templates import TemplateUse
    from app.models.campaigns.campaigns import Campaign
    from app.models.mobilizing.brigades import Brigade
    from app.models.mobilizing.mobilizations import Mobilization
    from app.models.press.articles import Article


class FollowUpStatus(StrEnum):
    """The status, in iCalendar's terms."""

    NEEDS_ACTION = "needs_action"
    IN_PROCESS = "in_process"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN_STATUSES = (FollowUpStatus.NEEDS_ACTION, FollowUpStatus.IN_PROCESS)


class Priority(StrEnum):
    """The priority."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class FollowUpKind(StrEnum):
    """The kind of action for an affected leg."""

    REBOOK = "rebook"
    BOOK = "book"
    CONSULATE_LETTER = "consulate_letter"
    ACCOMPANY = "accompany"
    ALTERNATE = "alternate"
    REMOTE_SEAT = "remote_seat"
    CALL = "call"
    CANCEL_BOOKING = "cancel_booking"
    REFUND = "refund"


AFTER_REROUTING = (FollowUpKind.BOOK, FollowUpKind.CANCEL_BOOKING, FollowUpKind.REFUND)
"""Actions that remain necessary after rerouting, even though the old route is no longer affected."""


class FollowUp(Revised, Base, InEither, HiddenWith):
    """An action that someone has to take: of a congress, of a campaign, or of the house."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        CheckConstraint("remind_before_hours BETWEEN 0 AND 720", name="remind_before"),
        CheckConstraint("escalate_after_hours BETWEEN 1 AND 720", name="escalate_after"),
        CheckConstraint("campaign_id IS NULL OR congress_id IS NULL", name="one_place"),
        CheckConstraint(
            " + ".join(
                f"CASE WHEN {one} IS NULL THEN 0 ELSE 1 END"
                for one in ("assignee_id", "assignee_person_id", "assignee_brigade_id")
            )
            + " <= 1",
            name="one_assignee",
        ),
        CheckConstraint("assignee_brigade_id IS NULL OR from_brigade_id IS NULL", name="taken_or_not"),
        UniqueConstraint("series_id", "occurs_on"),
        partial_index(
            "ix_follow_ups_to_mention", "next_reminder_at", "assignee_id", where="next_reminder_at IS NOT NULL"
        ),
        partial_index("ix_follow_ups_to_escalate", "escalates_at", "escalate_to_id", where="escalates_at IS NOT NULL"),
    )

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("route_problems.id", ondelete="SET NULL"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id", ondelete="SET NULL"), index=True)
    """The interaction of which it is the next step."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    """The person whom it is about, whose name only those learn who can see the person."""
    leg_id: Mapped[int | None] = mapped_column(ForeignKey("legs.id", ondelete="SET NULL"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="SET NULL"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolutions.id", ondelete="SET NULL"), index=True)
    mobilization_id: Mapped[int | None] = mapped_column(ForeignKey("mobilizations.id", ondelete="SET NULL"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("follow_ups.id", ondelete="SET NULL"), index=True)
    """The action of the same place that it is part of."""
    after_id: Mapped[int | None] = mapped_column(ForeignKey("follow_ups.id", ondelete="SET NULL"), index=True)
    """The action of the same place that has to be closed before this one can be begun."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up_series.id", ondelete="SET NULL"))
    occurs_on: Mapped[date | None]
    """Its day in the series, from which the next one follows, even if it is due on another."""
    template_use_id: Mapped[int | None] = mapped_column(ForeignKey("template_uses.id", ondelete="SET NULL"), index=True)
    """The use of a template that created it, with whose date it moves."""
    offset_days: Mapped[int | None]
    """Its distance from that date, in days; negative before it."""
    offset_at: Mapped[time | None]
    """The local time at which it was to be due."""
    kind: Mapped[FollowUpKind | None] = mapped_column(one_of(FollowUpKind))
    """The problem that suggested it; None for an action that a person created."""
    title: Mapped[Name]
    note: Mapped[str | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    assignee_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    """A person without an account who has it instead."""
    assignee_brigade_id: Mapped[int | None] = mapped_column(ForeignKey("brigades.id", ondelete="SET NULL"), index=True)
    """A brigade that has it as long as none of its members has taken it.

    Nobody has it only after such a person or brigade was deleted for good.
    """
    from_brigade_id: Mapped[int | None] = mapped_column(ForeignKey("brigades.id", ondelete="SET NULL"), index=True)
    """The brigade for which whoever has it has taken it, and which gets it if it is handed back."""
    link_number: Mapped[int] = mapped_column(default=1, server_default="1")
    """The number of the personal link of a person without an account; it rises when the action goes to somebody else."""
    calendar_number: Mapped[int] = mapped_column(default=1, server_default="1")
    """The number of the address of that person's calendar; it rises when it is replaced."""
    due_at: Mapped[Instant] = mapped_column(index=True)
    remind_before_hours: Mapped[int]
    """How long before the due date a letter mentions it first, in hours; 0 if not before the day."""
    next_reminder_at: Mapped[Instant | None]
    """The instant of the assignee's next letter that mentions it; None if it is closed."""
    escalate_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    """The account to which it is escalated if it is overdue by `escalate_after_hours`."""
    escalate_after_hours: Mapped[int | None]
    escalates_at: Mapped[Instant | None]
    """The instant of the letter to that account; None if it is not to be sent."""
    escalated_at: Mapped[Instant | None]
    """When such a letter was queued last."""
    waited_until: Mapped[Instant | None]
    """When it was known last to wait for another action: if it is late since then, its escalation counts from there."""
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often its time or status changed, for calendars."""
    priority: Mapped[Priority] = mapped_column(one_of(Priority))
    status: Mapped[FollowUpStatus] = mapped_column(one_of(FollowUpStatus))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    assigned_at: Mapped[Instant]
    """When it was assigned to its current assignee."""
    completed_at: Mapped[Instant | None]
    completed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """The account that marked it as done; None if the person without an account who has it did."""
    withdrawn_at: Mapped[Instant | None]
    """When it was withdrawn because its reason no longer exists; if the reason returns, so does the action."""

    congress: Mapped[Congress | None] = relationship(lazy="joined")
    campaign: Mapped["Campaign | None"] = relationship(lazy="joined", viewonly=True)
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id], lazy="joined")
    assignee_person: Mapped[Person | None] = relationship(foreign_keys=[assignee_person_id])
    assignee_brigade: Mapped["Brigade | None"] = relationship(foreign_keys=[assignee_brigade_id])
    from_brigade: Mapped["Brigade | None"] = relationship(foreign_keys=[from_brigade_id])
    escalate_to: Mapped[User | None] = relationship(foreign_keys=[escalate_to_id])
    problem: Mapped[RouteProblem | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    interaction: Mapped[Interaction | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    leg: Mapped[Leg | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    article: Mapped["Article | None"] = relationship()
    resolution: Mapped[Resolution | None] = relationship()
    mobilization: Mapped["Mobilization | None"] = relationship()
    parent: Mapped["FollowUp | None"] = relationship(foreign_keys=[parent_id], remote_side="FollowUp.id")
    after: Mapped["FollowUp | None"] = relationship(foreign_keys=[after_id], remote_side="FollowUp.id")
    completed_by: Mapped[User | None] = relationship(foreign_keys=[completed_by_id])
    series: Mapped["FollowUpSeries | None"] = relationship()
    template_use: Mapped["TemplateUse | None"] = relationship()

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden with the problem that it is about, or with the interaction of which it is the next step."""
        follow_up = plain(cls.__table__).c
        return or_(
            follow_up.problem_id.in_(hidden_ids(RouteProblem.__table__, until)),
            follow_up.interaction_id.in_(hidden_ids(Interaction.__table__, until)),
        )

    @property
    def held(self) -> tuple[int | None, int | None, int | None]:
        """The ids of the account, the person and the brigade that may have it: at most one of them is not None."""
        return self.assignee_id, self.assignee_person_id, self.assignee_brigade_id

    @property
    def is_assigned(self) -> bool:
        """Whether somebody has it, also if the holder is out of scope."""
        return any(one is not None for one in self.held)

    @property
    def is_taken(self) -> bool:
        """Whether a member of a brigade has taken it for the brigade."""
        return self.from_brigade_id is not None

    @property
    def place(self) -> "Congress | Campaign | None":
        """The congress or campaign that it belongs to; None for one of the house."""
        return self.congress or self.campaign

    @property
    def is_open(self) -> bool:
        """Whether someone still has to act."""
        return self.status in OPEN_STATUSES

    @property
    def waits(self) -> bool:
        """Whether it is open and waits for another action, which is open as well."""
        return self.is_open and self.after is not None and self.after.is_open

    @property
    def is_begun(self) -> bool:
        """Whether somebody is working on it."""
        return self.status is FollowUpStatus.IN_PROCESS

    @property
    def is_as_usual(self) -> bool:
        """Whether its priority is neither high nor low."""
        return self.priority is Priority.NORMAL

    @property
    def is_completed(self) -> bool:
        """Whether it is done."""
        return self.status is FollowUpStatus.COMPLETED

    @property
    def repeats(self) -> bool:
        """Whether it is an action of a series that has not ended."""
        return self.series is not None and self.series.ended_at is None


@event.listens_for(FollowUp, "before_update")
def _count_change(_mapper: object, _connection: object, follow_up: FollowUp) -> None:
    """Have calendars take over a new time or status; undoing one is another change."""
    state: InstanceState[FollowUp] = inspect(follow_up)
    if any(state.attrs[name].history.has_changes() for name in ("due_at", "status")):
        follow_up.sequence += 1
