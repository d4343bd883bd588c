"""What people have agreed to: for which purpose, when, how, and in which words; and what they have withdrawn."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.people.people import OfPerson, Person
from app.models.types import Instant, PrimaryKey, Revised, one_of


class ConsentPurpose(StrEnum):
    """What a person agrees to."""

    EMAIL = "email"
    PHONE = "phone"
    MESSAGES = "messages"
    PHOTOS = "photos"
    PUBLISH_NAME = "publish_name"
    SHARE = "share"
    """Giving the data to other organizations."""
    PRESS = "press"
    CALLS_FROM_TRAVELERS = "calls_from_travelers"
    """Being named to travelers who will cross a border that the person has crossed, with a phone number."""


class ConsentMeans(StrEnum):
    """How a person gave or withdrew a consent."""

    FORM = "form"
    PAPER = "paper"
    PHONE = "phone"
    IN_PERSON = "in_person"
    LINK = "link"


class Consent(Revised, Base, OfPerson):
    """A consent of a person to one purpose. It is never edited: it is withdrawn, and given anew in a row of its own."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_how IS NULL)", name="whole_withdrawal"),
        CheckConstraint("withdrawn_at >= given_at", name="given_first"),
    )

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(one_of(ConsentPurpose))
    given_at: Mapped[date]
    how: Mapped[ConsentMeans] = mapped_column(one_of(ConsentMeans))
    words: Mapped[str]
    """What the person agreed to, verbatim."""
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    withdrawn_at: Mapped[date | None]
    withdrawn_how: Mapped[ConsentMeans | None] = mapped_column(one_of(ConsentMeans, name="WithdrawalMeans"))
    withdrawal_recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    person: Mapped[Person] = relationship(active_history=True)
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id])
    withdrawal_recorded_by: Mapped[User | None] = relationship(foreign_keys=[withdrawal_recorded_by_id])

    @property
    def is_withdrawn(self) -> bool:
        """Whether the person has withdrawn it."""
        return self.withdrawn_at is not None

    @property
    def stated_at(self) -> date:
        """The day of the last statement of the person about it."""
        return self.withdrawn_at or self.given_at
