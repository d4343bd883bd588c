"""What the house knows about entering countries: visas, consulates and emergency numbers, notes. Public, shared by all."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.removing import Removable
from app.models.travel.places import Crossing
from app.models.types import CountryCode, Name, PrimaryKey, Revised, Short, one_of


class EntryRequirement(StrEnum):
    """Whether a passport needs a visa."""

    NOT_NEEDED = "not_needed"
    ON_ARRIVAL = "on_arrival"
    ELECTRONIC = "electronic"
    """A visa or an authorization that is applied for online."""
    BEFORE_TRAVEL = "before_travel"
    REFUSED = "refused"
    NOT_KNOWN = "not_known"


class ContactKind(StrEnum):
    """Who answers."""

    EMERGENCY = "emergency"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    HELP = "help"
    """An organization that helps travelers there."""


class NoteTopic(StrEnum):
    """What a note is about."""

    DOCUMENTS = "documents"
    MONEY = "money"
    FORMALITIES = "formalities"
    REPORT = "report"
    """What a traveler reported from there."""
    OTHER = "other"


class Sourced(Removable):
    """A fact that somebody entered: where it is from, and when it was checked."""

    country: Mapped[CountryCode] = mapped_column(index=True)
    """The country that is entered."""
    source: Mapped[Name]
    checked_on: Mapped[date]


class EntryRule(Revised, Base, Sourced):
    """Whether holders of a passport need a visa to enter a country, and to change planes there."""

    __tablename__ = "entry_rules"
    __table_args__ = (
        UniqueConstraint("passport", "country"),
        CheckConstraint("days BETWEEN 1 AND 3650", name="days"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    passport: Mapped[CountryCode]
    """The country that issued the passport."""
    requirement: Mapped[EntryRequirement] = mapped_column(one_of(EntryRequirement))
    days: Mapped[int | None]
    """How many days they may stay."""
    transit: Mapped[EntryRequirement] = mapped_column(one_of(EntryRequirement, name="TransitRequirement"))
    """What they need if they only change planes."""
    note: Mapped[str | None]


class CountryContact(Revised, Base, Sourced):
    """An emergency number, an embassy or a consulate in a country."""

    __tablename__ = "country_contacts"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    kind: Mapped[ContactKind] = mapped_column(one_of(ContactKind))
    name: Mapped[Name]
    passport: Mapped[CountryCode | None]
    """Whose citizens it serves; None if everybody's."""
    phone: Mapped[Short | None]
    """In E.164, or a short number that is dialed in the country."""
    address: Mapped[str | None]


class BorderNote(Revised, Base, Sourced):
    """What travelers should know about entering a country, or about one of its crossings."""

    __tablename__ = "border_notes"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    topic: Mapped[NoteTopic] = mapped_column(one_of(NoteTopic))
    crossing_id: Mapped[int | None] = mapped_column(ForeignKey("crossings.id", ondelete="SET NULL"), index=True)
    """The crossing that it is about; None if the whole country."""
    text: Mapped[str]

    crossing: Mapped[Crossing | None] = relationship()


Fact = EntryRule | CountryContact | BorderNote
