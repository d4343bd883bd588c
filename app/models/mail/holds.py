"""Digests and mailings whose emails are held back, so that workers obey at once, however many emails there are."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Instant, PrimaryKey, one_of


class HoldState(StrEnum):
    """What was decided about the emails that have not been sent."""

    PAUSED = "paused"
    """They wait."""
    STOPPED = "stopped"
    """They are withdrawn."""
    RELEASED = "released"
    """They are sent."""


class HoldReason(StrEnum):
    """Why emails wait."""

    ASKED = "asked"
    """A person decided it."""
    REFUSALS = "refusals"
    """Too many of them were not taken."""


class SendingHold(Base):
    """A digest or a mailing that was paused, stopped or resumed.

    Workers look at this row, so what was decided takes effect at once. The deliveries follow in portions, in the order of
    their ids, and whoever counts them takes this row into account.
    """

    __tablename__ = "sending_holds"
    __table_args__ = (CheckConstraint("(digest_id IS NULL) <> (mailing_id IS NULL)", name="one_run"),)

    id: Mapped[PrimaryKey]
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), unique=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"), unique=True)
    state: Mapped[HoldState] = mapped_column(one_of(HoldState))
    reason: Mapped[HoldReason] = mapped_column(one_of(HoldReason))
    since: Mapped[Instant]
    mark: Mapped[Instant]
    """When those that are withdrawn with it were withdrawn: this distinguishes them from others."""
    moved_to: Mapped[int]
    """The deliveries up to this id have followed."""
    skipped_id: Mapped[int | None]
    """The first one that did not follow because it was on its way."""
    is_moving: Mapped[bool]
    """Whether most of them have yet to follow."""
    settled_at: Mapped[Instant | None]
    """When all of them had followed."""
    postponed_before: Mapped[int]
    """How many had not been taken when a person resumed it: they do not count again."""
