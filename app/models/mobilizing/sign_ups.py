"""What the public signs up for in a campaign: endorsing it, signing, attending, hosting, joining."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED, partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.brigades import Brigade
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.statements import StatementVersion
from app.models.people.people import Person
from app.models.scoping import InCampaign
from app.models.types import CountryCode, EmailAddress, Instant, LanguageTag, Name, PrimaryKey, Short, one_of

STANDING = "confirmed_at IS NOT NULL AND withdrawn_at IS NULL"
"""The condition for a sign-up that counts, for partial indexes."""
SUBJECTS: tuple[str, ...] = ("version_id", "mobilization_id", "day_of_action_id", "brigade_id")
"""The columns that say what a sign-up is about; all of them are empty if it is about the campaign itself."""


class SignUpKind(StrEnum):
    """What somebody signs up for."""

    ENDORSE = "endorse"
    SIGN = "sign"
    ATTEND = "attend"
    HOST = "host"
    JOIN = "join"


DECIDED = (SignUpKind.HOST, SignUpKind.JOIN)
"""The kinds that need the consent of the organizers, too."""


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


class Decision(StrEnum):
    """What the organizers have decided about a sign-up that needs their consent: to host, or to join a brigade."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


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
        CheckConstraint(
            "email IS NOT NULL OR phone IS NOT NULL OR withdrawn_at IS NOT NULL OR owner_digest IS NOT NULL",
            name="reachable",
        ),
        CheckConstraint("withdrawn_at IS NULL OR confirmed_at IS NOT NULL", name="confirmed_first"),
        CheckConstraint("decided_on IS NULL OR mandate = 'assembly'", name="assembly_decided"),
        CheckConstraint("(called_at IS NULL) = (call_outcome IS NULL)", name="whole_call"),
        partial_index(
            "ix_sign_ups_endorsing", "campaign_id", "email", where=f"kind = 'endorse' AND {STANDING}", unique=True
        ),
        partial_index(
            "ix_sign_ups_attending", "mobilization_id", "email", where=f"kind = 'attend' AND {STANDING}", unique=True
        ),
        partial_index("ix_sign_ups_signing", "version_id", "email", where=STANDING, unique=True),
        partial_index(
            "ix_sign_ups_withdrawals",
            "version_id",
            "mandate",
            "withdrawn_at",
            "campaign_id",
            where="withdrawn_at IS NOT NULL",
        ),
        Index("ix_sign_ups_signatures", "version_id", "mandate", "confirmed_at", "id", "withdrawn_at", "campaign_id"),
        CheckConstraint("(version_id IS NOT NULL) = (kind = 'sign')", name="signs_a_version"),
        CheckConstraint("kind <> 'sign' OR mandate IS NOT NULL", name="signs_for_somebody"),
        CheckConstraint("(day_of_action_id IS NOT NULL) = (kind = 'host')", name="hosts_on_a_day"),
        CheckConstraint("(brigade_id IS NOT NULL) = (kind = 'join')", name="joins_a_brigade"),
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="whole_decision"),
        CheckConstraint("decision IS NULL OR confirmed_at IS NOT NULL", name="decided_after"),
        partial_index("ix_sign_ups_joining", "brigade_id", "email", where=f"kind = 'join' AND {STANDING}", unique=True),
        Index("ix_sign_ups_of_address", "email", "campaign_id", "asked_at"),
        partial_index("ix_sign_ups_unconfirmed", "asked_at", where="confirmed_at IS NULL"),
        partial_index("ix_sign_ups_owner_digest", "version_id", "owner_digest", where="owner_digest IS NOT NULL"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[SignUpKind] = mapped_column(one_of(SignUpKind))
    name: Mapped[Name]
    """Emptied with the address some time after the sign-up was withdrawn, or what it is about was over."""
    email: Mapped[EmailAddress | None]
    phone: Mapped[Short | None]
    """Someone without an email address is called by an organizer."""
    owner_digest: Mapped[str | None] = mapped_column(String(40))
    """A keyed digest of both once their period has ended and they were deleted: one person still counts as one."""
    locale: Mapped[LanguageTag]
    """The language of the page where it was asked for."""
    country: Mapped[CountryCode | None]
    locality: Mapped[Name | None]
    organization_name: Mapped[Name | None]
    mandate: Mapped[Mandate | None] = mapped_column(one_of(Mandate))
    """For whom; none if its kind does not ask."""
    decided_on: Mapped[date | None]
    """The day on which the assembly decided."""
    is_named: Mapped[bool] = mapped_column(server_default=true())
    """Whether the name is shown to everyone."""
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
    version_id: Mapped[int | None] = mapped_column(ForeignKey("statement_versions.id", ondelete="CASCADE"))
    """What is signed: the text that the signer has seen."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    """Whom an organizer has recorded for it."""

    mobilization_id: Mapped[int | None] = mapped_column(ForeignKey("mobilizations.id", ondelete="CASCADE"), index=True)
    """What somebody attends; or what somebody hosts, once it is recorded."""
    day_of_action_id: Mapped[int | None] = mapped_column(
        ForeignKey("days_of_action.id", ondelete="CASCADE"), index=True
    )
    """For which day of action somebody proposes a mobilization."""
    brigade_id: Mapped[int | None] = mapped_column(ForeignKey("brigades.id", ondelete="CASCADE"))
    """Which brigade somebody wants to join."""
    decision: Mapped[Decision | None] = mapped_column(one_of(Decision))
    decided_at: Mapped[Instant | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decision_reason: Mapped[str | None]
    """Why it was declined, as the person is told."""
    link_number: Mapped[int] = mapped_column(server_default="0", default=0)
    """Part of the personal link of a host; a new number ends the links before."""

    campaign: Mapped[Campaign] = relationship()
    mobilization: Mapped[Mobilization | None] = relationship()
    version: Mapped[StatementVersion | None] = relationship()
    day_of_action: Mapped[DayOfAction | None] = relationship()
    brigade: Mapped[Brigade | None] = relationship()
    called_by: Mapped[User | None] = relationship(foreign_keys=[called_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    person: Mapped[Person | None] = relationship()

    @property
    def state(self) -> SignUpState:
        """What has become of it."""
        if self.withdrawn_at is not None:
            return SignUpState.WITHDRAWN
        return SignUpState.ASKED if self.confirmed_at is None else SignUpState.CONFIRMED

    @property
    def is_accepted(self) -> bool:
        """Whether the organizers have accepted it."""
        return self.decision is Decision.ACCEPTED

    @property
    def waits_for_decision(self) -> bool:
        """Whether the organizers have to accept or decline it."""
        return self.kind in DECIDED and self.is_confirmed and self.decision is None

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts."""
        return self.state is SignUpState.CONFIRMED

    @property
    def is_withdrawn(self) -> bool:
        """Whether it counted and was withdrawn."""
        return self.state is SignUpState.WITHDRAWN
