"""Processes that are killed at random while people sign up, save and assign actions: what was acknowledged is there afterwards."""

import random
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import httpx

from app import create_app
from app.config import Config
from app.extensions import db
from app.models.scoping import EVERYTHING, enter_scope
from benchmarks import Case
from benchmarks.follow_ups_cases.public_sign_ups import Crowd
from benchmarks.follow_ups_cases.signatures import open_campaign
from benchmarks.safety_cases.visitors import House, Visitor, house

_PROCESSES = ("web", "worker", "beat")
_CONNECTIONS = 4
_SECONDS = 3.0
"""Between two kills on average: long enough that a process that was started again works for a while."""
_SETTLED = 180
"""Seconds after which letters that have not been sent count as lost."""
_WAITING = (
    "SELECT count(*) FROM deliveries WHERE sent_at IS NULL AND withdrawn_at IS NULL AND due_at <= datetime('now')"
)
_LETTERLESS = """
    SELECT count(*) FROM deliveries WHERE withdrawn_at IS NULL AND due_at <= datetime('now') AND (
      sent_at IS NULL OR NOT EXISTS (SELECT 1 FROM mailbox_letters WHERE message_id LIKE '<' || deliveries.message_id || '@%')
    )
"""


@dataclass
class Office:
    """A person who saves one record again and again, and assigns one action after the other."""

    visitor: Visitor
    saved: list[str] = field(default_factory=list)
    """What was typed into the record and acknowledged."""
    assigned: list[str] = field(default_factory=list)
    """The titles of the actions that were acknowledged."""

    def work(self, stop: threading.Event) -> None:
        """Work until the others have finished."""
        number = 0
        while not stop.is_set():
            number += 1
            self._do("/people/1/edit", self.saved, "locality", f"Place {number}")
            self._do(
                "/follow-ups/new", self.assigned, "title", f"Call {number}",
                assignee_id="2", due="2030-01-01T10:00", escalate_after_hours="",
            )  # fmt: skip

    def _do(self, path: str, acknowledged: list[str], name: str, text: str, **others: str) -> None:
        form = self.visitor.sheet(path, **{name: text}, **others)
        if self.visitor.send(path, form).status_code == httpx.codes.FOUND:
            acknowledged.append(text)


def cases(quick: bool) -> list[Case]:
    """Measure what is lost when processes are killed many times."""
    kills = 3 if quick else 100
    with house(*_PROCESSES) as place:
        slug = _campaign(place)
        crowd = Crowd(place.port, place.database, place.env["SECRET_KEY"], slug)
        visitor = Visitor(place.port)
        visitor.sign_in("admin@example.org")
        visitor.send("/people/new", visitor.sheet("/people/new", given_name="Ana"))
        office, stop = Office(visitor), threading.Event()
        worker = threading.Thread(target=office.work, args=(stop,))
        killer = threading.Thread(target=_kill, args=(place, kills))
        worker.start()
        killer.start()
        crowd.run(_CONNECTIONS, kills * _SECONDS)
        killer.join()
        stop.set()
        worker.join()
        _until(lambda: _count(place, _WAITING) == 0)
        lost = len(crowd.lost()) + _missing(place, office)
        acknowledged = len(crowd.confirmed) + len(office.saved) + len(office.assigned)
        letters, unsent = _count(place, "SELECT count(*) FROM deliveries"), _count(place, _LETTERLESS)
    return [
        Case(f"{kills} kills at random: lost of {acknowledged} acknowledged rows", lost, 0, "rows"),
        Case(f"{kills} kills at random: lost of {letters} letters", unsent, 0, "letters"),
        Case(f"{kills} kills at random: rows that were acknowledged", acknowledged, kills, "rows", at_least=True),
    ]


def _campaign(place: House) -> str:
    with create_app(Config.from_env(place.env)).app_context():
        enter_scope(EVERYTHING)
        slug = open_campaign().slug
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return slug


def _kill(place: House, kills: int) -> None:
    """Kill a process at a random moment, and start it again."""
    chance = random.Random(12)  # noqa: S311 - the same moments each time
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 2 * _SECONDS - 0.2))
        name = chance.choice(_PROCESSES)
        place.kill(name)
        place.start(name)


def _missing(place: House, office: Office) -> int:
    """Return how many of the office's entries are not in the database; each save has a line in the history."""
    with closing(sqlite3.connect(place.database)) as connection:
        titles = {title for (title,) in connection.execute("SELECT title FROM follow_ups")}
        told = connection.execute("SELECT after FROM audit_entries WHERE subject = 'people' AND verb = 'changed'")
        history = "\n".join(after for (after,) in told)
        last = connection.execute("SELECT locality FROM people WHERE id = 1").fetchone()[0]
    saves = sum(f'"{text}"' not in history for text in office.saved)
    is_last = not office.saved or int(last.split()[1]) >= int(office.saved[-1].split()[1])
    return saves + (not is_last) + len(set(office.assigned) - titles)


def _count(place: House, statement: str) -> int:
    with closing(sqlite3.connect(place.database, timeout=30)) as connection:
        return int(connection.execute(statement).fetchone()[0])


def _until(is_over: Callable[[], bool]) -> None:
    until = time.monotonic() + _SETTLED
    while not is_over() and time.monotonic() < until:
        time.sleep(0.5)
