"""Tags of people and organizations: a vocabulary that the whole house shares.

Every account that sees organizations sees the names of tags, so a tag must not name a person. Who has a tag is visible
with the person.
"""

from sqlalchemy import JSON, ColumnElement, ForeignKey, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.config import LOCALES
from app.extensions import Base
from app.models.naming import Named
from app.models.people.records import OfRecord, of_one_record
from app.models.types import Instant, Name, PrimaryKey, Revised, Short


class Tag(Revised, Base, Named):
    """A word by which people and organizations are grouped."""

    __tablename__ = "tags"

    id: Mapped[PrimaryKey]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    """By language."""
    group: Mapped[Short | None]
    """What tags that belong together have in common: `Skills`."""
    description: Mapped[Name | None]
    """When to use it."""
    created_at: Mapped[Instant]

    @hybrid_property
    def name(self) -> str:
        """Return the name in the first language that is known; pages show the one in the reader's language (`tag_name`)."""
        return next((self.names[language] for language in LOCALES if language in self.names), "")

    @name.inplace.expression
    @classmethod
    def _name_in_database(cls) -> ColumnElement[str]:
        return func.coalesce(*(cls.names[language].as_string() for language in LOCALES))

    def searched_names(self) -> tuple[str | None, ...]:
        """Return the names and the group."""
        return *self.names.values(), self.group

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the name."""
        return (self.name,)


class Tagging(Base, OfRecord):
    """A tag of a person or of an organization; each has a tag at most once."""

    __tablename__ = "taggings"
    __table_args__ = (
        of_one_record(),
        UniqueConstraint("tag_id", "person_id"),
        UniqueConstraint("tag_id", "organization_id"),
    )

    id: Mapped[PrimaryKey]
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"))
    created_at: Mapped[Instant]

    tag: Mapped[Tag] = relationship(lazy="joined", innerjoin=True)
