"""What an account gives back when it loses access: in the same moment, visibly, and for good."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from app import clock
from app.domain.accounts import accounts
from app.domain.actions import losing_access
from app.domain.recording import recording
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role, User
from app.models.accounts.audit import AuditEntry
from app.models.mail.deliveries import MailboxLetter
from app.models.people.scheduled_exports import StopReason
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.accounts import accounts as account_queries
from app.queries.actions import today
from tests.factories import utc
from tests.races import meet, together

NOW = utc("2025-12-01 14:00")
LATER = utc("2025-12-20 14:00")


@pytest.fixture
def congress(make, at):
    at(NOW)
    return make.congress()


@pytest.fixture
def alice(make, congress):
    """The coordinator, who assigns actions."""
    user = make.user("Alice")
    make.grant(user, Role.COORDINATOR, congress=congress)
    return user


@pytest.fixture
def admin(make, congress):
    user = make.user("Olga")
    make.grant(user, Role.ADMIN)
    return user


@pytest.fixture
def bob(make, congress):
    return make.user("Bob")


@pytest.fixture
def given(make, congress, bob):
    """The role of Bob."""
    return make.grant(bob, Role.ORGANIZER, congress=congress)


LOSSES = {
    "a revoked role": lambda given, admin: losing_access.revoke(given, by=admin),
    "a closed account": lambda given, admin: losing_access.deactivate(given.user, by=admin),
    "a removed account": lambda given, admin: losing_access.remove(given.user, by=admin),
}


def letters_to(user):
    db.session.commit()
    deliver_due()
    return [one.subject for one in db.session.query(MailboxLetter).filter_by(recipient=user.email)]


@pytest.mark.parametrize("loss", LOSSES)
def test_open_actions_go_back_to_whoever_assigned_them_and_closed_ones_stay(
    make, congress, alice, admin, bob, given, loss
):
    two = [make.follow_up(congress, bob, LATER, by=alice) for _ in range(2)]
    done = make.follow_up(congress, bob, LATER, by=alice)
    done.status, done.completed_at = "completed", clock.now()
    letters_to(bob)
    LOSSES[loss](given, admin)
    db.session.commit()
    assert [one.assignee for one in two] == [alice, alice]
    assert done.assignee is bob
    assert today.waiting_for(alice, "", 1, 1).page.rows == two
    assert today.waiting_for(bob, "", 1, 1).total == 0
    entry = db.session.query(AuditEntry).filter_by(verb="returned", subject_id=two[0].id).one()
    assert (entry.before, entry.after, entry.actor_id) == ({"assignee": "Bob"}, {"assignee": "Alice"}, None)
    assert letters_to(alice) == ["2 new actions for you"]


def test_nothing_is_returned_that_another_role_still_allows_to_see(make, congress, alice, admin, bob, given):
    make.grant(bob, Role.ORGANIZER)
    action = make.follow_up(congress, bob, LATER, by=alice)
    losing_access.revoke(given, by=admin)
    assert action.assignee is bob


def test_a_role_that_does_not_suffice_keeps_no_action(make, congress, alice, admin, bob, given):
    make.grant(bob, Role.MEMBER, congress=congress)
    action = make.follow_up(congress, bob, LATER, by=alice)
    losing_access.revoke(given, by=admin)
    assert action.assignee is alice


def test_what_nobody_assigned_goes_to_whoever_revokes_the_role(make, congress, alice, admin, bob, given):
    action = make.follow_up(congress, bob, LATER, by=None)
    losing_access.revoke(given, by=admin)
    assert action.assignee is admin
    assert letters_to(admin) == []


def test_it_never_goes_to_somebody_who_may_not_see_it_either(make, congress, alice, admin, bob, given):
    charlie = make.user("Charlie")
    action = make.follow_up(congress, bob, LATER, by=charlie)
    losing_access.revoke(given)
    assert action.assignee is alice  # who coordinates the congress


def test_nothing_is_escalated_to_it_anymore(make, congress, alice, admin, bob, given):
    action = make.follow_up(congress, alice, LATER, escalate_to=bob, escalate_after_hours=24)
    losing_access.revoke(given, by=admin)
    assert (action.escalate_to, action.escalate_after_hours, action.escalates_at) == (None, None, None)
    assert action.assignee is alice


def test_its_scheduled_exports_stop_with_the_reason(make, congress, admin, bob, given):
    schedule = make.scheduled_export(make.segment(congress=congress), bob)
    losing_access.revoke(given, by=admin)
    assert schedule.stop_reason is StopReason.NOT_ALLOWED
    assert schedule.stopped_at is not None


def test_granting_the_role_again_returns_nothing(make, congress, alice, admin, bob, given):
    action = make.follow_up(congress, bob, LATER, by=alice)
    losing_access.revoke(given, by=admin)
    make.grant(bob, Role.ORGANIZER, congress=congress)
    assert action.assignee is alice
    assert letters_to(bob) == []


def test_reopening_an_account_returns_nothing(make, congress, alice, admin, bob, given):
    action = make.follow_up(congress, bob, LATER, by=alice)
    losing_access.deactivate(bob, by=admin)
    accounts.reactivate(bob)
    assert action.assignee is alice
    assert letters_to(bob) == []


def test_undoing_a_revocation_that_was_a_mistake_gives_the_actions_back(make, congress, alice, admin, bob, given):
    action = make.follow_up(congress, bob, LATER, by=alice)
    with recording("users.revoke", "Bob", by=admin) as entry:
        losing_access.revoke(given, by=admin)
    db.session.commit()
    undo(entry, by=admin)
    db.session.expire_all()
    assert action.assignee is bob
    assert letters_to(alice) == []


def test_losing_access_twice_changes_nothing_more(make, congress, alice, admin, bob, given):
    make.follow_up(congress, bob, LATER, by=alice)
    losing_access.revoke(given, by=admin)
    losing_access.revoke(given, by=admin)
    assert db.session.query(AuditEntry).filter_by(verb="returned").count() == 1


ADMINS = {
    "revoke": lambda one, other: losing_access.revoke(one.grants[0], by=other),
    "close": lambda one, other: losing_access.deactivate(one, by=other),
    "remove": lambda one, other: losing_access.remove(one, by=other),
}


@pytest.mark.parametrize("way", ADMINS)
def test_the_last_admin_stays_whoever_asks(make, admin, bob, way):
    with pytest.raises(DomainError, match="At least one admin must remain"):
        ADMINS[way](account_queries.get(admin.id), bob)
    db.session.rollback()
    assert account_queries.is_admin(admin)


@pytest.mark.parametrize("way", ["close", "remove"])
def test_nobody_closes_or_removes_their_own_account(make, admin, bob, way):
    make.grant(bob, Role.ADMIN)
    with pytest.raises(DomainError, match="your own account"):
        ADMINS[way](account_queries.get(admin.id), admin)


@pytest.mark.parametrize("way", ADMINS)
def test_of_two_admins_who_take_each_others_access_at_the_same_moment_one_stays(house, monkeypatch, way):
    with house.open() as make:
        ids = [make.user(name).id for name in ("Alice", "Bob")]
        for number in ids:
            make.grant(db.session.get_one(User, number), Role.ADMIN)
    meet(monkeypatch, account_queries, "has_other_admin")

    def take(one_id, other_id):
        with house.app.app_context():
            enter_scope(EVERYTHING)
            try:
                ADMINS[way](account_queries.get(one_id), db.session.get_one(User, other_id))
                db.session.commit()
                return "taken"
            except (DomainError, OperationalError):
                db.session.rollback()
                return "refused"

    assert sorted(together(lambda: take(*ids), lambda: take(*reversed(ids)))) == ["refused", "taken"]
    with house.open():
        assert [account_queries.is_admin(one) for one in db.session.query(User) if one.is_active].count(True) == 1


def test_a_role_that_ends_by_itself_counts_until_its_end_and_gives_back_what_it_held(make, congress, alice, bob, at):
    ends_at = utc("2025-12-05 04:00")
    given = make.grant(bob, Role.ORGANIZER, congress=congress, ends_at=ends_at)
    action = make.follow_up(congress, bob, LATER, by=alice)
    at(ends_at - timedelta(seconds=1))
    losing_access.end_roles()
    assert (action.assignee, len(account_queries.held(bob)), given.stands) == (bob, 1, True)
    at(ends_at)
    assert (account_queries.held(bob), given.stands) == ([], False)
    assert bob not in account_queries.assignees(congress.id)
    losing_access.end_roles()
    assert (action.assignee, given.revoked_at) == (alice, ends_at)
    losing_access.end_roles()
    assert db.session.query(AuditEntry).filter_by(verb="returned").count() == 1


def test_granting_a_role_again_changes_its_end(make, congress, alice, bob):
    ends_at = utc("2025-12-05 04:00")
    given = make.grant(bob, Role.ORGANIZER, congress=congress, ends_at=ends_at)
    again = accounts.grant(bob, Role.ORGANIZER, by=alice, congress_id=congress.id)
    assert (again, again.ends_at) == (given, None)
    entry = db.session.query(AuditEntry).filter_by(verb="changed", subject_id=bob.id).one()
    assert entry.before["roles"] == [["organizer", congress.id, None, ends_at.isoformat()]]


def test_the_last_admin_gets_no_end_and_one_with_an_end_does_not_count_as_another(make, admin, bob):
    ends_at = utc("2025-12-05 04:00")
    make.grant(bob, Role.ADMIN, ends_at=ends_at)
    for refused in (
        lambda: make.grant(admin, Role.ADMIN, ends_at=ends_at),
        lambda: losing_access.revoke(account_queries.get(admin.id).grants[0], by=bob),
    ):
        with pytest.raises(DomainError, match="At least one admin must remain"):
            refused()


def test_a_role_ends_with_its_last_day_in_the_zone_of_whoever_grants_it():
    day = date(2025, 12, 5)
    assert accounts.end_of(day, "America/Caracas") == utc("2025-12-06 04:00")
    assert accounts.end_of(day, "Asia/Tokyo") == utc("2025-12-05 15:00")
    assert accounts.end_of(date(2025, 9, 6), "America/Santiago") == utc("2025-09-07 04:00")  # midnight is skipped
    assert accounts.end_of(None, "UTC") is None
