"""People and their contact details, visible only to those who work on a congress or campaign that they take part in.

A person is one record, whatever they take part in. Each participation lets those who work on one congress or campaign
see and edit the person.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Table,
    UniqueConstraint,
    event,
    false,
    inspect,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, validates

from app import clock
from app.dialects import NEVER_REUSED, partial_index
from app.extensions import Base
from app.models.naming import Listed, listed_by
from app.models.people.matched import Matched
from app.models.people.protecting import PLACE, ContactDigest, digests_of, is_seen, keys_of, settle
from app.models.removing import RemovedWhole
from app.models.scoping import InEither, Scope, Scoped, rows_before_and_after
from app.models.types import (
    NATIONALITY,
    CountryCode,
    Folded,
    Instant,
    LanguageTag,
    Name,
    PrimaryKey,
    Revised,
    Sealed,
    one_of,
)

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign
    from app.models.congress.congresses import Congress
    from app.models.people.memberships import Membership
    from app.models.people.other_names import OtherName


_REASON = {"unscoped": "whether the contact details of a person have to be sealed"}


class ContactType(StrEnum):
    """The type of a contact detail."""

    EMAIL = "email"
    PHONE = "phone"
    SIGNAL = "signal"
    WHATSAPP = "whatsapp"
    THROUGH = "through"
    """Another person or office through which the person can be reached."""
    OTHER = "other"


class Person(Revised, Base, Scoped, Listed, Matched, RemovedWhole):
    """A person; one who is removed is hidden with her seats, and with everything else that refers to her."""

    __tablename__ = "people"
    __table_args__ = (
        *listed_by(__tablename__),
        Index("ix_people_preferred_language", "preferred_language"),
        partial_index("ix_people_removed", "removed_at", where="removed_at IS NOT NULL"),
        NEVER_REUSED,
    )

    seen_through: ClassVar[list[Callable[[], Select[int]]]] = []
    """Statements of other wings that select the ids of people who are visible through their rows."""

    id: Mapped[PrimaryKey]
    given_name: Mapped[Name]
    family_name: Mapped[Name | None]
    family_name_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    preferred_language: Mapped[LanguageTag | None]
    country: Mapped[CountryCode | None]
    nationality: Mapped[str | None] = mapped_column(Sealed("people.nationality"))
    """As in the passport that the person travels with; visas and refusals depend on it."""
    nationality_digest: Mapped[str | None] = mapped_column(NATIONALITY, index=True)
    """By which people of a nationality are found."""
    is_at_risk: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the contact details are sealed, because others must not learn how to reach the person."""
    created_at: Mapped[Instant]

    participations: Mapped[list["Participation"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Participation.id"
    )
    contact_details: Mapped[list["ContactDetail"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="ContactDetail.id"
    )
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Membership.id"
    )

    other_names: Mapped[list["OtherName"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="OtherName.id"
    )

    @validates("nationality")
    def _find_by_nationality(self, _name: str, value: str | None) -> str | None:
        self.nationality_digest = value
        return value

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible through the person's participations, and wherever another wing's rows show the person.

        It is one statement for all ids: PostgreSQL cannot begin with few ids if several are combined by OR.
        """
        own = select(Participation.person_id).where(Participation.criteria())
        return cls.id.in_(union(own, *(people() for people in cls.seen_through)))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable if a participation is in the scope; of a recorded person, one that is already stored."""
        history = inspect(self).attrs.participations.load_history()
        stored = [*history.unchanged, *history.deleted]
        return any(one.is_in(scope) for one in (stored if inspect(self).persistent else history.added))

    def searched_names(self) -> tuple[str | None, ...]:
        """Return the full name and the other names: their words are found in any order."""
        return self.full_name, *(other.name for other in self.other_names)

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return family name and given name; people with a single name are sorted by it among the family names."""
        return self.family_name, self.given_name

    @property
    def full_name(self) -> str:
        """The full name in the order that the person uses."""
        names = (self.family_name, self.given_name) if self.family_name_first else (self.given_name, self.family_name)
        return " ".join(filter(None, names))

    @property
    def email_addresses(self) -> set[str]:
        """All email addresses of the person."""
        return {one.value for one in self.contact_details if one.is_email}

    @property
    def email(self) -> str | None:
        """The address to which emails to the person are sent."""
        return self.contact(ContactType.EMAIL)

    def contact(self, kind: ContactType) -> str | None:
        """Return the first current contact detail of a type; None if it is hidden from the reader."""
        detail = self.current_contact(kind)
        return detail.shown if detail else None

    def hides(self, kind: ContactType) -> bool:
        """Return whether there is such a contact detail that the reader may not see."""
        return self.current_contact(kind) is not None and self.contact(kind) is None

    def current_contact(self, kind: ContactType) -> "ContactDetail | None":
        """Return the first contact detail of a type that can be used today."""
        today = clock.now().date()
        return next((one for one in self.contact_details if one.type == kind and one.is_current(today)), None)


class Participation(Base, InEither):
    """A congress or campaign that a person takes part in; those who work on it can see and edit the person."""

    __tablename__ = "participations"
    __table_args__ = (UniqueConstraint("person_id", "congress_id"), UniqueConstraint("person_id", "campaign_id"))

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    created_at: Mapped[Instant]

    person: Mapped[Person] = relationship(back_populates="participations", active_history=True)

    congress: Mapped["Congress | None"] = relationship(viewonly=True)
    campaign: Mapped["Campaign | None"] = relationship(viewonly=True)

    @property
    def where(self) -> tuple[int | None, int | None]:
        """The ids of its congress and of its campaign; one of them is None."""
        return self.congress_id, self.campaign_id

    @property
    def key(self) -> str:
        """Its congress or campaign as forms name it: `congress:1`."""
        return f"congress:{self.congress_id}" if self.congress_id else f"campaign:{self.campaign_id}"

    def is_in(self, scope: Scope) -> bool:
        """Whether its congress or campaign is in the scope."""
        return super().belongs_to(scope)

    def belongs_to(self, scope: Scope) -> bool:
        """Writable where the person is: nobody gains access to a person by adding a participation."""
        people = rows_before_and_after(self, "person")
        is_open = bool(people) and all(person is not None and person.belongs_to(scope) for person in people)
        return is_open and self.is_in(scope)


def is_visible(person_id: Any) -> ColumnElement[bool]:
    """Return the condition that a column refers to a person who is visible; also for a column of an alias."""
    return person_id.in_(select(Person.id).where(Person.criteria()))  # type: ignore[no-any-return]


class OfPerson(Scoped):
    """A row that belongs to a person and has the same visibility."""

    person: Mapped[Person]

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its person."""
        return is_visible(cls.person_id)  # type: ignore[attr-defined]

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its person, and with the one that it belonged to before."""
        people = rows_before_and_after(self, "person")
        return bool(people) and all(person is not None and person.belongs_to(scope) for person in people)


class ContactDetail(Revised, Base, OfPerson):
    """A contact detail of a person."""

    __tablename__ = "contact_details"
    __table_args__ = (partial_index("ix_contact_details_key_digest", "key_digest", where="key_digest IS NOT NULL"),)

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    type: Mapped[ContactType] = mapped_column(one_of(ContactType))
    value: Mapped[Name]
    """As it was typed; empty if it is sealed. Pages show `shown`, and programs compare `text`."""
    key: Mapped[Folded] = mapped_column(default="", server_default="", index=True)
    """The value in the form in which it is found; see `app.text.contact_key`. Empty if it is sealed."""
    sealed_value: Mapped[str | None] = mapped_column(Sealed(PLACE))
    """What is written instead of the value and its key if the person is at risk; see `protecting`."""
    key_digest: Mapped[str | None] = mapped_column(ContactDigest())
    note: Mapped[Name | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last day on which it can be used; None if it is not known to end."""

    person: Mapped[Person] = relationship(back_populates="contact_details", active_history=True)

    @property
    def text(self) -> str:
        """What was typed, for programs that compare it; empty if it is sealed and the house is locked."""
        return self.value or self.sealed_value or ""

    @property
    def shown(self) -> str | None:
        """What was typed, for the reader of a page or file; None if it is hidden from them."""
        return self.text if self.key_digest is None or is_seen(Person, self.person_id) else None

    @property
    def is_email(self) -> bool:
        """Whether it is an email address."""
        return self.type is ContactType.EMAIL

    @property
    def is_phone(self) -> bool:
        """Whether it is a phone number."""
        return self.type is ContactType.PHONE

    def is_current(self, today: date) -> bool:
        """Whether it can be used on a day."""
        return (self.valid_from or today) <= today <= (self.valid_until or today)


def reached_by(*typed: str) -> ColumnElement[bool]:
    """Return the condition that contact details are the same as one of those typed, also where they are sealed."""
    return or_(ContactDetail.key.in_(keys_of(typed)), ContactDetail.key_digest.in_(digests_of(typed)))


@event.listens_for(Session, "before_flush")
def _protect(session: Session, _context: Any, _instances: Any) -> None:
    """Seal or open the contact details that are written, and all those of people whose mark changes."""
    for row in (*session.new, *session.dirty):
        if isinstance(row, ContactDetail) and row not in session.deleted:
            settle(row, is_at_risk=_is_at_risk(session, row))
        elif isinstance(row, Person) and inspect(row).attrs.is_at_risk.history.has_changes():
            for detail in row.contact_details:
                settle(detail, is_at_risk=row.is_at_risk)


def _is_at_risk(session: Session, detail: ContactDetail) -> bool:
    person = cast("Person | None", detail.person)
    if person is not None:  # a new row may only have the number of its person
        return bool(person.is_at_risk)
    people = cast("Table", Person.__table__)
    found = select(people.c.is_at_risk).where(people.c.id == detail.person_id)
    return bool(session.connection().scalar(found, execution_options=_REASON))
