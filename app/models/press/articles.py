"""Press articles, with where they come from kept apart from what they say, and where they are cited."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
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
    """What one article is to the article that it is a version of."""

    TRANSLATION = "translation"
    REPUBLICATION = "republication"


class Article(Revised, Base):
    """An article as it was published: public, and known to everyone who works here."""

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("(version_of_id IS NULL) = (version_kind IS NULL)", name="version"),
        CheckConstraint("version_of_id <> id", name="version_of_another"),
        # All that lists ask for: a text makes a row so long that reading past it costs more than the whole index.
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
    """Who published the text that we hold; for a republication, the one who republished it."""
    date_published: Mapped[date | None]
    in_language: Mapped[LanguageTag]
    url: Mapped[WebAddress | None]
    address_key: Mapped[Short | None] = mapped_column(index=True)
    """The same for all forms of the address (app/reading/addresses.py)."""
    original_publisher: Mapped[Name | None]
    """Where it appeared first, if somewhere else."""
    original_date: Mapped[date | None]
    republication_notice: Mapped[str | None]
    """The notice word for word."""
    disclaimer: Mapped[str | None]
    """The disclaimer word for word."""
    captions: Mapped[str | None]
    """Photo captions, one to a line."""
    text: Mapped[str]
    excerpt: Mapped[str]
    version_of_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    """The original of which this is a version, always the first of all: no version has versions of its own."""
    version_kind: Mapped[VersionKind | None] = mapped_column(one_of(VersionKind))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant | None]
    """When it was corrected last; none where it stands as it was first kept."""
    compared_at: Mapped[Instant | None]
    """When its text was last compared with others; none where that is still to be done."""
    link_checked_at: Mapped[Instant | None] = mapped_column(index=True)
    """When its address was last asked at night."""
    link_failure: Mapped[Short | None] = mapped_column("link_word")
    """What came of it: a value of `app.fetching.Failure`; none for an answer."""
    link_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    """So many nights in a row the address did not answer."""
    link_broken_since: Mapped[Instant | None]
    """Since when its page is known to be gone."""

    created_by: Mapped[User | None] = relationship()
    original: Mapped["Article | None"] = relationship(remote_side="Article.id", back_populates="versions")
    versions: Mapped[list["Article"]] = relationship(back_populates="original", order_by="Article.id")
    citations: Mapped[list["Citation"]] = relationship(back_populates="article", order_by="Citation.id")


class Citation(Base, InEither):
    """An article cited in a campaign or as the evidence of a route problem."""

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
