"""Alarms: what needs the attention of an admin, since when, and whether they were told."""

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from app.dialects import NEVER_REUSED, partial_index
from app.extensions import Base
from app.models.types import Instant, PrimaryKey, Short, one_of


class Sign(StrEnum):
    """What is looked at to see whether the house works."""

    DATABASE = "database"
    LETTERS = "letters"
    RETURNED = "returned"
    WORKER = "worker"
    BEAT = "beat"
    BACKUP = "backup"
    DISK = "disk"
    MESSAGES = "messages"
    PROXY = "proxy"


class Alarm(Base):
    """A time during which a sign needed attention. Of each sign, at most one is open."""

    __tablename__ = "alarms"
    __table_args__ = (partial_index("ix_alarms_open", "sign", where="over_at IS NULL", unique=True), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    sign: Mapped[Sign] = mapped_column(one_of(Sign))
    case: Mapped[Short]
    """What was found when it began (`Case` in app/queries/state.py)."""
    since: Mapped[Instant]
    raised_at: Mapped[Instant | None]
    """When admins were told; None as long as it may pass by itself."""
    good_since: Mapped[Instant | None]
    """Since when the sign has been good again; it has to stay so for a while."""
    over_at: Mapped[Instant | None]
    """When admins were told that it is over."""


class Pulse(Base):
    """When a process of any machine last showed that it works; with SQLite, files in VAR_DIR tell this."""

    __tablename__ = "pulses"

    id: Mapped[PrimaryKey]
    name: Mapped[Short] = mapped_column(unique=True)
    beat_at: Mapped[Instant]
