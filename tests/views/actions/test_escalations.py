"""The form fields of an escalation, and what the page of an action says about it."""

from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models.accounts.accounts import Grant, Role
from app.models.actions.follow_ups import FollowUp
from tests.views.pages import text

DUE = f"{clock.now() + timedelta(days=3):%Y-%m-%dT%H:%M}"


@pytest.fixture
def story(house, browse):
    """Bob works on a congress with Alice; Charlie works elsewhere."""
    with house.open() as make:
        congress = make.congress()
        alice, bob, charlie = map(make.user, ("Alice", "Bob", "Charlie"))
        grant = make.grant(alice, Role.COORDINATOR, congress=congress)
        make.grant(bob, Role.COORDINATOR, congress=congress)
        make.grant(charlie, Role.COORDINATOR, congress=make.congress("Other"))
    typed = {"title": "Book", "due": DUE, "remind_before_hours": "24", "priority": "normal", "assignee_id": bob.id}
    return browse(bob), f"/follow-ups/new?congress={congress.id}", typed, alice, charlie, grant.id


def stored(house):
    with house.open():
        return db.session.query(FollowUp).one_or_none()


def test_an_action_names_to_whom_it_is_escalated_and_after_how_long(house, story):
    bob, path, typed, alice, _charlie, grant_id = story
    made = bob.post(path, typed | {"escalate_to_id": alice.id, "escalate_after_hours": "48"})
    assert (stored(house).escalate_to_id, stored(house).escalate_after_hours) == (alice.id, 48)
    assert "To Alice, if it is overdue by 48 hours." in text(bob.get(made.location))
    edit = f"{made.location.partition('?')[0]}/edit"
    assert bob.edit(edit, escalate_to_id="").status_code == 302
    assert (stored(house).escalate_to_id, stored(house).escalate_after_hours) == (None, None)
    assert bob.edit(edit, escalate_to_id=alice.id, escalate_after_hours="1").status_code == 302
    with house.open():
        db.session.get_one(Grant, grant_id).revoked_at = clock.now()
    assert "can no longer see it" in text(bob.get(made.location))


@pytest.mark.parametrize(
    ("who", "hours", "field"),
    [("alice", "", "escalate_after_hours"), ("alice", "0", "escalate_after_hours"), ("charlie", "48", "escalate_to_id"),
     ("bob", "48", "escalate_to_id")],
)  # fmt: skip
def test_what_cannot_be_escalated_is_said_beside_its_field(house, story, who, hours, field):
    bob, path, typed, alice, charlie, _grant_id = story
    chosen = {"alice": alice.id, "charlie": charlie.id, "bob": typed["assignee_id"]}[who]
    refused = bob.post(path, typed | {"escalate_to_id": chosen, "escalate_after_hours": hours})
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert stored(house) is None
