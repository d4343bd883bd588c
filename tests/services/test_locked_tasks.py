"""Tasks of a house that is locked: all of them go on, and only what is urgent is done."""

import pytest
from celery import _state, shared_task

from app import clock
from app.domain.accounts import locks
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import DeliveryKind, MailboxLetter
from app.models.types import keyring_of
from app.sealing import Box
from tasks import make_celery
from tasks.deliveries import send_due
from tests.databases import ONE_DATABASE
from tests.locking import key_in_file

DONE = []


@shared_task
def note_that_it_ran():
    DONE.append(bool(keyring_of(db.engine.dialect)))


@pytest.fixture
def _celery(app, monkeypatch):
    """Let tasks run as in a worker; tests that follow call them as functions again."""
    monkeypatch.setattr(_state, "default_app", _state.default_app)
    monkeypatch.setattr(_state._tls, "current_app", _state._tls.current_app)
    make_celery(app)


@ONE_DATABASE
@pytest.mark.usefixtures("_celery")
def test_tasks_are_skipped_while_the_house_is_locked_but_a_call_for_help_and_letters_about_the_lock_are_sent(
    app, house, settings
):
    DONE.clear()
    settings.pulse_file.unlink()
    with key_in_file(app, settings):
        with house.open() as make:
            alice = make.user("Alice")
            make.grant(alice, Role.ADMIN)
            deliveries.queue(DeliveryKind.INVITATION, user=alice, occasion="now", due_at=clock.now())
            locks.lock(by=None)
        note_that_it_ran()
        assert DONE == []
        assert settings.pulse_file.exists()  # the supervisor does not take the worker for dead
        send_due()
        with house.open():
            assert isinstance(keyring_of(db.engine.dialect), Box)
            assert [one.subject for one in db.session.query(MailboxLetter)] == ["Encuentro was locked"]
            locks.open_on_machine()
        note_that_it_ran()
        send_due()
        assert DONE == [True]
        with house.open():
            assert db.session.query(MailboxLetter).count() == 3
