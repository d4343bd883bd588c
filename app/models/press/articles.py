"""Press articles, with their source separate from their text, and their citations."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.scoping import InEither
from app.models.travel.problems import RouteProblem
from app.models.types import Instant, LanguageTag, Name, PrimaryKey, Revised, Short, WebAddress, one_of

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign


class VersionKind(StrEnum):
    """The relationship of an article to the article that it is a version of."""

    TRANSLATION = "translation"
    REPUBLICATION = "republication"


class Article(Revised, Base):
    """A published article: public, and visible to every account."""

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("(version_of_id IS NULL) = (version_kind IS NULL)", name="version"),
        CheckConstraint("version_of_id <> id", name="version_of_another"),
        # All that lists need: rows with a text are so long that reading past them costs more than the whole index.
        Index(
            "ix_articles_listed",
            "created_at",
            "version_of_id",
            "in_language",
            "publisher",
            "date_published",
            "link_broken_since",
        ),
        partial_index("ix_articles_not_compared", "id", where="compared_at IS NULL"),
        partial_index("ix_articles_failing", "link_checked_at", where="link_failures > 0"),
    )

    id: Mapped[PrimaryKey]
    headline: Mapped[Name]
    authors: Mapped[Name | None]
    translators: Mapped[Name | None]
    publisher: Mapped[Name | None]
    """Who published the text that we have; for a republication, who republished it."""
    date_published: Mapped[date | None]
    in_language: Mapped[LanguageTag]
    url: Mapped[WebAddress | None]
    address_key: Mapped[Short | None] = mapped_column(index=True)
    """The same for all variants of the address (app/reading/addresses.py)."""
    original_publisher: Mapped[Name | None]
    """Where it was first published, if elsewhere."""
    original_date: Mapped[date | None]
    republication_notice: Mapped[str | None]
    """The notice, verbatim."""
    may_be_republished: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a person has recorded that everyone may republish the text; the notice alone gives no right."""
    disclaimer: Mapped[str | None]
    """The disclaimer, verbatim."""
    captions: Mapped[str | None]
    """Photo captions, one per line."""
    text: Mapped[str]
    excerpt: Mapped[str]
    version_of_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    """The original of which this is a version; a version never has versions of its own."""
    version_kind: Mapped[VersionKind | None] = mapped_column(one_of(VersionKind))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant | None]
    """When it was last corrected; none if it has not changed since it was saved."""
    compared_at: Mapped[Instant | None]
    """When its text was last compared with others; none if that is still to be done."""
    link_checked_at: Mapped[Instant | None] = mapped_column(index=True)
    """When its address was last checked at night."""
    link_failure: Mapped[Short | None]
    """The result: a value of `app.fetching.Failure`; none for a response."""
    link_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    """Consecutive nights without a response."""
    link_broken_since: Mapped[Instant | None]
    """Since when its page is known to be unavailable."""

    created_by: Mapped[User | None] = relationship()
    original: Mapped["Article | None"] = relationship(remote_side="Article.id", back_populates="versions")
    versions: Mapped[list["Article"]] = relationship(back_populates="original", order_by="Article.id")
    citations: Mapped[list["Citation"]] = relationship(back_populates="article", order_by="Citation.id")

    @property
    def has_public_text(self) -> bool:
        """Whether everyone may read its text here, once a digest with it has been sent."""
        return self.may_be_republished and bool(self.text)


class Citation(Base, InEither):
    """A citation of an article in a campaign or as evidence of a route problem."""

    __tablename__ = "citations"
    __table_args__ = (
        CheckConstraint("(campaign_id IS NULL) <> (problem_id IS NULL)", name="one_subject"),
        CheckConstraint("(congress_id IS NULL) = (problem_id IS NULL)", name="problem_in_congress"),
        UniqueConstraint("campaign_id", "article_id"),
        UniqueConstraint("problem_id", "article_id"),
    )

    id: Mapped[PrimaryKey]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="RESTRICT"), index=True)
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"))
    cited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    cited_at: Mapped[Instant] = mapped_column(index=True)

    cited_by: Mapped[User | None] = relationship()
    article: Mapped[Article] = relationship(back_populates="citations")
    campaign: Mapped["Campaign | None"] = relationship()
    problem: Mapped[RouteProblem | None] = relationship()
