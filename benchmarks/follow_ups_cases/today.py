"""*Today* for a person with 5,000 open actions of a congress: its statements, and its time beside that of a person with none."""

from app import clock
from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from benchmarks import Case, databases, ground
from benchmarks.follow_ups_cases import pages

_MANY, _TIMES = 5_000, 21


def cases(quick: bool) -> list[Case]:
    """Measure both pages in turn, on every database that this machine can run."""
    return [case for kind in databases.kinds() for case in _on(kind, 100 if quick else _MANY, 3 if quick else _TIMES)]


def _on(kind: str, many: int, times: int) -> list[Case]:
    with ground.house(kind) as app, clock.travel(ground.NOW):
        congress = pages.congress()
        busy, idle = (pages.organizer(name, congress) for name in ("Busy", "Idle"))
        ground.fill(FollowUp, [pages.action(number, congress, busy) for number in range(many)])
        db.session.commit()
        full, empty = pages.client(app, busy), pages.client(app, idle)
        statements = pages.statements(full, "/")
        ratio = pages.compared(full, "/", empty, "/", times)
    of = f"Today with {many:,} open actions"
    return [
        Case(f"{of}, {kind}", statements, 12.0, "statements"),
        Case(f"{of}, compared with an empty page, {kind}", ratio, 2.0, "times"),
    ]
