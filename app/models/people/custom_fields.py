"""Fields that the house itself adds to people and organizations, and their values."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.records import OfRecord, of_one_record
from app.models.types import Folded, Instant, PrimaryKey, Revised, one_of

STEPS = ("1", "2", "3", "4", "5")
"""The keys of the steps of an assessment."""


class FieldKind(StrEnum):
    """What is entered in a field."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    ASSESSMENT = "assessment"
    """A step from 1 to 5, each with a label."""


class RecordKind(StrEnum):
    """What a field belongs to."""

    PERSON = "person"
    ORGANIZATION = "organization"


class Comparison(StrEnum):
    """How a value is compared; only IS_SET and IS make sense for every kind of field."""

    IS_SET = "is_set"
    IS = "is"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Option(TypedDict):
    """A value that can be chosen: its key is stored, and never changes."""

    key: str
    labels: dict[str, str]
    """By language."""


class CustomField(Revised, Base):
    """A field of the house's own; all texts are by language, and the first known one is shown if a language is missing."""

    __tablename__ = "custom_fields"

    id: Mapped[PrimaryKey]
    record_kind: Mapped[RecordKind] = mapped_column(one_of(RecordKind))
    kind: Mapped[FieldKind] = mapped_column(one_of(FieldKind))
    position: Mapped[int]
    """Its place among the fields of its kind of record, lowest first."""
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    helps: Mapped[dict[str, str]] = mapped_column(JSON)
    reasons: Mapped[dict[str, str]] = mapped_column(JSON)
    """Why it is asked."""
    options: Mapped[list[Option]] = mapped_column(JSON)
    """The choices, or the steps of an assessment; empty for other kinds."""
    retired_at: Mapped[Instant | None]
    """Since when it is neither asked nor shown; its values are kept."""
    created_at: Mapped[Instant]

    @property
    def key(self) -> str:
        """Its name in forms."""
        return f"custom_{self.id}"

    @property
    def is_of_people(self) -> bool:
        """Whether people have it."""
        return self.record_kind is RecordKind.PERSON

    @property
    def option_keys(self) -> set[str]:
        """The keys that can be chosen."""
        return {option["key"] for option in self.options}


class CustomValue(Base, OfRecord):
    """The value of a field for a person or an organization; each has at most one.

    The column depends on the kind of field: `text` and `words` for a text (as typed, and folded) and for a choice (both
    are the option's key), `number` for a number, for an assessment (1 to 5), and for yes (1) and no (0), `day` for a date.
    Each has an index with the field, by which segments are found and lists are sorted.
    """

    __tablename__ = "custom_values"
    __table_args__ = (
        of_one_record(),
        UniqueConstraint("field_id", "person_id"),
        UniqueConstraint("field_id", "organization_id"),
        Index("ix_custom_values_field_id_words", "field_id", "words", "id"),
        Index("ix_custom_values_field_id_number", "field_id", "number", "id"),
        Index("ix_custom_values_field_id_day", "field_id", "day", "id"),
    )

    id: Mapped[PrimaryKey]
    field_id: Mapped[int] = mapped_column(ForeignKey("custom_fields.id", ondelete="CASCADE"))
    text: Mapped[str | None]
    words: Mapped[Folded | None]
    number: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    day: Mapped[date | None]

    field: Mapped[CustomField] = relationship(lazy="joined", innerjoin=True)

    @property
    def value(self) -> "Value":
        """The value in the type that the field has: text or key, number, whole step, yes or no, or date."""
        return value_of(self.field.kind, text=self.text, number=self.number, day=self.day)


Value = str | Decimal | int | bool | date | None
"""A value of a field; None if nothing is recorded."""


def value_of(kind: FieldKind, *, text: str | None, number: Decimal | None, day: date | None) -> Value:
    """Return the value that is stored in one of the columns, in the type that a kind of field has."""
    match kind:
        case FieldKind.DATE:
            return day
        case FieldKind.NUMBER:
            return number
        case FieldKind.YES_NO:
            return None if number is None else bool(number)
        case FieldKind.ASSESSMENT:
            return None if number is None else int(number)
        case _:
            return text
