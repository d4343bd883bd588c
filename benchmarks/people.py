"""People: search as typed, in a table of five million.

`ENCUENTRO_BENCH_PEOPLE` is another number of people, for a machine or a moment that has not the time for so many.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

from sqlalchemy import event, insert, select

from app.extensions import db
from app.models.people.people import Participation, Person
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.search import Kind, find
from benchmarks import Case, ground
from benchmarks.crowd import Crowd

SIZE = 5_000_000
_OWN = 100
"""The people of the organizer who sees only one congress."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    size = 2_000 if quick else int(os.environ.get("ENCUENTRO_BENCH_PEOPLE", SIZE))
    with ground.house():
        crowd = Crowd(size)
        crowd.record()
        return _search(crowd, 24 if quick else 300)


def _search(crowd: Crowd, count: int) -> list[Case]:
    questions = crowd.questions(count)
    everybody, bare = _compared([lambda typed=typed: _asked(typed) for typed in questions])
    own, typed_of_own = _organizer()
    enter_scope(own)
    scoped, _ = _compared([lambda typed=typed: _asked(typed) for typed in typed_of_own])
    missed = sum(not _asked(typed) for typed in typed_of_own)
    enter_scope(EVERYTHING)
    of = f"{count} questions, {crowd.size:,} people"
    return [
        Case(f"search as typed, p95 of {of}", _p95(everybody), 60.0, "ms"),
        Case("the same, p95 compared with the bare SQL statements", _p95(everybody) / _p95(bare), 2.0, "times"),
        Case(f"the same by an organizer who sees {_OWN} of them, p95", _p95(scoped), 60.0, "ms"),
        Case("people of that organizer who were not found", missed, 0.0, "people"),
    ]


def _asked(typed: str) -> int:
    db.session.expunge_all()
    return find(Kind.PEOPLE, typed, 1, size=5).page.total


def _organizer() -> tuple[Scope, list[str]]:
    """Return the scope of an organizer with a few people among the last ones recorded, and their names."""
    congress = ground.congress()
    chosen = select(Person.id, Person.given_name, Person.family_name).order_by(Person.id.desc()).limit(_OWN)
    rows = db.session.execute(chosen).all()
    taking_part = [{"person_id": row.id, "congress_id": congress.id, "created_at": ground.NOW} for row in rows]
    db.session.execute(insert(Participation), taking_part)
    db.session.commit()
    return Scope(congress_ids=frozenset({congress.id})), [f"{row.given_name} {row.family_name}" for row in rows]


def _compared(acts: list[Callable[[], Any]]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each act, and those of its statements alone, sent to the driver once more."""
    whole, bare = [], []
    acts[0]()
    for act in acts:
        with _statements() as sent:
            act()
        started = time.perf_counter()
        act()
        whole.append(1000 * (time.perf_counter() - started))
        cursor: Any = db.session.connection().connection.cursor()  # of the driver, which nothing checks
        started = time.perf_counter()
        for statement, values in sent:
            cursor.execute(statement, values).fetchall()
        bare.append(1000 * (time.perf_counter() - started))
    return whole, bare


@contextmanager
def _statements() -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are sent to the database."""
    sent: list[tuple[str, Any]] = []

    def collect(_connection: Any, _cursor: Any, statement: str, values: Any, *_others: Any) -> None:
        sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", collect)
    yield sent
    event.remove(db.engine, "before_cursor_execute", collect)


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
