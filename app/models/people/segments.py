"""Segments: saved questions about people or organizations, and the members of those that are frozen."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Numeric, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.naming import Named
from app.models.people.custom_fields import Comparison, CustomField, FieldKind, RecordKind, Value, value_of
from app.models.people.organizations import Organization
from app.models.people.records import OfRecord, of_one_record
from app.models.people.tags import Tag
from app.models.removing import Removable
from app.models.scoping import InEither, Scope, Scoped, rows_before_and_after
from app.models.types import Instant, Name, PrimaryKey, Revised, Short, one_of

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign
    from app.models.congress.congresses import Congress


BELOW = "below"
"""The option of a condition about an organization that also asks for those that belong to it."""


class ConditionKind(StrEnum):
    """What a condition asks."""

    NAME = "name"
    COUNTRY = "country"
    NATIONALITY = "nationality"
    LANGUAGE = "language"
    TOWN = "town"
    CLASSIFICATION = "classification"
    SECTOR = "sector"
    TAG = "tag"
    FIELD = "field"
    """A value in a field of the house's own."""
    EMAIL = "email"
    PHONE = "phone"
    MEMBER = "member"
    """A current member of an organization, or of one that belongs to it."""
    AFFILIATED = "affiliated"
    PARTICIPATION = "participation"
    """Recorded for a congress or a campaign."""
    SEAT = "seat"
    """A delegate."""
    DELEGATION = "delegation"
    """An organization that has sent a delegation."""
    INTERACTION = "interaction"
    QUIET = "quiet"
    """An organization without an interaction or a delegation for some days."""
    CONSENT = "consent"
    SUBSCRIPTION = "subscription"
    RECORDED = "recorded"
    SEGMENT = "segment"


class ConditionObject(StrEnum):
    """The kinds of record that a condition may be about."""

    TAG = "tag"
    FIELD = "field"
    CONGRESS = "congress"
    CAMPAIGN = "campaign"
    ORGANIZATION = "organization"
    USER = "user"
    SEGMENT = "segment"


class Segment(Revised, Base, InEither, Named, Removable):
    """A question about people or organizations: whoever meets every group of conditions is a member.

    The people of a segment are those of its congress or campaign; without either, all people. A frozen segment keeps
    the members that it had at that instant.
    """

    __tablename__ = "segments"
    __table_args__ = (CheckConstraint("campaign_id IS NULL OR congress_id IS NULL", name="one_place"),)

    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    purpose: Mapped[str | None]
    record_kind: Mapped[RecordKind] = mapped_column(one_of(RecordKind))
    frozen_at: Mapped[Instant | None]
    columns: Mapped[list[str]] = mapped_column(JSON)
    """The columns of its list; empty for the usual ones."""
    sorting: Mapped[Short]
    """The order of its list; empty for the usual one."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]

    congress: Mapped["Congress | None"] = relationship(viewonly=True)
    campaign: Mapped["Campaign | None"] = relationship(viewonly=True)
    conditions: Mapped[list["SegmentCondition"]] = relationship(
        back_populates="segment",
        foreign_keys="SegmentCondition.segment_id",
        order_by="SegmentCondition.group_number, SegmentCondition.id",
        passive_deletes=True,
    )

    def searched_names(self) -> tuple[str | None, ...]:
        """Return name and purpose."""
        return self.name, self.purpose

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the name."""
        return (self.name,)

    @property
    def is_of_people(self) -> bool:
        """Whether its members are people."""
        return self.record_kind is RecordKind.PERSON

    @property
    def groups(self) -> list[tuple[int, list["SegmentCondition"]]]:
        """Its conditions by the number of their group: one of each group has to be met."""
        grouped = groupby(self.conditions, key=lambda condition: condition.group_number)
        return [(number, list(conditions)) for number, conditions in grouped]


class SegmentCondition(Revised, Base, Scoped):
    """A condition of a segment, with the record and the values that its kind needs."""

    __tablename__ = "segment_conditions"

    id: Mapped[PrimaryKey]
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"), index=True)
    group_number: Mapped[int]
    is_negated: Mapped[bool] = mapped_column(default=False, server_default=false())
    kind: Mapped[ConditionKind] = mapped_column(one_of(ConditionKind))
    about: Mapped[ConditionObject | None] = mapped_column(one_of(ConditionObject))
    """What it refers to; it is kept when the record is gone, so that the condition does not come to mean any record."""
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id", ondelete="SET NULL"), index=True)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("custom_fields.id", ondelete="SET NULL"), index=True)
    in_congress_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id", ondelete="SET NULL"), index=True)
    in_campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("segments.id", ondelete="SET NULL"), index=True)
    """Another segment."""
    comparison: Mapped[Comparison | None] = mapped_column(one_of(Comparison))
    text: Mapped[Name | None]
    """Words, a country, a language, a text."""
    option: Mapped[Short | None]
    """The value of a choice: a classification, a capacity, a purpose."""
    status: Mapped[Short | None]
    """The status of a delegation or a subscription."""
    number: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    """A number, or days."""
    day: Mapped[date | None]

    segment: Mapped[Segment] = relationship(back_populates="conditions", foreign_keys=[segment_id], active_history=True)
    tag: Mapped[Tag | None] = relationship()
    field: Mapped[CustomField | None] = relationship()
    congress: Mapped["Congress | None"] = relationship(foreign_keys=[in_congress_id])
    campaign: Mapped["Campaign | None"] = relationship(foreign_keys=[in_campaign_id])
    organization: Mapped[Organization | None] = relationship()
    user: Mapped[User | None] = relationship()
    other: Mapped[Segment | None] = relationship(foreign_keys=[other_id])

    @property
    def object(self) -> Any:
        """The record that it is about, None if it is about none, or about one that is gone or out of scope."""
        if self.about is None:
            return None
        return self.other if self.about is ConditionObject.SEGMENT else getattr(self, self.about)

    @property
    def is_void(self) -> bool:
        """Whether the record that it is about is gone or out of scope: then nobody meets it, negated or not."""
        found = self.object
        return self.about is not None and (
            found is None or (isinstance(found, Segment) and found.removed_at is not None)
        )

    @property
    def value(self) -> Value:
        """What a field of the house's own is compared with; None without such a field."""
        if self.field is None:
            return None
        text = self.option if self.field.kind is FieldKind.CHOICE else self.text
        return value_of(self.field.kind, text=text, number=self.number, day=self.day)

    @property
    def days(self) -> int | None:
        """Its number of days."""
        return None if self.number is None else int(self.number)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its segment."""
        return cls.segment_id.in_(select(Segment.id).where(Segment.criteria()))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its segment, and with the one that it belonged to before."""
        segments = rows_before_and_after(self, "segment")
        return bool(segments) and all(one is not None and one.belongs_to(scope) for one in segments)


class SegmentMember(Base, OfRecord):
    """A person or an organization that was a member of a segment when it was frozen.

    Rows are never changed: the current ones have the instant of their segment. Earlier ones are kept for a while, so
    that freezing again can be undone.
    """

    __tablename__ = "segment_members"
    __table_args__ = (
        of_one_record(),
        UniqueConstraint("segment_id", "frozen_at", "person_id"),
        UniqueConstraint("segment_id", "frozen_at", "organization_id"),
    )

    id: Mapped[PrimaryKey]
    segment_id: Mapped[int] = mapped_column(ForeignKey("segments.id", ondelete="CASCADE"))
    frozen_at: Mapped[Instant]
