"""Changes of shared records that wait until somebody who uses the record has decided."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.types import Instant, PrimaryKey, one_of

if TYPE_CHECKING:
    from app.models.people.organizations import Organization
    from app.models.press.articles import Article
    from app.models.travel.places import Crossing, Place

RECORDS = {
    "article_id": "articles",
    "organization_id": "organizations",
    "place_id": "places",
    "crossing_id": "crossings",
}
"""The tables of the records that are shared by the house, by the column that refers to them."""


class PendingStatus(StrEnum):
    """What became of a proposed change."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class PendingChange(Base):
    """What somebody proposed to change about one shared record. It is visible to everyone who may edit such records."""

    __tablename__ = "pending_changes"
    __table_args__ = (
        CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in RECORDS) + " = 1", name="one_record"
        ),
        CheckConstraint("(status = 'waiting') = (decided_at IS NULL)", name="decided"),
        Index("ix_pending_changes_status", "status", "proposed_at"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"), index=True)
    crossing_id: Mapped[int | None] = mapped_column(ForeignKey("crossings.id", ondelete="CASCADE"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The fields that differ, as they are recorded; once it is accepted, as they were then."""
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The same fields, as proposed."""
    status: Mapped[PendingStatus] = mapped_column(one_of(PendingStatus))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[Instant]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[Instant | None]

    article: Mapped["Article | None"] = relationship()
    organization: Mapped["Organization | None"] = relationship()
    place: Mapped["Place | None"] = relationship()
    crossing: Mapped["Crossing | None"] = relationship()
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id], lazy="joined")
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id], lazy="joined")

    verb = "proposed"
    """As in the history of a record, which shows changes in the same way."""

    @property
    def record(self) -> Any:
        """The record that it is about."""
        return self.article or self.organization or self.place or self.crossing

    @property
    def subject(self) -> str:
        """The table of the record."""
        return next(table for name, table in RECORDS.items() if getattr(self, name) is not None)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet."""
        return self.status is PendingStatus.WAITING

    @property
    def is_accepted(self) -> bool:
        """Whether it was carried out."""
        return self.status is PendingStatus.ACCEPTED
