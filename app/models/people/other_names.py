"""Names of a person besides the usual one."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.people import OfPerson, Person
from app.models.types import Name, PrimaryKey, Revised, one_of


class NameKind(StrEnum):
    """Where a name is used."""

    PASSPORT = "passport"
    BADGE = "badge"
    SCRIPT = "script"
    """The name in another script."""
    FORMER = "former"
    KNOWN_AS = "known_as"


ONLY_ONE = frozenset({NameKind.PASSPORT, NameKind.BADGE})
"""Kinds of which a person has at most one name."""


class OtherName(Revised, Base, OfPerson):
    """A name of a person besides the usual one; the person is found by it too."""

    __tablename__ = "other_names"

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True)
    kind: Mapped[NameKind] = mapped_column(one_of(NameKind))
    name: Mapped[Name]

    person: Mapped[Person] = relationship(back_populates="other_names", active_history=True)
