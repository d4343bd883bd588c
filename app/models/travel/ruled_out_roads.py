"""Roads that organizers have ruled out because they are dangerous. Shared by all; no route leads over them."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.travel.places import Crossing, Place
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Revised, one_of


class RoadKind(StrEnum):
    """Which roads are meant."""

    BETWEEN = "between"
    """The road from one place to another, and what leads along it."""
    COUNTRY = "country"
    """All roads of a country, except transfers within a town."""
    CROSSING = "crossing"
    """The road over a border crossing."""


class RuledOutRoad(Revised, Base):
    """A road that no route uses, between two days or until it is lifted."""

    __tablename__ = "ruled_out_roads"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'between') = (one_id IS NOT NULL) AND (kind = 'between') = (other_id IS NOT NULL)"
            " AND (kind = 'country') = (country IS NOT NULL) AND (kind = 'crossing') = (crossing_id IS NOT NULL)",
            name="subject",
        ),
        CheckConstraint("one_id <> other_id", name="ends"),
        CheckConstraint("since <= until", name="days"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[RoadKind] = mapped_column(one_of(RoadKind))
    one_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    country: Mapped[CountryCode | None]
    crossing_id: Mapped[int | None] = mapped_column(ForeignKey("crossings.id", ondelete="RESTRICT"), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]
    """The last day; without one, until it is lifted."""
    reason: Mapped[str]
    source: Mapped[Name]
    """Who said that it is dangerous."""
    checked_on: Mapped[date]
    """When that was said."""
    ruled_out_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ruled_out_at: Mapped[Instant]
    lift_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    lift_asked_at: Mapped[Instant | None]
    """When somebody proposed to lift it, and nobody has decided yet."""
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    lifted_at: Mapped[Instant | None]

    one: Mapped[Place | None] = relationship(foreign_keys=[one_id], lazy="joined")
    other: Mapped[Place | None] = relationship(foreign_keys=[other_id], lazy="joined")
    crossing: Mapped[Crossing | None] = relationship(lazy="joined")
    ruled_out_by: Mapped[User | None] = relationship(foreign_keys=[ruled_out_by_id], lazy="joined")
    lift_asked_by: Mapped[User | None] = relationship(foreign_keys=[lift_asked_by_id], lazy="joined")
