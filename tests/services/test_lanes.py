"""Whoever was told to wait is answered after everybody else."""

import threading
from dataclasses import dataclass, field

import pytest

from app.commands import lanes
from app.commands.lanes import Dispatcher, noting_refusals
from tests.services.conftest import wait_until

GUESSER, OTHER = "203.0.113.7", "198.51.100.1"


@dataclass
class Request:
    """A request of a client, which takes until it may end."""

    client: str
    may_end: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)

    @property
    def addr(self):
        return (self.client, 40_000)

    def service(self):
        self.begun.set()
        self.may_end.wait(10)

    def cancel(self):
        self.may_end.set()


@pytest.fixture
def threads():
    """A dispatcher with two threads."""
    dispatcher, asked = Dispatcher(), []
    dispatcher.set_thread_count(2)

    def ask(client):
        asked.append(Request(client))
        dispatcher.add_task(asked[-1])
        return asked[-1]

    dispatcher.ask = ask
    yield dispatcher
    for one in asked:
        one.may_end.set()
    dispatcher.shutdown()


def refuse(dispatcher, client):
    """Answer a request of a client with 429."""

    def app(_environ, start_response):
        start_response("429 TOO MANY REQUESTS", [])
        return []

    noting_refusals(app, dispatcher)({"REMOTE_ADDR": client}, lambda *_: None)


def test_the_requests_of_whoever_is_refused_take_one_thread_at_most(threads):
    refuse(threads, GUESSER)
    first, second = threads.ask(GUESSER), threads.ask(GUESSER)
    assert first.begun.wait(10)
    other = threads.ask(OTHER)
    assert other.begun.wait(10)
    assert not second.begun.is_set()
    first.may_end.set()
    assert second.begun.wait(10)


def test_others_are_answered_first(threads):
    refuse(threads, GUESSER)
    running = [threads.ask(OTHER), threads.ask(OTHER)]
    assert all(one.begun.wait(10) for one in running)
    guess, other = threads.ask(GUESSER), threads.ask(OTHER)
    running[0].may_end.set()
    assert other.begun.wait(10)
    assert not guess.begun.is_set()


def test_a_client_is_not_behind_for_ever(threads, monkeypatch):
    monkeypatch.setattr(lanes, "BEHIND_SECONDS", 0)
    refuse(threads, GUESSER)
    asked = [threads.ask(GUESSER), threads.ask(GUESSER)]
    assert all(one.begun.wait(10) for one in asked)


def test_a_request_that_fails_lets_the_next_one_be_answered(threads, monkeypatch):
    monkeypatch.setattr(threads.logger, "exception", lambda *_: None)
    refuse(threads, GUESSER)
    broken, next_one = Request(GUESSER), Request(GUESSER)
    broken.service = lambda: 1 / 0
    threads.add_task(broken)
    threads.add_task(next_one)
    assert wait_until(next_one.begun.is_set, 10)
    next_one.may_end.set()
