"""Shifts of brigades, the places in them, and swaps between members."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, inspect
from sqlalchemy.orm import InstanceState, Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.mobilizing.brigades import LEAST_NEEDED, MOST_NEEDED, Brigade, BrigadeMember, BrigadeRole
from app.models.scoping import InCampaign
from app.models.types import Instant, LanguageTag, Name, PrimaryKey, Revised, ZoneName, one_of


class PlaceStatus(StrEnum):
    """What has become of a member's place in a shift."""

    OFFERED = "offered"
    TAKEN = "taken"
    """Taken by the member, and not yet approved by a coordinator."""
    APPROVED = "approved"
    GIVING_BACK = "giving_back"
    """Given back so late that a coordinator has to agree."""
    GIVEN_BACK = "given_back"
    SWAPPED = "swapped"
    """Another member has it now."""
    ATTENDED = "attended"
    MISSED = "missed"


HELD = (PlaceStatus.TAKEN, PlaceStatus.APPROVED, PlaceStatus.GIVING_BACK, PlaceStatus.ATTENDED, PlaceStatus.MISSED)
"""The places that count against what a shift needs."""


SWAPPABLE = (PlaceStatus.TAKEN, PlaceStatus.APPROVED)
"""The places that can be swapped."""


class SwapStatus(StrEnum):
    """What has become of a proposed swap."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    """Both members agree, and a coordinator has to approve."""
    DONE = "done"
    DECLINED = "declined"


class Shift(Revised, Base, InCampaign):
    """A time for which a brigade needs people."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint(f"needed BETWEEN {LEAST_NEEDED} AND {MOST_NEEDED}", name="needed"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    brigade_id: Mapped[int] = mapped_column(ForeignKey("brigades.id", ondelete="CASCADE"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("brigade_roles.id", ondelete="SET NULL"), index=True)
    """The role that it needs; none if anyone in the brigade can do it."""
    language: Mapped[LanguageTag | None]
    """The language that is needed, if one is."""
    venue: Mapped[Name]
    starts_at: Mapped[Instant] = mapped_column(index=True)
    ends_at: Mapped[Instant]
    timezone: Mapped[ZoneName]
    """The zone in which its times are entered and shown."""
    needed: Mapped[int]
    note: Mapped[str | None]
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often its time or venue changed, for calendars."""
    created_at: Mapped[Instant]

    brigade: Mapped[Brigade] = relationship()
    role: Mapped[BrigadeRole | None] = relationship()
    places: Mapped[list["ShiftPlace"]] = relationship(
        back_populates="shift",
        cascade="all, delete-orphan",
        foreign_keys="ShiftPlace.shift_id",
        order_by="ShiftPlace.id",
    )

    @property
    def held(self) -> list["ShiftPlace"]:
        """The places that members have."""
        return [place for place in self.places if place.is_held]

    @property
    def free(self) -> int:
        """The number of people that it still needs."""
        return max(self.needed - len(self.held), 0)

    def has_begun(self, now: datetime) -> bool:
        """Whether it has begun at `now`."""
        return self.starts_at <= now


class ShiftPlace(Base, InCampaign):
    """A member's place in a shift: one row for each member, whatever becomes of it."""

    __tablename__ = "shift_places"
    __table_args__ = (UniqueConstraint("shift_id", "member_id"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("brigade_members.id", ondelete="CASCADE"), index=True)
    status: Mapped[PlaceStatus] = mapped_column(one_of(PlaceStatus))
    changed_at: Mapped[Instant]
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it became another one for calendars: asked for, certain, or none."""
    next_shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id", ondelete="SET NULL"), index=True)
    """The shift for which the member was asked after this one: at most one."""

    shift: Mapped[Shift] = relationship(back_populates="places", foreign_keys=[shift_id])
    next_shift: Mapped[Shift | None] = relationship(foreign_keys=[next_shift_id])
    member: Mapped[BrigadeMember] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_held(self) -> bool:
        """Whether it counts against what the shift needs."""
        return self.status in HELD

    @property
    def is_offered(self) -> bool:
        """Whether the member has not answered yet."""
        return self.status is PlaceStatus.OFFERED

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left to decide before the shift."""
        return self.status is PlaceStatus.APPROVED

    @property
    def waits(self) -> bool:
        """Whether a coordinator has to decide."""
        return self.status in (PlaceStatus.TAKEN, PlaceStatus.GIVING_BACK)

    @property
    def was_attended(self) -> bool:
        """Whether the member was there."""
        return self.status is PlaceStatus.ATTENDED

    @property
    def was_missed(self) -> bool:
        """Whether the member was not there."""
        return self.status is PlaceStatus.MISSED


class ShiftSwap(Base, InCampaign):
    """A member's proposal to change places with another member of the brigade."""

    __tablename__ = "shift_swaps"

    id: Mapped[PrimaryKey]
    place_id: Mapped[int] = mapped_column(ForeignKey("shift_places.id", ondelete="CASCADE"), index=True)
    """The place of the member who proposed it."""
    other_place_id: Mapped[int] = mapped_column(ForeignKey("shift_places.id", ondelete="CASCADE"), index=True)
    status: Mapped[SwapStatus] = mapped_column(one_of(SwapStatus))
    proposed_at: Mapped[Instant]

    place: Mapped[ShiftPlace] = relationship(foreign_keys=[place_id])
    other_place: Mapped[ShiftPlace] = relationship(foreign_keys=[other_place_id])

    @property
    def is_proposed(self) -> bool:
        """Whether the other member has not answered yet."""
        return self.status is SwapStatus.PROPOSED

    @property
    def waits(self) -> bool:
        """Whether a coordinator has to approve it."""
        return self.status is SwapStatus.AGREED


class ShiftNotice(Base, InCampaign):
    """What a member is told about a shift, or her place in it, that somebody else has changed: how they were before."""

    __tablename__ = "shift_notices"

    id: Mapped[PrimaryKey]
    member_id: Mapped[int] = mapped_column(ForeignKey("brigade_members.id", ondelete="CASCADE"), index=True)
    shift_number: Mapped[int]
    """The id of the shift, which may be gone."""
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    timezone: Mapped[ZoneName]
    venue: Mapped[Name]
    place_status: Mapped[PlaceStatus | None] = mapped_column(one_of(PlaceStatus))
    """What her place was; None if she had none."""
    sequence: Mapped[int]
    """How often calendars had to take over something about her place."""

    member: Mapped[BrigadeMember] = relationship(lazy="joined", innerjoin=True)

    @property
    def had_place(self) -> bool:
        """Whether she had a place."""
        return self.place_status in HELD


@event.listens_for(Shift, "before_update")
def _count_move(_mapper: object, _connection: object, shift: Shift) -> None:
    """Have calendars take over another time or venue."""
    state: InstanceState[Shift] = inspect(shift)
    if any(state.attrs[name].history.has_changes() for name in ("starts_at", "ends_at", "timezone", "venue")):
        shift.sequence += 1


@event.listens_for(ShiftPlace, "before_update")
def _count_standing(_mapper: object, _connection: object, place: ShiftPlace) -> None:
    """Have calendars take over what has become of a place, unless it is the same to them."""
    state: InstanceState[ShiftPlace] = inspect(place)
    before = state.attrs.status.history.deleted
    if before and _standing(before[0]) != _standing(place.status):
        place.sequence += 1


def _standing(status: PlaceStatus) -> tuple[bool, bool]:
    return status in HELD, status is PlaceStatus.TAKEN
