"""Suggested versions of one article, for a person to decide."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.press.articles import Article
from app.models.types import Instant, PrimaryKey, one_of


class SuggestionKind(StrEnum):
    """The possible relationship of two articles."""

    SAME = "same"
    TRANSLATION = "translation"


class VersionSuggestion(Base):
    """Two articles that may be versions of each other. Each pair is stored once, so a rejection is permanent."""

    __tablename__ = "version_suggestions"
    __table_args__ = (
        UniqueConstraint("article_id", "other_id"),
        CheckConstraint("article_id > other_id", name="later_first"),
    )

    id: Mapped[PrimaryKey]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    """The one that was saved later."""
    other_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    kind: Mapped[SuggestionKind] = mapped_column(one_of(SuggestionKind))
    likeness: Mapped[float]
    """0.0 to 1.0."""
    made_at: Mapped[Instant]
    dismissed_at: Mapped[Instant | None]
    """When a person rejected it; it is never suggested again."""

    article: Mapped[Article] = relationship(foreign_keys=[article_id])
    other: Mapped[Article] = relationship(foreign_keys=[other_id])
