"""Follow-up actions: who does what until when (iCalendar's VTODO)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.removing import HiddenWith, hidden_ids
from app.models.scoping import InCongress
from app.models.travel.problems import RouteProblem
from app.models.types import Instant, Name, PrimaryKey, Revised, one_of


class FollowUpStatus(StrEnum):
    """iCalendar's words."""

    NEEDS_ACTION = "needs_action"
    IN_PROCESS = "in_process"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN_STATUSES = (FollowUpStatus.NEEDS_ACTION, FollowUpStatus.IN_PROCESS)


class Priority(StrEnum):
    """What comes first."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class FollowUpKind(StrEnum):
    """What is to be done about a leg that is hit."""

    REBOOK = "rebook"
    BOOK = "book"
    CONSULATE_LETTER = "consulate_letter"
    ACCOMPANY = "accompany"
    ALTERNATE = "alternate"
    REMOTE_SEAT = "remote_seat"
    CALL = "call"


class FollowUp(Revised, Base, InCongress, HiddenWith):
    """An action that somebody has to take."""

    __tablename__ = "follow_ups"
    __table_args__ = (CheckConstraint("remind_before_hours BETWEEN 0 AND 720", name="remind_before"),)

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("route_problems.id", ondelete="SET NULL"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)
    kind: Mapped[FollowUpKind | None] = mapped_column(one_of(FollowUpKind))
    """What a problem proposed; empty for an action that somebody thought of."""
    title: Mapped[Name]
    note: Mapped[str | None]
    assignee_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    due_at: Mapped[Instant] = mapped_column(index=True)
    remind_before_hours: Mapped[int]
    """How long before it is due the assignee is reminded, in hours; the reminder moves with the due date."""
    priority: Mapped[Priority] = mapped_column(one_of(Priority))
    status: Mapped[FollowUpStatus] = mapped_column(one_of(FollowUpStatus))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    assigned_at: Mapped[Instant]
    """Since when it is its assignee's; one letter tells of all that was assigned at the same moment."""
    completed_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None]
    """When it was dropped because what it was about is gone; if that comes back, so does the action."""

    congress: Mapped[Congress] = relationship(lazy="joined", innerjoin=True)
    assignee: Mapped[User] = relationship(foreign_keys=[assignee_id], lazy="joined", innerjoin=True)
    problem: Mapped[RouteProblem | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden with the problem that it is about."""
        return cls.__table__.c.problem_id.in_(hidden_ids(RouteProblem.__table__, until))

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.status in OPEN_STATUSES
