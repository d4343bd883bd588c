"""Removed accounts: signed out at once, their actions reassigned, and restorable for thirty days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.accounts import accounts
from app.domain.actions import follow_ups, losing_access
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import FollowUp
from app.queries.accounts import accounts as account_queries
from app.queries.mail import deliveries as delivery_queries


@pytest.fixture
def story(house):
    with house.open() as make:
        alice, bob, mia = make.user("Alice"), make.user("Bob"), make.user("Mia")
        congress = make.congress()
        make.grant(alice, Role.ADMIN), make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(mia, congress=congress)
        make.follow_up(congress, bob, by=mia, title="Call the port")
        make.follow_up(congress, bob, by=None, title="Write to the consulate")
        db.session.commit()
        return {"alice": alice, "bob": bob, "mia": mia, "congress": congress.id}


def test_a_removed_account_is_signed_out_at_its_next_request_and_offered_nowhere(house, browse, story):
    alice, bob = browse(story["alice"]), browse(story["bob"])
    path = f"/users/{story['bob'].id}"
    page = alice.get(f"{path}/remove").get_data(as_text=True)
    assert "2 open actions go back" in page
    assert "It loses 1 role." in page
    assert bob.get("/congresses").status_code == 200
    assert alice.post(f"{path}/remove").location == "/users"
    assert "sign-in" in bob.get("/congresses").location
    alice.get("/users")
    assert "Bob" not in alice.get("/users").get_data(as_text=True)
    assert "Bob" not in alice.get(f"/follow-ups/new?congress={story['congress']}").get_data(as_text=True)
    assert alice.get(path).status_code == 404
    assert "Bob" in alice.get("/removed").get_data(as_text=True)
    assert "Bob" not in browse(story["mia"]).get("/removed").get_data(as_text=True)
    alice.post(f"{path}/bring-back")
    with house.open():
        assert [one.name for one in account_queries.assignees(story["congress"])] == ["Alice", "Bob", "Mia"]


def test_open_actions_return_to_who_assigned_them_or_to_who_removes_the_account(house, browse, story):
    browse(story["alice"]).post(f"/users/{story['bob'].id}/remove")
    with house.open():
        found = {one.title: one.assignee.name for one in db.session.scalars(select(FollowUp)).unique()}
    assert found == {"Call the port": "Mia", "Write to the consulate": "Alice"}


def test_users_cannot_remove_their_own_account(browse, story):
    alice = browse(story["alice"])
    answer = alice.post(f"/users/{story['alice'].id}/remove")
    assert answer.status_code == 422
    assert "You cannot remove your own account." in answer.get_data(as_text=True)


def test_the_last_admin_cannot_be_removed_and_removed_admins_do_not_count(make):
    first, second = make.user("First"), make.user("Second")
    given = make.grant(first, Role.ADMIN)
    with pytest.raises(DomainError):
        losing_access.remove(first, by=second)
    make.grant(second, Role.ADMIN)
    losing_access.remove(second, by=first)
    with pytest.raises(DomainError):
        losing_access.revoke(given)


def test_emails_to_a_removed_account_are_withdrawn(make):
    admin, invited = make.user("Admin"), make.user("Invited")
    accounts.invite(invited)
    losing_access.remove(invited, by=admin)
    assert delivery_queries.due_ids(10) == []
    accounts.bring_back(invited)
    assert len(delivery_queries.due_ids(10)) == 1


def test_the_address_of_a_removed_account_is_reserved_until_it_is_deleted_and_its_name_is_kept(make, at):
    admin, gone = make.user("Admin"), make.user("Gone", password="a long enough password")
    action = make.follow_up(make.congress(), gone, by=admin)
    follow_ups.complete(action)
    address = gone.email
    losing_access.remove(gone, by=admin)
    again = {"email": address, "name": "Again", "locale": "en", "timezone": "UTC"}
    with pytest.raises(DomainError) as refused:
        accounts.create_user(**again)
    assert refused.value.field == "email"
    at(clock.now() + timedelta(days=31))
    accounts.sweep()
    accounts.create_user(**again)
    assert action.assignee.name == "Gone"
    assert account_queries.removed() == []
    assert db.session.get(User, gone.id).password_hash is None
