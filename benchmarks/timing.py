"""How long acts take, and the same with nothing but their SQL.

Times are of the processors, of this process and of the database server together: they do not depend on what else the
machine does. What is not counted is waiting for a disk, so the tables must fit into memory.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import event

from app.extensions import db


def seconds() -> float:
    """Return the processor time that this process has used so far, with the server's process for the session's connection."""
    driver: Any = db.session.connection().connection.driver_connection
    if db.engine.dialect.name == "sqlite":
        return time.process_time()
    used = Path(f"/proc/{driver.info.backend_pid}/schedstat").read_text(encoding="ascii").split()[0]
    return time.process_time() + int(used) / 1e9


def milliseconds(act: Callable[[], Any]) -> float:
    """Return how long an act takes."""
    started = seconds()
    act()
    return 1000 * (seconds() - started)


def compared(acts: Sequence[Callable[[], Any]]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each act, and those of its SQL: the same statements, sent to the driver once more.

    Nothing is faster than this in the same database: no model, no compiling, no ranking, only rows as tuples.
    """
    whole, bare = [], []
    acts[0]()
    for act in acts:
        with statements() as sent:
            act()
        whole.append(milliseconds(act))
        cursor: Any = db.session.connection().connection.cursor()  # of the driver, which nothing checks
        bare.append(milliseconds(lambda cursor=cursor, sent=sent: [cursor.execute(*one).fetchall() for one in sent]))
    return whole, bare


def p95(values: Sequence[float]) -> float:
    """Return what 95 % of the values stay below."""
    return quantiles(values, n=20)[-1]


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are sent to the database."""
    sent: list[tuple[str, Any]] = []

    def collect(_connection: Any, _cursor: Any, statement: str, values: Any, *_others: Any) -> None:
        sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", collect)
    yield sent
    event.remove(db.engine, "before_cursor_execute", collect)
