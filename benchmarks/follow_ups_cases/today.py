"""*Today* for a person with 5,000 open actions of a congress: its statements, and its time beside that of a person with none."""

from datetime import date, timedelta
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app import clock
from app.domain.accounts import accounts
from app.domain.congress import congresses
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import FollowUp, FollowUpStatus, Priority
from app.models.congress.congresses import Congress, CongressStatus
from benchmarks import Case, databases, ground
from benchmarks.timing import milliseconds

_MANY, _TIMES = 5_000, 21


def cases(quick: bool) -> list[Case]:
    """Measure both pages in turn, on every database that this machine can run."""
    return [case for kind in databases.kinds() for case in _on(kind, 100 if quick else _MANY, 3 if quick else _TIMES)]


def _on(kind: str, many: int, times: int) -> list[Case]:
    with ground.house(kind) as app, clock.travel(ground.NOW):
        congress = _congress()
        busy, idle = (_organizer(name, congress) for name in ("Busy", "Idle"))
        ground.fill(FollowUp, [_action(number, congress, busy) for number in range(many)])
        db.session.commit()
        full, empty = _client(app, busy), _client(app, idle)
        statements = _statements(full)
        taken = [(milliseconds(lambda: _get(full)), milliseconds(lambda: _get(empty))) for _ in range(times + 1)][1:]
    ratio = median(one for one, _ in taken) / median(other for _, other in taken)
    of = f"Today with {many:,} open actions"
    return [
        Case(f"{of}, {kind}", statements, 12.0, "statements"),
        Case(f"{of}, compared with an empty page, {kind}", ratio, 2.0, "times"),
    ]


def _congress() -> Congress:
    day = date(2025, 12, 11)
    return congresses.create(
        {
            "title": "Congress",
            "edition": None,
            "theme": None,
            "venue": None,
            "locality": "Caracas",
            "country": "VE",
            "start_date": day,
            "end_date": day,
            "timezone": "America/Caracas",
            "status": CongressStatus.CONFIRMED,
        }
    )  # fmt: skip


def _organizer(name: str, congress: Congress) -> User:
    address = f"{name.lower()}@example.org"
    user = accounts.create_user(email=address, name=name, locale="en", timezone="UTC", password=None, invited=False)
    accounts.grant(user, Role.ORGANIZER, by=None, congress_id=congress.id)
    db.session.flush()
    return user


def _action(number: int, congress: Congress, user: User) -> dict[str, Any]:
    due_at = ground.NOW + timedelta(minutes=20 * (number - 500))
    return {
        "congress_id": congress.id, "title": f"Call number {number}", "assignee_id": user.id, "due_at": due_at,
        "remind_before_hours": 24, "priority": Priority.NORMAL, "status": FollowUpStatus.NEEDS_ACTION,
        "created_by_id": user.id, "created_at": ground.NOW, "assigned_at": ground.NOW,
    }  # fmt: skip


def _client(app: Flask, user: User) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": user.session_key, "_fresh": True, "locale": "en"})
    return client


def _get(client: FlaskClient) -> None:
    with client.application.app_context():  # of its own, because the open one would keep the user of the first request
        answer = client.get("/")
    if answer.status_code != 200:
        raise RuntimeError(f"Today answers {answer.status_code}")


def _statements(client: FlaskClient) -> int:
    """Return the number of statements that the page sends to the database."""
    sent: list[str] = []
    _get(client)

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    _get(client)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)
