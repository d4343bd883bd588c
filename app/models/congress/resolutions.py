"""Resolutions that a congress has adopted."""

from datetime import date

from sqlalchemy.orm import Mapped, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.congress.congresses import Congress
from app.models.naming import Named
from app.models.removing import Removable
from app.models.scoping import InCongress
from app.models.types import Instant, LanguageTag, Name, PrimaryKey, Revised, Short


class Resolution(Revised, Base, InCongress, Named, Removable):
    """A text that a congress has adopted. Campaigns come from it, and actions carry it out."""

    __tablename__ = "resolutions"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    number: Mapped[Short | None]
    """What the congress calls it: `7`, `III-b`."""
    title: Mapped[Name]
    text: Mapped[str]
    """Plain paragraphs, as adopted."""
    in_language: Mapped[LanguageTag]
    adopted_on: Mapped[date | None]
    created_at: Mapped[Instant]

    congress: Mapped[Congress] = relationship()

    def searched_names(self) -> tuple[str | None, ...]:
        """Return the title and the number."""
        return self.title, self.number

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the title."""
        return (self.title,)
