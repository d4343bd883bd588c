"""Feeds of articles."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.leases import Claimed
from app.models.removing import Removable
from app.models.types import Instant, Name, PrimaryKey, Short, WebAddress


class Feed(Claimed, Removable, Base):
    """A feed and the result of its last request. It belongs to everyone who may save articles.

    A worker claims it by advancing `next_fetch_at` by an hour, in one conditional UPDATE: if a process is killed while
    it holds a feed, the feed is requested again in an hour, and no server gets two requests within it.
    """

    __tablename__ = "feeds"

    id: Mapped[PrimaryKey]
    url: Mapped[WebAddress]
    address_key: Mapped[Short] = mapped_column(unique=True)
    """The same for all variants of the address (app/reading/addresses.py)."""
    title: Mapped[Name | None]
    etag: Mapped[str | None] = mapped_column(String(500))
    last_modified: Mapped[str | None] = mapped_column(String(500))
    """Both as sent by the server, for the next request."""
    body_hash: Mapped[Short | None]
    """The digest of what was read last; none if it has never been read."""
    fetched_at: Mapped[Instant | None]
    """When it was last requested, whatever the result."""
    next_fetch_at: Mapped[Instant] = mapped_column(index=True)
    not_before: Mapped[Instant]
    """The earliest request that a person can ask for: an hour after the last one, or what the server asked for."""
    failures: Mapped[int]
    """Consecutive failures."""
    last_failure: Mapped[Short | None]
    """The last failure: a value of app.fetching.Failure or of app.domain.press.feeds."""
    paused_at: Mapped[Instant | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
