"""Input and data that are wrong: a due date in the past, and a time zone that no longer exists."""

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from app.domain.actions import follow_ups, reminders, repeating
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import FollowUp
from app.models.actions.series import FollowUpSeries
from app.models.scoping import EVERYTHING
from app.recurring.patterns import Pattern
from tests.factories import utc
from tests.views.pages import text

NOON = utc("2026-12-02 12:00")
PASSED = "This date has passed: the action is overdue from the beginning."


@pytest.fixture
def alice(house, at):
    at(NOON)
    with house.open() as make:
        user = make.user("Alice")
        house.congress = make.congress()
        make.grant(user, Role.COORDINATOR, congress=house.congress)
        make.follow_up(house.congress, user, title="Call")
    return user


def test_a_due_date_in_the_past_is_allowed_and_said(house, browse, alice):
    browser = browse(alice)
    values = {"title": "Print", "assignee_id": alice.id, "remind_before_hours": "24", "priority": "normal"}
    path = f"/follow-ups/new?congress={house.congress.id}"
    late = browser.post(path, values | {"due": "2026-12-01T10:00"}, follow_redirects=True)
    assert PASSED in text(late)
    soon = browser.post(path, values | {"due": "2026-12-03T10:00"}, follow_redirects=True)
    assert PASSED not in text(soon)
    years = browser.post(path, values | {"due": "2020-12-03T10:00"})
    assert (years.status_code, "Is the date right?" in text(years)) == (422, True)
    typed = browser.typed("/follow-ups/1/edit", due="2026-12-01T10:00")
    edited = browser.post("/follow-ups/1/edit", typed, follow_redirects=True)
    assert PASSED in text(edited)
    quick = f"/follow-ups/quick/new?congress={house.congress.id}"
    assert PASSED in text(browser.post(quick, {"text": "call the consulate today at 7 am"}))


def test_pages_and_runs_go_on_in_a_zone_that_no_longer_exists(house, browse, alice, at):
    with house.open(EVERYTHING):
        weekly = {"pattern": Pattern.WEEK, "interval": 1, "weekdays": (), "until": None, "count": None}
        repeating.repeat(db.session.get_one(FollowUp, 1), weekly, timezone="Europe/Madrid")
        db.session.flush()
        for table in ("users", "follow_up_series", "congresses"):
            db.session.execute(
                sql(f"UPDATE {table} SET timezone = 'Atlantis/Old_Town'"), execution_options={"unscoped": "test"}
            )
    browser = browse(alice)
    path = f"/congresses/{house.congress.id}/follow-ups"
    for page in ("/", "/account", "/follow-ups/1", f"{path}?view=status&due=week", f"{path}?since=2026-12-01"):
        assert browser.get(page).status_code == 200, page
    at(utc("2026-12-09 12:00"))
    with house.open(EVERYTHING):
        assert db.session.get_one(User, alice.id).timezone == "UTC"
        assert reminders.queue_some() == 1
        following = follow_ups.complete(db.session.get_one(FollowUp, 1))
        assert following.due_at > utc("2026-12-09 12:00")
        stored = db.session.scalar(select(FollowUpSeries.timezone))
        assert stored == "UTC"
