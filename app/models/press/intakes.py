"""Incoming articles, before a person has confirmed them."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.leases import Leased
from app.models.press.feeds import Feed
from app.models.types import Instant, LanguageTag, PrimaryKey, Short, WebAddress, one_of


class IntakeSource(StrEnum):
    """The source of an incoming article."""

    ADDRESS = "address"
    TEXT = "text"
    FEED = "feed"
    MAIL = "mail"


class IntakeStatus(StrEnum):
    """The status of an incoming article."""

    LISTED = "listed"
    """Listed by a feed; it is not fetched until a person wants it."""
    WAITING = "waiting"
    """Waiting for a worker to fetch and read it."""
    READ = "read"
    """Waiting for a person to confirm it."""
    FAILED = "failed"
    KEPT = "kept"
    REFUSED = "refused"


class Intake(Leased, Base):
    """An incoming article. What a person adds is visible only to that person, what a feed lists to everyone.

    A worker claims it with one conditional UPDATE under a lease; when the lease has expired, it may be claimed again.
    """

    __tablename__ = "intakes"
    __table_args__ = (
        UniqueConstraint("feed_id", "entry_key"),
        CheckConstraint("(source = 'feed') = (feed_id IS NOT NULL)", name="feed"),
        CheckConstraint("source = 'feed' OR created_by_id IS NOT NULL", name="somebody"),
        CheckConstraint("url IS NOT NULL OR pasted IS NOT NULL", name="something"),
    )

    id: Mapped[PrimaryKey]
    source: Mapped[IntakeSource] = mapped_column(one_of(IntakeSource))
    status: Mapped[IntakeStatus] = mapped_column(one_of(IntakeStatus), index=True)
    url: Mapped[WebAddress | None]
    address_key: Mapped[Short | None] = mapped_column(index=True)
    """The same for all variants of the address (app/reading/addresses.py)."""
    pasted: Mapped[str | None]
    """The text as it was pasted or emailed."""
    in_language: Mapped[LanguageTag | None]
    """The language that a person chose; none if it is to be detected from the text."""
    failure: Mapped[Short | None]
    """Why it failed, or could not be reached yet: a value of app.fetching.Failure or of app.domain.intakes."""
    fields: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What was read, or what the feed lists, as an app.reading.articles.Reading, dates in ISO 8601."""
    feed_id: Mapped[int | None] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"))
    entry_key: Mapped[Short | None]
    """The feed's own id of the entry, hashed."""
    mail_key: Mapped[Short | None] = mapped_column(unique=True)
    """Account and Message-ID, hashed: the same email adds one article."""
    attempts: Mapped[int]
    next_try_at: Mapped[Instant | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Instant]
    read_at: Mapped[Instant | None]
    refused_at: Mapped[Instant | None]
    """When a person rejected it; none also if it was skipped because the feed was long."""

    feed: Mapped[Feed | None] = relationship()

    @property
    def day(self) -> date | None:
        """The publication date, if it is known yet."""
        listed = (self.fields or {}).get("date_published")
        return date.fromisoformat(listed) if listed else None

    @property
    def is_listed(self) -> bool:
        """Whether a feed lists it, and nobody has asked for it."""
        return self.status is IntakeStatus.LISTED

    @property
    def is_waiting(self) -> bool:
        """Whether a worker will fetch it."""
        return self.status is IntakeStatus.WAITING

    @property
    def is_failed(self) -> bool:
        """Whether nothing could be read."""
        return self.status is IntakeStatus.FAILED

    @property
    def is_refused(self) -> bool:
        """Whether a person rejected it."""
        return self.status is IntakeStatus.REFUSED

    @property
    def is_kept(self) -> bool:
        """Whether it has been saved as an article."""
        return self.status is IntakeStatus.KEPT
