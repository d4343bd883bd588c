"""What benchmarks of pages with actions share: a congress, its organizers and their actions, and requests for a page."""

from datetime import date, timedelta
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.domain.accounts import accounts, sessions
from app.domain.congress import congresses
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import FollowUpStatus, Priority
from app.models.congress.congresses import Congress, CongressStatus
from benchmarks import ground
from benchmarks.timing import milliseconds


def compared(full: FlaskClient, path: str, empty: FlaskClient, empty_path: str, times: int) -> float:
    """Return how many times as long a page takes as an empty one, requested in turn."""
    taken = [
        (milliseconds(lambda: _get(full, path)), milliseconds(lambda: _get(empty, empty_path)))
        for _ in range(times + 1)
    ][1:]
    return median(one for one, _ in taken) / median(other for _, other in taken)


def congress() -> Congress:
    """Return a congress."""
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
            "help_name": None,
            "help_phone": None,
        }
    )  # fmt: skip


def organizer(name: str, congress: Congress) -> User:
    """Return the account of somebody who organizes a congress."""
    address = f"{name.lower().replace(' ', '-')}@example.org"
    user = accounts.create_user(email=address, name=name, locale="en", timezone="UTC", password=None, invited=False)
    accounts.grant(user, Role.ORGANIZER, by=None, congress_id=congress.id)
    db.session.flush()
    return user


def action(number: int, congress: Congress, user: User) -> dict[str, Any]:
    """Return the columns of an action; the first 500 are late."""
    due_at = ground.NOW + timedelta(minutes=20 * (number - 500))
    return {
        "congress_id": congress.id, "title": f"Call number {number}", "assignee_id": user.id, "due_at": due_at,
        "remind_before_hours": 24, "priority": Priority.NORMAL, "status": FollowUpStatus.NEEDS_ACTION,
        "created_by_id": user.id, "created_at": ground.NOW, "assigned_at": ground.NOW,
    }  # fmt: skip


def client(app: Flask, user: User) -> FlaskClient:
    """Return a client that is signed in as an account."""
    _session, key = sessions.begin(user, "")
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": key, "_fresh": True, "locale": "en"})
    return client


def _get(client: FlaskClient, path: str) -> None:
    with client.application.app_context():  # of its own, because the open one would keep the user of the first request
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")


def statements(client: FlaskClient, path: str) -> int:
    """Return the number of statements that the page sends to the database."""
    sent: list[str] = []
    _get(client, path)

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    _get(client, path)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)
