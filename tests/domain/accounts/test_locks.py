"""The panic lock: one standing lock, all sessions ended, opened by two different people who have second factors."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.accounts import field_keys, locks
from app.domain.accounts.locks import CONFIRMED_FOR
from app.domain_errors import DomainError
from app.emails.accounts import alarms as letters
from app.extensions import db
from app.jobs.mail.outbox import deliver_due, deliver_urgent
from app.models.accounts.accounts import Role
from app.models.accounts.locks import HouseLock
from app.models.accounts.sessions import UserSession
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.oversight.lines import LogLine
from app.models.people.people import Person
from app.models.types import keyring_of
from app.queries.accounts import locks as known
from app.sealing import Keyring, SealError, blind
from tests.factories import utc
from tests.locking import key_in_file
from tests.races import meet, together

NOW = utc("2025-12-01 14:00")


@pytest.fixture(autouse=True)
def key(app, settings):
    with key_in_file(app, settings) as file:
        yield file


@pytest.fixture
def team(make, at):
    """Alice, who is an admin, and Carmen, who coordinates one congress, have second factors; Bob organizes, with one, too."""
    at(NOW)
    alice, carmen, bob = make.user("Alice"), make.user("Carmen"), make.user("Bob")
    make.grant(alice, Role.ADMIN)
    make.grant(carmen, Role.COORDINATOR, congress=make.congress())
    make.grant(bob, Role.ORGANIZER)
    for one in (alice, carmen, bob):
        make.factor(one)
    db.session.query(Delivery).delete()
    return alice, carmen, bob


def lock(by=None):
    locks.lock(by=by)
    return known.standing()


def occasions(kind=DeliveryKind.ALARM):
    found = db.session.scalars(select(Delivery).where(Delivery.kind == kind).order_by(Delivery.id))
    return [(one.occasion.partition(":")[0], one.user_id) for one in found]


def test_locking_ends_all_sessions_and_is_told_to_admins_once_however_often_it_is_pressed(make, team):
    alice, carmen, _bob = team
    make.session(alice), make.session(carmen)
    assert locks.lock(by=carmen) is True
    assert locks.lock(by=alice) is False
    assert known.standing().locked_by_id == carmen.id
    assert db.session.query(UserSession).filter_by(ended_at=None).count() == 0
    assert occasions() == [("locked", alice.id)]
    letter = letters.compose(
        db.session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.ALARM)).one(), alice
    )
    assert letter.subject == "Encuentro was locked"
    assert "http" not in letter.text
    assert "Carmen" not in letter.text


def test_two_people_who_press_at_the_same_moment_make_one_lock(house, monkeypatch, at):
    at(NOW)
    meet(monkeypatch, locks, "insert_missing")

    def press():
        with house.open():
            return locks.lock(by=None)

    assert sorted(together(press, press)) == [False, True]
    with house.open():
        assert db.session.query(HouseLock).count() == 1


def test_it_takes_two_different_people_to_open(make, team, at):
    alice, carmen, _bob = team
    lock()
    assert locks.confirm_opening(alice) is False
    assert locks.confirm_opening(alice) is False
    make.session(carmen)  # began while the lock was being written
    at(NOW + CONFIRMED_FOR - timedelta(minutes=1))
    assert locks.confirm_opening(carmen) is True
    opened = known.lately()[0]
    assert (known.standing(), opened.first_id, opened.opened_by_id) == (None, alice.id, carmen.id)
    assert db.session.query(UserSession).filter_by(ended_at=None).count() == 0
    assert [what for what, _ in occasions()] == ["locked", "opened"]
    assert locks.lock(by=alice) is True


def test_the_second_person_has_half_an_hour(make, team, at):
    alice, carmen, _bob = team
    lock()
    locks.confirm_opening(alice)
    at(NOW + CONFIRMED_FOR + timedelta(minutes=1))
    assert locks.confirm_opening(carmen) is False
    assert locks.confirm_opening(alice) is True


def test_two_people_who_confirm_at_the_same_moment_open_it(house, monkeypatch, at):
    at(NOW)
    with house.open() as make:
        people = [make.user("Alice"), make.user("Carmen")]
        for one in people:
            make.grant(one, Role.COORDINATOR)
            make.factor(one)
        lock()
    meet(monkeypatch, locks.lock_queries, "held")

    def confirm(user):
        def act():
            with house.open():
                return locks.confirm_opening(db.session.merge(user))

        return act

    assert sorted(together(*map(confirm, people))) == [False, True]


@pytest.mark.parametrize("who", ["an organizer", "without a factor", "closed"])
def test_nobody_else_can_open(make, team, who):
    _alice, _carmen, bob = team
    lock()
    rosa = make.user("Rosa")
    make.grant(rosa, Role.ADMIN)
    closed = make.user("Eva")
    make.grant(closed, Role.ADMIN)
    make.factor(closed)
    closed.deactivated_at = NOW
    with pytest.raises(DomainError, match="second factor"):
        locks.confirm_opening({"an organizer": bob, "without a factor": rosa, "closed": closed}[who])
    assert known.standing().first_id is None


def test_while_the_house_is_locked_the_process_has_no_key(make, settings, team):
    ana = make.person("Ana", nationality="CU").id
    lock()
    db.session.expire_all()
    field_keys.follow(settings.var_dir)
    with pytest.raises(SealError, match="withdrawn"):
        db.session.get_one(Person, ana, populate_existing=True)
    with blind():
        assert db.session.get_one(Person, ana, populate_existing=True).nationality is None
    assert not isinstance(keyring_of(db.engine.dialect), Keyring)
    locks.open_on_machine()
    field_keys.follow(settings.var_dir)
    assert db.session.get_one(Person, ana, populate_existing=True).nationality == "CU"


def test_a_process_takes_the_key_again_as_soon_as_it_is_back(make, settings, key):
    lock()
    field_keys.follow(settings.var_dir)
    content = key.read_text()
    key.unlink()
    locks.open_on_machine()
    field_keys.follow(settings.var_dir)
    assert not keyring_of(db.engine.dialect)
    key.write_text(content)
    field_keys.follow(settings.var_dir)
    assert keyring_of(db.engine.dialect)


def test_letters_wait_while_the_house_is_locked_and_are_sent_once_afterwards(house, at):
    at(NOW)
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        make.follow_up(make.congress(), assignee=alice, due_at=NOW + timedelta(hours=1))
        lock()
    at(NOW + timedelta(days=3))
    with house.open():
        assert deliver_due() == 0
        assert deliver_urgent() == 1
        assert [one.subject for one in db.session.query(MailboxLetter)] == ["Encuentro was locked"]
        locks.open_on_machine()
    with house.open():
        field_keys.follow(house.app.config["SETTINGS"].var_dir)
        deliver_due()
        assert deliver_due() == 0
        kinds = [one.kind for one in db.session.query(Delivery).filter(Delivery.sent_at.is_not(None))]
    assert kinds.count(DeliveryKind.ALARM) == 2
    assert kinds.count(DeliveryKind.REMINDER) == 1


def test_each_refused_try_is_a_line_of_the_audit_log(house):
    with house.open():
        lock()
    with house.open():
        locks.note_refusal()
    with house.open():
        assert known.standing().refused == 1
        line = db.session.scalars(select(LogLine).order_by(LogLine.number.desc())).first()
        assert (line.table_name, line.fields) == ("house_locks", "refused")
