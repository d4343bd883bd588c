"""The daily letters: a run among a million open actions of a hundred thousand accounts in 24 zones."""

import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from app import clock
from app.domain.actions import reminders
from app.domain.actions.reminders import next_letter
from app.domain.actions.rhythms import Rhythm
from app.extensions import db
from app.jobs.mail.reminders import queue_due
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp, FollowUpStatus, Priority
from benchmarks import Case, databases, ground
from benchmarks.timing import milliseconds, seconds, statements

SIZE = 1_000_000
"""Open actions; `ENCUENTRO_BENCH_ACTIONS` is another number. Every account has ten."""
_EACH = 10
_STATM = Path("/proc/self/statm")
_BEFORE = timedelta(hours=24)
_ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York",
    "America/Caracas", "America/Sao_Paulo", "Atlantic/South_Georgia", "Atlantic/Azores", "Europe/London", "Europe/Paris",
    "Africa/Johannesburg", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai",
    "Asia/Tokyo", "Australia/Sydney", "Pacific/Noumea", "Pacific/Auckland", "Asia/Kolkata",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """What it took to queue letters in batches, each committed."""

    letters: int
    statements: int
    seconds: float
    resident: int
    """The most memory that the process held after a batch, in pages."""


def cases(quick: bool) -> list[Case]:
    """Measure a run on each database: letters in a second, statements, memory, and a run with nothing to do."""
    size = 20_000 if quick else int(os.environ.get("ENCUENTRO_BENCH_ACTIONS", SIZE))
    return [case for kind in databases.kinds() for case in _on(kind, size)]


def _on(kind: str, size: int) -> list[Case]:
    about = f"{size:,} actions of {size // _EACH:,} accounts, {kind}"
    with ground.house(kind):
        _record(size)
        with clock.travel(ground.NOW + timedelta(days=1)):
            batches = iter(reminders.queue_some, 0)
            first, run = _run(islice(batches, 1)), _run(batches)
            idle = min(milliseconds(queue_due) for _ in range(5))
    return [
        Case(f"letters queued in a second of CPU, {about}", run.letters / run.seconds, 5000, "letters", at_least=True),
        Case(f"statements for each letter, {about}", run.statements / run.letters, 0.1, "statements"),
        Case(f"peak memory of all batches compared with one, {about}", run.resident / first.resident, 1.3, "times"),
        Case(f"a run with nothing to do, {about}", idle, 5.0, "ms"),
    ]


def _run(batches: Iterable[int]) -> _Run:
    started, letters, resident = seconds(), 0, 0
    with statements() as sent:
        for some in batches:
            letters += some
            db.session.commit()
            db.session.expunge_all()
            resident = max(resident, int(_STATM.read_text(encoding="ascii").split()[1]))
    return _Run(letters, len(sent), seconds() - started, resident)


def _record(size: int) -> None:
    """Record accounts and their actions, as if all had been assigned at the same moment."""
    accounts = size // _EACH
    zones = [_ZONES[number % len(_ZONES)] for number in range(accounts)]
    shared = {"locale": "es", "created_at": ground.NOW, "password_hash": None, "deactivated_at": None}
    ground.fill(User, [
        shared | {"email": f"{number}@example.org", "name": f"A {number}", "timezone": zone}
        for number, zone in enumerate(zones, start=1)
    ])  # fmt: skip
    for start in range(0, accounts, 10_000):
        ground.fill(FollowUp, list(_actions(start, zones[start : start + 10_000])))
    databases.gather_statistics()


def _actions(start: int, zones: list[str]) -> Iterator[dict[str, Any]]:
    chance = random.Random(start)  # noqa: S311 -- made-up data, the same each time
    shared = {
        "title": "Call the port", "remind_before_hours": 24, "priority": Priority.NORMAL,
        "status": FollowUpStatus.NEEDS_ACTION, "created_at": ground.NOW, "assigned_at": ground.NOW,
    }  # fmt: skip
    for number, zone in enumerate(zones, start=start + 1):
        rhythm = Rhythm(zone, 8, frozenset())
        for _ in range(_EACH):
            due_at = ground.NOW + timedelta(minutes=chance.randrange(1, 30 * 24 * 60))
            told = next_letter(due_at, _BEFORE, rhythm, ground.NOW)
            yield shared | {"assignee_id": number, "due_at": due_at, "next_reminder_at": told}
