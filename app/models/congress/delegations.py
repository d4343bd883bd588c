"""Delegations to a congress and their delegates."""

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED, partial_index
from app.extensions import Base
from app.models.congress.congresses import Congress
from app.models.people.organizations import Organization
from app.models.people.people import Person
from app.models.removing import RemovedWhole, is_hidden
from app.models.scoping import InCongress
from app.models.types import CountryCode, Instant, Name, PrimaryKey, Revised, one_of

if TYPE_CHECKING:
    from app.models.travel.places import Place

LEAST_SEATS, MOST_SEATS = 1, 5000
"""The limits of the number of seats of a delegation, or on a leg."""


class DelegationStatus(StrEnum):
    """The status of a delegation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    TRAVELING = "traveling"
    ARRIVED = "arrived"
    UNABLE_TO_ATTEND = "unable_to_attend"


class Capacity(StrEnum):
    """In which capacity a delegate takes part."""

    DELEGATE = "delegate"
    ALTERNATE = "alternate"
    OBSERVER = "observer"
    GUEST = "guest"
    INTERPRETER = "interpreter"


class Delegation(Revised, Base, InCongress, RemovedWhole):
    """An organization's delegation to a congress."""

    __tablename__ = "delegations"
    __table_args__ = (
        CheckConstraint(f"seats BETWEEN {LEAST_SEATS} AND {MOST_SEATS}", name="seats"),
        partial_index("ix_delegations_removed", "removed_at", where="removed_at IS NOT NULL"),
    )

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="RESTRICT"), index=True)
    country: Mapped[CountryCode]
    """The country it travels from."""
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("places.id", ondelete="RESTRICT"), index=True)
    """The place it travels from, if it is known."""
    seats: Mapped[int]
    erased_delegates: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many delegates were erased for good, so that it is still known how many took part."""
    status: Mapped[DelegationStatus] = mapped_column(one_of(DelegationStatus))
    reason: Mapped[Name | None]
    """Why it is unable to attend."""
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("route_problems.id", ondelete="SET NULL"), index=True)
    """The route problem that prevented it from attending, if there was one."""
    unable_since: Mapped[Instant | None]
    created_at: Mapped[Instant]

    congress: Mapped[Congress] = relationship(viewonly=True)
    organization: Mapped[Organization] = relationship(lazy="joined", innerjoin=True)
    origin: Mapped["Place | None"] = relationship()
    delegates: Mapped[list["Delegate"]] = relationship(back_populates="delegation", order_by="Delegate.id")


class Delegate(Base, InCongress):
    """A person's place in a delegation."""

    __tablename__ = "delegates"
    __table_args__ = (UniqueConstraint("delegation_id", "person_id"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity))
    is_head: Mapped[bool]
    arrived_at: Mapped[Instant | None]
    link_number: Mapped[int] = mapped_column(default=1)
    """The number of the delegate's personal link; incrementing it invalidates older links."""

    delegation: Mapped[Delegation] = relationship(back_populates="delegates")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


Person.seen_through.append(lambda: select(Delegate.person_id).where(Delegate.criteria(), ~is_hidden(Delegate)))
