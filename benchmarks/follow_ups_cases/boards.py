"""Boards of a congress with 5,000 open actions of 50 accounts: their statements, and their time beside that of an empty one."""

from app import clock
from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from benchmarks import Case, databases, ground
from benchmarks.follow_ups_cases import pages

_MANY, _TIMES, _ACCOUNTS = 5_000, 21, 50


def cases(quick: bool) -> list[Case]:
    """Measure the board by status and the one by assignee, on every database that this machine can run."""
    many, times = (100, 3) if quick else (_MANY, _TIMES)
    return [case for kind in databases.kinds() for case in _on(kind, many, times)]


def _on(kind: str, many: int, times: int) -> list[Case]:
    found = []
    with ground.house(kind) as app, clock.travel(ground.NOW):
        full, empty = pages.congress(), pages.congress()
        people = [pages.organizer(f"Organizer {number}", full) for number in range(_ACCOUNTS)]
        newcomer = pages.organizer("Newcomer", empty)
        rows = [pages.action(number, full, people[number % _ACCOUNTS]) for number in range(many)]
        ground.fill(FollowUp, rows)
        db.session.commit()
        busy, idle = pages.client(app, people[0]), pages.client(app, newcomer)
        for view in ("status", "assignee"):
            path, empty_path = (f"/congresses/{one.id}/follow-ups?view={view}" for one in (full, empty))
            of = f"Board by {view} with {many:,} open actions"
            ratio = pages.compared(busy, path, idle, empty_path, times)
            found.append(Case(f"{of}, {kind}", pages.statements(busy, path), 24.0, "statements"))
            found.append(Case(f"{of}, compared with an empty board, {kind}", ratio, 3.0, "times"))
    return found
