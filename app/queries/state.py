"""The state of the house: what works, what needs attention, and since when.

Part of it is read from files in VAR_DIR and needs no database, so that it can be told while the database is out of order.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.broker_folder import BrokerFolder
from app.config import Config
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.alarms import Pulse, Sign
from app.models.mail.deliveries import Delivery, DeliveryKind, Priority
from app.models.mail.relays import RETURNED, InboxTrouble, RelayTrouble
from app.queries.accounts import alarms, backups
from app.queries.mail.deliveries import NOT_HELD, WAITING

STANDING_AFTER = timedelta(minutes=15)
"""Letters that are due this long, while no other is sent, are standing."""
URGENT_AFTER = timedelta(minutes=5)
"""If a letter that somebody waits for has been due this long, something is wrong, even if others are sent."""
FAILING_AFTER = timedelta(hours=1)
"""If a letter has failed several times and none was sent for this long, no letter can be sent."""
FAILED_ATTEMPTS = 4
LEAST_FREE = 1_000_000_000
"""Bytes that have to be free, or a tenth of the disk if that is less."""
TROUBLED_FOR = timedelta(days=1)
"""How long messages that cannot be read need attention; they are kept longer."""
WORKER = "worker"
"""The name of the workers’ pulse."""


class Condition(StrEnum):
    """Whether somebody has to do something."""

    GOOD = "good"
    NOTE = "note"
    """Nothing is wrong, but there is something to know."""
    ATTENTION = "attention"


class Case(StrEnum):
    """What was found about a sign."""

    GOOD = "good"
    DOWN = "down"
    STANDING = "standing"
    FAILING = "failing"
    RELAY = "relay"
    AWAY = "away"
    INSECURE = "insecure"
    CLOSED = "closed"
    FOLDER = "folder"
    SILENT = "silent"
    NEVER = "never"
    FULL = "full"
    UNKNOWN = "unknown"
    NONE = "none"
    FIRST = "first"
    LATE = "late"
    QUEUED = "queued"
    UNREADABLE = "unreadable"
    UNDECLARED = "undeclared"


@dataclass(frozen=True, slots=True)
class Line:
    """What was found about one sign."""

    sign: Sign
    case: Case = Case.GOOD
    condition: Condition = Condition.GOOD
    at: datetime | None = None
    """For what needs attention: since when, if that is known. Otherwise: when it was last seen to work."""

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to do something."""
        return self.condition is Condition.ATTENTION


def _wrong(sign: Sign, case: Case, since: datetime | None = None) -> Line:
    return Line(sign, case, Condition.ATTENTION, since)


def all_lines(settings: Config) -> list[Line]:
    """Return all lines; if the database does not answer, those that can be told without it."""
    try:
        found = [Line(Sign.DATABASE), _letters(), _backup(settings), *of_machine(settings, heard_elsewhere(settings))]
        if settings.mail_bounce_url:
            found.append(_returned())
    except SQLAlchemyError:
        db.session.rollback()
        found = [_wrong(Sign.DATABASE, Case.DOWN), *of_machine(settings)]
    return sorted(found, key=lambda line: list(Sign).index(line.sign))


def signs_needing_attention(settings: Config) -> list[Sign]:
    """Return the signs that need attention, at little cost: of the database, only open alarms are read."""
    found = {line.sign for line in of_machine(settings, heard_elsewhere(settings)) if line.needs_attention}
    found |= {one.sign for one in alarms.raised() if one.sign in (Sign.LETTERS, Sign.RETURNED, Sign.BACKUP)}
    return [sign for sign in Sign if sign in found]


def of_machine(settings: Config, heard: datetime | None = None) -> list[Line]:
    """Return the lines that need no database; `heard` is when a worker on another machine was heard last.

    Beat has no pulse in the database, but its messages expire after seconds: a worker that runs one shows that beat lives.
    """
    lines = [
        _pulse(Sign.WORKER, settings, settings.pulse_file, heard),
        _pulse(Sign.BEAT, settings, settings.beat_file, heard),
        _disk(settings),
        _proxy(settings),
    ]
    if settings.broker_url.startswith("filesystem:"):
        lines.append(_messages(settings))
    return lines


def heard_elsewhere(settings: Config) -> datetime | None:
    """Return when a worker on any machine was heard last, if they may be on others than this one."""
    return None if settings.embedded else db.session.scalar(select(Pulse.beat_at).where(Pulse.name == WORKER))


def _pulse(sign: Sign, settings: Config, file: Path, heard: datetime | None) -> Line:
    """Return whether a process has shown that it works. One that was just started has some time to begin."""
    patience = timedelta(seconds=settings.worker_silence_seconds)
    last = max(filter(None, (_written_at(file), heard)), default=None)
    started = _written_at(settings.running_file)
    limit = clock.now() - patience
    if last is not None and last >= limit:
        return Line(sign, at=last)
    if started is not None and started >= limit:
        return Line(sign, Case.FIRST, Condition.NOTE)
    return _wrong(sign, Case.SILENT, last) if last else _wrong(sign, Case.NEVER, started)


def _letters() -> Line:
    """Return whether letters are sent. Letters about alarms do not count: they are sent even if no worker works."""
    now = clock.now()
    due = (*NOT_HELD, Delivery.due_at <= now, Delivery.free_at(now))
    oldest = db.session.scalar(select(func.min(Delivery.due_at)).where(*due))
    if oldest is not None and oldest < now - STANDING_AFTER and not _sent_since(now - STANDING_AFTER):
        return _wrong(Sign.LETTERS, Case.STANDING, oldest)
    in_trouble = select(RelayTrouble.id).where(RelayTrouble.since < now - FAILING_AFTER)
    if db.session.scalar(in_trouble.limit(1)) is not None:
        return _wrong(Sign.LETTERS, Case.RELAY if _sent_since(now - FAILING_AFTER) else Case.FAILING)
    failing = select(Delivery.id).where(
        *WAITING, Delivery.attempts >= FAILED_ATTEMPTS, Delivery.last_error.is_not(None), _is_ordinary()
    )
    if db.session.scalar(failing.limit(1)) is not None and not _sent_since(now - FAILING_AFTER):
        return _wrong(Sign.LETTERS, Case.FAILING)
    urgent = (*due, Delivery.priority == Priority.FIRST, Delivery.due_at < now - URGENT_AFTER, _is_ordinary())
    longest = db.session.scalar(select(func.min(Delivery.due_at)).where(*urgent))
    return _wrong(Sign.LETTERS, Case.QUEUED, longest) if longest else Line(Sign.LETTERS)


def _returned() -> Line:
    """Return whether the mailbox of returned emails can be read. A server may be away for minutes."""
    trouble = db.session.scalars(select(InboxTrouble).where(InboxTrouble.name == RETURNED)).one_or_none()
    if trouble is None:
        return Line(Sign.RETURNED)
    lasts = trouble.since < clock.now() - STANDING_AFTER
    return Line(Sign.RETURNED, Case(trouble.reason), Condition.ATTENTION if lasts else Condition.NOTE, trouble.since)


def _sent_since(instant: datetime) -> bool:
    return (
        db.session.scalar(select(Delivery.id).where(Delivery.sent_at >= instant, _is_ordinary()).limit(1)) is not None
    )


def _is_ordinary() -> ColumnElement[bool]:
    return Delivery.kind != DeliveryKind.ALARM


def _backup(settings: Config) -> Line:
    """Return whether there is a recent backup; that none are made at all is no alarm, because others may make them."""
    now, last = clock.now(), backups.last_backup()
    is_late = last is None or last.made_at < now - backups.LATE_AFTER
    if not settings.makes_backups:
        at = last.made_at if last else None
        return Line(Sign.BACKUP, Case.NONE, Condition.NOTE, at) if is_late else Line(Sign.BACKUP, at=at)
    if last is not None:
        return _wrong(Sign.BACKUP, Case.LATE, last.made_at) if is_late else Line(Sign.BACKUP, at=last.made_at)
    begun = db.session.scalar(select(func.min(User.created_at)))
    is_new = begun is None or begun > now - backups.LATE_AFTER
    if is_new and backups.last_failure() is None:
        return Line(Sign.BACKUP, Case.FIRST, Condition.NOTE)
    return _wrong(Sign.BACKUP, Case.NEVER)


def _disk(settings: Config) -> Line:
    try:
        disk = shutil.disk_usage(settings.var_dir)
    except OSError:
        return _wrong(Sign.DISK, Case.UNKNOWN)
    return _wrong(Sign.DISK, Case.FULL) if disk.free < min(LEAST_FREE, disk.total // 10) else Line(Sign.DISK)


def _messages(settings: Config) -> Line:
    last = BrokerFolder(settings.broker_dir).last_set_aside_at()
    is_recent = last is not None and last > clock.now() - TROUBLED_FOR
    return _wrong(Sign.MESSAGES, Case.UNREADABLE, last) if is_recent else Line(Sign.MESSAGES)


def _proxy(settings: Config) -> Line:
    seen = None if settings.proxies else _written_at(settings.undeclared_proxy_file)
    return _wrong(Sign.PROXY, Case.UNDECLARED, seen) if seen else Line(Sign.PROXY)


def _written_at(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
