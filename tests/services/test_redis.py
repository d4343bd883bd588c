"""Redis is stopped under a worker that is busy, and started again: the worker, or the one after it, goes on."""

import os
import shutil
import signal
import subprocess
from collections import Counter

import pytest

from app import clock
from app.domain.mail import deliveries
from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from tests.mailserver import free_port
from tests.services.conftest import wait_until

LETTERS = 30
ON_THEIR_WAY = 24
"""Connections of a worker, and results that it records together."""

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server")


class Redis:
    """A server that keeps nothing, as one does whose machine was started again."""

    def __init__(self):
        self.port, self._process = free_port(), None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self):
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()


@pytest.fixture
def redis():
    server = Redis()
    server.start()
    yield server
    server.kill()


def queue(house, names):
    with house.open() as make:
        for name in names:
            user = make.user(name, email=f"{name}@example.org")
            deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="now", due_at=clock.now())


def unsent(house):
    with house.open():
        return db.session.query(Delivery).filter(Delivery.sent_at.is_(None)).count()


def test_after_redis_was_away_emails_are_sent_again_and_none_is_lost(services, own_house, mail_server, redis, request):
    services.env |= {"BROKER_URL": f"redis://127.0.0.1:{redis.port}/0", "MAIL_URL": mail_server.url}
    queue(own_house, [f"before{number}" for number in range(LETTERS)])
    mail_server.after_data = lambda count: redis.kill() if count == 3 else None
    supervisor = services.start("start", "--empty")
    request.addfinalizer(lambda: (supervisor.terminate(), supervisor.wait(60)))
    assert wait_until(lambda: unsent(own_house) == 0)  # the task that was begun needs no broker
    queue(own_house, [f"meanwhile{number}" for number in range(3)])
    redis.start()
    assert wait_until(lambda: unsent(own_house) == 0, 180)
    times = Counter(mail_server.ids)
    assert len(times) == LETTERS + 3
    assert max(times.values()) <= 2
    assert sum(times.values()) <= LETTERS + 3 + ON_THEIR_WAY
