"""How long data is kept: the period of each kind of data, and the nightly sweeps that end it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.leases import Leased
from app.models.types import Instant, PrimaryKey, Revised, one_of

MOST_DAYS = 36_500
"""The longest period, in days."""


class RetentionKind(StrEnum):
    """A kind of data that is deleted when its period ends; `app/queries/privacy/retention_rules.py` says what it is."""

    NATIONALITIES = "nationalities"
    PASSPORT_NAMES = "passport_names"
    ANSWER_NOTES = "answer_notes"
    HELP_NOTES = "help_notes"
    BOOKING_REFERENCES = "booking_references"
    CONTACT_DETAILS = "contact_details"
    OWN_FIELDS = "own_fields"
    PEOPLE = "people"
    INTERACTION_NOTES = "interaction_notes"
    ACTION_NOTES = "action_notes"
    ATTACHMENTS = "attachments"
    ATTENDANCES = "attendances"
    MOBILIZATION_CONTACTS = "mobilization_contacts"
    SIGNATURES = "signatures"
    ENDORSEMENTS = "endorsements"
    BRIGADE_REQUESTS = "brigade_requests"
    ENDED_SUBSCRIPTIONS = "ended_subscriptions"
    UNCONFIRMED_SUBSCRIPTIONS = "unconfirmed_subscriptions"
    SUBSCRIPTIONS = "subscriptions"
    ADDRESS_CHANGES = "address_changes"
    DELIVERIES = "deliveries"
    MAILBOX_LETTERS = "mailbox_letters"
    IMPORT_SAMPLES = "import_samples"
    LOG_VALUES = "log_values"


class CountedFrom(StrEnum):
    """The instant from which a period is counted."""

    TAKING_PART = "taking_part"
    """The last day of the latest congress or campaign that the person takes part in; in none, the last change of her record."""
    TAKING_PART_OR_CHANGE = "taking_part_or_change"
    """The same, or the last change of her record, whichever is later."""
    CONGRESS = "congress"
    """The last day of the congress."""
    CAMPAIGN = "campaign"
    """The last day of the campaign."""
    PLACE = "place"
    """The last day of the congress or campaign, or the row's own time, whichever is later; of neither, its own time."""
    MOBILIZATION = "mobilization"
    """The end of the mobilization."""
    CLOSING = "closing"
    """When a statement was closed."""
    REQUEST = "request"
    """When something was asked for."""
    SENDING = "sending"
    """When a letter was sent."""
    UPLOAD = "upload"
    """When a file was uploaded."""
    CHANGE = "change"
    """When the change that a line tells of was made."""


class RetentionPeriod(Revised, Base):
    """How long one kind of data is kept, as the house has decided or as admins were told that it will be.

    A shorter period takes effect only some days after it was set: until then, the one before it counts. No days are a
    period without an end. A kind without a row has not been announced yet, and nothing of it is deleted.
    """

    __tablename__ = "retention_periods"
    __table_args__ = (
        CheckConstraint(f"days BETWEEN 1 AND {MOST_DAYS}", name="days"),
        CheckConstraint(f"earlier_days BETWEEN 1 AND {MOST_DAYS}", name="earlier_days"),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[RetentionKind] = mapped_column(one_of(RetentionKind), unique=True)
    days: Mapped[int | None]
    earlier_days: Mapped[int | None]
    """What counts until `in_force_at`."""
    in_force_at: Mapped[Instant]
    """From when on `days` count."""

    def days_at(self, now: datetime) -> int | None:
        """Return the period that counts at an instant, in days; None if it has no end."""
        return self.days if self.in_force_at <= now else self.earlier_days

    def waits_at(self, now: datetime) -> bool:
        """Return whether a shorter period has been set but does not count yet."""
        return self.in_force_at > now


class RetentionRound(Leased, Base):
    """The sweep of one night. The worker that holds its lease deletes what is due; no other worker does."""

    __tablename__ = "retention_rounds"

    day: Mapped[date] = mapped_column(primary_key=True)
    """The day in UTC on which it started."""
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """How many rows of each kind were emptied or deleted."""
    finished_at: Mapped[Instant | None]
    """When nothing was due any more."""
