"""The audit trail: entries are added and never changed."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, and_, inspect, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.scoping import InEither, Scope, before_and_after, in_either, rows_before_and_after
from app.models.types import Instant, PrimaryKey, Short

if TYPE_CHECKING:
    from app.models.people.people import Person

SHARED = frozenset({
    "articles", "border_notes", "country_contacts", "crossings", "custom_fields", "entry_rules", "organizations", "places",
    "ruled_out_roads", "tags",
})  # fmt: skip
"""The tables of shared records: their entries are visible in every scope, like the records."""
CONCEALED = frozenset({
    "email", "phone", "contact_details", "help_phone", "other_names", "participations", "booking_reference", "text", "excerpts",
    "subject", "body", "relations", "custom_values", "nationality",
})  # fmt: skip
"""Facts whose values are not stored, only that they changed: contact details, names in documents, congresses and people
that others may not know of, bookings, what was said, and texts that are too long."""


class AuditEntry(Base, InEither):
    """A change to a record: the values that differ, before and after.

    It has the same visibility as the record. That of a congress, of a campaign, or of a row of one, refers to it; that
    of a person refers to the person and is deleted with her. An entry about an account is visible only with access to
    everything.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id"),)

    id: Mapped[PrimaryKey]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True
    )
    verb: Mapped[Short]
    subject: Mapped[Short]
    """The table of the changed row."""
    subject_id: Mapped[int]
    at: Mapped[Instant]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)

    actor: Mapped[User | None] = relationship(lazy="joined")
    person: Mapped["Person | None"] = relationship()

    @property
    def is_of_many(self) -> bool:
        """Whether people who work on different congresses and campaigns may see it."""
        return self.congress_id is None and self.campaign_id is None

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in its congress or campaign, with its person, or, if it is about a shared record, in every scope."""
        person = inspect(AuditEntry).relationships["person"].mapper.class_
        of_nothing = and_(cls.congress_id.is_(None), cls.campaign_id.is_(None), cls.person_id.is_(None))
        return or_(
            in_either(cls),
            cls.person_id.in_(select(person.id).where(person.criteria())),
            and_(of_nothing, cls.subject.in_(sorted(SHARED))),
        )

    def belongs_to(self, scope: Scope) -> bool:
        """Writable in its congress or campaign, where its person is, or, if it has none of them, in every scope."""
        people = rows_before_and_after(self, "person")
        if not all(person is not None and person.belongs_to(scope) for person in people):
            return False
        owners = (before_and_after(self, "congress_id") | before_and_after(self, "campaign_id")) - {None}
        return super().belongs_to(scope) if owners else True
