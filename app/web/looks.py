"""Looking at sensitive fields leaves lines in the audit log: who looked at which records, never the values.

A request that only reads cannot write in its own transaction, so the lines are written in another one, before the answer
is sent. If that has to wait longer than WAIT, or the disk is full, the page is shown nevertheless, because lives may hang
on a phone number; the lines are kept in memory and written with the next ones of this process. The process log says so.
"""

from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import cast

from flask import Flask, Response, current_app, g, request

from app import clock, logs
from app.dialects.unhurried import write_within
from app.extensions import db
from app.models.oversight.chain import Noted, append
from app.models.oversight.lines import LogVerb
from app.models.oversight.watching import actor_of
from app.models.people import protecting
from app.models.people.people import Person

WAIT = 2.0
"""How many seconds a page waits for others that write."""
_MOST_LATE = 100_000
_ERROR = 400
_lock = Lock()


def register(app: Flask) -> None:
    """Write the lines of each request before its answer is sent."""
    app.extensions["late_looks"] = deque()
    app.after_request(_write)


def looked_at(table: str, ids: Iterable[int], *what: str) -> None:
    """Note that this page shows sensitive fields of some records: which kinds of them, not the values."""
    numbers = sorted(set(ids))
    if not numbers or request.method not in ("GET", "HEAD"):
        return  # what is shown again after a form was sent was shown before
    noted = Noted(actor_of(db.session), clock.now(), LogVerb.READ, table, row_count=len(numbers), fields=sorted(what))
    if len(numbers) == 1:
        noted.record_id = numbers[0]
    else:
        noted.record_ids = numbers
    g.setdefault("looks", []).append(noted)


def _note_protected() -> None:
    """Note that this page shows how people at risk can be reached; see `app/models/people/protecting.py`."""
    shown = protecting.looks()
    if shown:
        looked_at(Person.__tablename__, shown, "protected_contact_details")


def _write(response: Response) -> Response:
    _note_protected()
    looks: list[Noted] = g.pop("looks", [])
    if not looks or response.status_code >= _ERROR:
        return response
    late = cast("deque[Noted]", current_app.extensions["late_looks"])
    with _lock:
        waiting = [*late, *looks]
        late.clear()
    is_written = False
    try:
        is_written = write_within(db.engine, WAIT, lambda connection: append(connection, waiting))
    finally:
        if not is_written:
            logs.note("lines of the audit log are written later", lines=len(waiting))
            with _lock:
                late.extend(waiting[-_MOST_LATE:])
    return response
