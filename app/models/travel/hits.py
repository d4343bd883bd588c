"""Legs that a route problem affects, and how."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.congress.delegations import Delegation
from app.models.removing import HiddenWith, hidden_ids, plain
from app.models.scoping import InCongress
from app.models.travel.journeys import Leg
from app.models.types import Instant, Name, PrimaryKey, one_of


class HitKind(StrEnum):
    """How a problem affects a leg."""

    DIRECT = "direct"
    KNOCK_ON = "knock_on"
    PASSAGE = "passage"
    """The leg probably passes through a closed country between its ends."""
    DETOUR = "detour"
    WARNING = "warning"

    @property
    def takes_away(self) -> bool:
        """Whether the leg cannot be traveled, because of itself or of an earlier one."""
        return self in (HitKind.DIRECT, HitKind.KNOCK_ON)

    @property
    def is_warning(self) -> bool:
        """Whether the problem is only a warning."""
        return self is HitKind.WARNING


class HitRecord(Base, InCongress, HiddenWith):
    """The history of a hit: when a leg became affected, and when it no longer was."""

    __tablename__ = "hit_records"

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)
    leg_id: Mapped[int | None] = mapped_column(ForeignKey("legs.id", ondelete="SET NULL"), index=True)
    kind: Mapped[HitKind] = mapped_column(one_of(HitKind))
    way: Mapped[Name]
    """The destination of the leg, by its name at that time."""
    departs_at: Mapped[Instant]
    began_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]

    delegation: Mapped[Delegation] = relationship()

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden with its leg."""
        return plain(cls.__table__).c.leg_id.in_(hidden_ids(Leg.__table__, until))
