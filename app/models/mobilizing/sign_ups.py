"""What the public signs up for in a campaign: endorsing it, signing, attending, hosting, joining."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED, partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.mobilizations import Mobilization
from app.models.people.people import Person
from app.models.scoping import InCampaign
from app.models.types import CountryCode, EmailAddress, Instant, LanguageTag, Name, PrimaryKey, Short, one_of

STANDING = "confirmed_at IS NOT NULL AND withdrawn_at IS NULL"
"""The condition for a sign-up that counts, for partial indexes."""
SUBJECTS: tuple[str, ...] = ("mobilization_id",)
"""The columns that say what a sign-up is about; all of them are empty if it is about the campaign itself."""


class SignUpKind(StrEnum):
    """What somebody signs up for."""

    ENDORSE = "endorse"
    SIGN = "sign"
    ATTEND = "attend"
    HOST = "host"
    JOIN = "join"


class Mandate(StrEnum):
    """For whom somebody endorses or signs."""

    PERSONAL = "personal"
    MEMBER = "member"
    OFFICER = "officer"
    ASSEMBLY = "assembly"
    """By decision of an assembly, on a day."""


class CallOutcome(StrEnum):
    """What somebody said who signed up without an email address and was called."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"


class SignUpState(StrEnum):
    """What has become of a sign-up."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class SignUp(Base, InCampaign):
    """One request of one person. It counts once it is confirmed: by the link in an email, or on the phone.

    A request never changes an earlier one. For the same address and the same thing, one request counts at most.
    """

    __tablename__ = "sign_ups"
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL OR withdrawn_at IS NOT NULL", name="reachable"),
        CheckConstraint("withdrawn_at IS NULL OR confirmed_at IS NOT NULL", name="confirmed_first"),
        CheckConstraint("decided_on IS NULL OR mandate = 'assembly'", name="assembly_decided"),
        CheckConstraint("(called_at IS NULL) = (call_outcome IS NULL)", name="whole_call"),
        partial_index(
            "ix_sign_ups_endorsing", "campaign_id", "email", where=f"kind = 'endorse' AND {STANDING}", unique=True
        ),
        partial_index(
            "ix_sign_ups_attending", "mobilization_id", "email", where=f"kind = 'attend' AND {STANDING}", unique=True
        ),
        Index("ix_sign_ups_of_address", "email", "campaign_id", "asked_at"),
        partial_index("ix_sign_ups_unconfirmed", "asked_at", where="confirmed_at IS NULL"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[SignUpKind] = mapped_column(one_of(SignUpKind))
    name: Mapped[Name]
    """Emptied with the address some time after the sign-up was withdrawn."""
    email: Mapped[EmailAddress | None]
    phone: Mapped[Short | None]
    """Someone without an email address is called by an organizer."""
    locale: Mapped[LanguageTag]
    """The language of the page where it was asked for."""
    country: Mapped[CountryCode | None]
    locality: Mapped[Name | None]
    organization_name: Mapped[Name | None]
    mandate: Mapped[Mandate | None] = mapped_column(one_of(Mandate))
    """For whom; none if its kind does not ask."""
    decided_on: Mapped[date | None]
    """The day on which the assembly decided."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The answers to what only its kind asks."""
    consent_text: Mapped[str]
    """The sentence that was agreed to, as shown."""
    asked_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None] = mapped_column(index=True)
    called_at: Mapped[Instant | None]
    """The last call."""
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    call_outcome: Mapped[CallOutcome | None] = mapped_column(one_of(CallOutcome))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    """Whom an organizer has recorded for it."""

    mobilization_id: Mapped[int | None] = mapped_column(ForeignKey("mobilizations.id", ondelete="CASCADE"), index=True)
    """What somebody wants to attend."""

    campaign: Mapped[Campaign] = relationship()
    mobilization: Mapped[Mobilization | None] = relationship()
    called_by: Mapped[User | None] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def state(self) -> SignUpState:
        """What has become of it."""
        if self.withdrawn_at is not None:
            return SignUpState.WITHDRAWN
        return SignUpState.ASKED if self.confirmed_at is None else SignUpState.CONFIRMED

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts."""
        return self.state is SignUpState.CONFIRMED

    @property
    def is_withdrawn(self) -> bool:
        """Whether it counted and was withdrawn."""
        return self.state is SignUpState.WITHDRAWN
