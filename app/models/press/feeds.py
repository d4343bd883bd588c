"""Feeds that are followed: newspapers that say themselves what is new."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.leases import Claimed
from app.models.removing import Removable
from app.models.types import Instant, Name, PrimaryKey, Short, WebAddress


class Feed(Claimed, Removable, Base):
    """A feed and what is known of its last answer. It belongs to everybody who may keep articles.

    A worker claims it by moving `next_fetch_at` on by an hour, in one conditional UPDATE: a process that is killed with a
    feed in its hand leaves one that is asked again in an hour, and no server is asked twice within it.
    """

    __tablename__ = "feeds"

    id: Mapped[PrimaryKey]
    url: Mapped[WebAddress]
    address_key: Mapped[Short] = mapped_column(unique=True)
    """The same for all forms of the address (app/reading/addresses.py)."""
    title: Mapped[Name | None]
    etag: Mapped[str | None] = mapped_column(String(500))
    last_modified: Mapped[str | None] = mapped_column(String(500))
    """Both as the server said them, to be shown to it the next time."""
    body_hash: Mapped[Short | None]
    """Of what was read last; none where it has never been read."""
    fetched_at: Mapped[Instant | None]
    """When it was last asked, whatever came of it."""
    next_fetch_at: Mapped[Instant] = mapped_column(index=True)
    not_before: Mapped[Instant]
    """No wish of a person has it asked earlier: an hour after the last time, or what its server asked for."""
    failures: Mapped[int]
    """In a row."""
    last_failure: Mapped[Short | None] = mapped_column("last_word")
    """What went wrong the last time: a value of app.fetching.Failure or of app.domain.press.feeds."""
    paused_at: Mapped[Instant | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]
