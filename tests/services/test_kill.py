"""After a process is killed, no email is lost, and at most those on their way are repeated, with the same Message-ID."""

import os
import signal
from collections import Counter

import pytest
from sqlalchemy import select

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.jobs.mail.batches import TOGETHER
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.press.intakes import Intake, IntakeStatus
from tests import press
from tests.fetching.webserver import WebServer
from tests.services.conftest import wait_until

LETTERS = 60
ON_THEIR_WAY = 8 + TOGETHER[True]
"""Connections of a worker to a mail server on the same machine, and results that it records together."""


def queue(house, count=LETTERS):
    with house.open() as make:
        for number in range(count):
            user = make.user(f"User {number}", email=f"user{number}@example.org")
            deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="now", due_at=clock.now())


def unsent(house):
    with house.open():
        return db.session.query(Delivery).filter(Delivery.sent_at.is_(None)).count()


def message_ids(house):
    with house.open():
        return {f"<{delivery.message_id}@localhost>" for delivery in db.session.query(Delivery)}


def work(services, mail_server):
    services.start("beat", MAIL_URL=mail_server.url)
    return services.start("worker", MAIL_URL=mail_server.url)


@pytest.mark.parametrize("moment", ["between claim and send", "between send and commit"])
def test_killing_a_worker_while_it_sends_an_email_loses_none(services, own_house, mail_server, moment):
    queue(own_house)
    worker = work(services, mail_server)

    def kill(*_args):
        mail_server.on_rcpt = mail_server.after_data = None
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        return "451 the one who spoke is dead" if moment == "between claim and send" else None

    if moment == "between claim and send":
        mail_server.on_rcpt = lambda _address: kill() if len(mail_server.messages) >= 3 else None
    else:
        mail_server.after_data = lambda count: kill() if count == 4 else None
    assert wait_until(lambda: worker.poll() is not None)
    assert unsent(own_house) >= LETTERS - 4 - ON_THEIR_WAY
    services.start("worker", MAIL_URL=mail_server.url)
    assert wait_until(lambda: unsent(own_house) == 0, 60)
    times = Counter(mail_server.ids)
    assert set(times) == message_ids(own_house)
    assert sum(times.values()) <= LETTERS + ON_THEIR_WAY
    assert max(times.values()) <= 2
    if moment == "between send and commit":
        assert sum(times.values()) > LETTERS


def test_two_workers_share_the_emails_and_send_none_twice(services, own_house, mail_server):
    queue(own_house, 40)
    work(services, mail_server)
    services.start("worker", MAIL_URL=mail_server.url)
    assert wait_until(lambda: unsent(own_house) == 0, 60)
    assert sorted(mail_server.ids) == sorted(message_ids(own_house))


def test_a_worker_that_is_stopped_finishes_its_current_email(services, own_house, mail_server):
    queue(own_house, 3)
    worker = work(services, mail_server)
    mail_server.after_data = lambda count: worker.terminate() if count == 1 else None
    assert wait_until(lambda: worker.poll() is not None)
    assert worker.returncode == 0
    assert 3 - unsent(own_house) == len(mail_server.messages) >= 1


def test_losing_broker_messages_loses_no_email(services, own_house, mail_server):
    worker = work(services, mail_server)
    assert wait_until((own_house.app.config["SETTINGS"].pulse_file).exists)
    worker.kill()
    worker.wait()
    queue(own_house, 3)
    for message in (own_house.app.config["SETTINGS"].var_dir / "broker" / "messages").iterdir():
        message.unlink(missing_ok=True)
    services.start("worker", MAIL_URL=mail_server.url)
    assert wait_until(lambda: unsent(own_house) == 0, 60)
    assert len(mail_server.messages) == 3


def test_killing_a_worker_while_it_fetches_an_article_loses_none(services, own_house):
    with WebServer() as server:
        with own_house.open() as make:
            user = make.user()
            for number in range(3):
                make.intake(user, f"{server.url}/{number}")
        loopback = {"FETCH_LOOPBACK": f"127.0.0.1:{server.port}"}
        server.pages |= {
            "/0": press.page(),
            "/1": press.page(headline="Another one"),
            "/2": press.page(headline="A third one"),
        }
        kept = server.pages["/1"]
        services.start("beat")
        worker = services.start("worker", **loopback)

        def kill(connection):
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            server.pages["/1"] = kept

        server.pages["/1"] = kill
        assert wait_until(lambda: worker.poll() is not None)
        services.start("worker", **loopback)
        assert wait_until(lambda: all_read(own_house), 60)
        assert Counter(server.paths)["/1"] == 2


def all_read(house):
    with house.open():
        return set(db.session.scalars(select(Intake.status))) == {IntakeStatus.READ}
