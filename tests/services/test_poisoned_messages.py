"""A message that cannot be read is set aside; it neither ends a worker nor delays it."""

import base64
import json
from datetime import timedelta

import pytest

from app import clock
from app.broker_folder import MOST_KEPT, BrokerFolder
from tasks.broker import parse
from tests.services.conftest import wait_until
from tests.services.test_kill import queue, unsent, work


def message(**changes):
    """Return a message as kombu writes it, except for `changes`."""
    properties = {
        "delivery_info": {"exchange": "", "routing_key": "celery"},
        "delivery_tag": "1", "body_encoding": "base64", "delivery_mode": 2,
    }  # fmt: skip
    body = base64.b64encode(json.dumps([[], {}, {}]).encode()).decode()
    headers = {"task": "tasks.deliveries.send_due", "id": "1", "expires": None}
    payload = {
        "body": body, "headers": headers, "content-type": "application/json", "content-encoding": "utf-8",
        "properties": properties,
    }  # fmt: skip
    return json.dumps(payload | changes).encode()


POISON = {
    "empty": b"",
    "truncated": message()[:90],
    "zeros": b"\0" * 4096,
    "not text": b"\xff\xfe\x00\xd8" * 50,
    "another object": b"{}",
    "a list": b"[1, 2]",
    "a number": b"7",
    "nested deeply": b"[" * 100_000,
    "no properties": message(properties={}),
    "no headers": message(headers=None),
    "no base64": message(body="x"),
    "another kind of body": message(body=[1]),
    "a type of its own": b'{"__type__": "datetime", "__value__": "yesterday"}',
}


@pytest.fixture
def folder(tmp_path):
    folder = BrokerFolder(tmp_path / "broker")
    folder.prepare()
    return folder


def poison(folder, count=1, queue_name="celery"):
    for number in range(count):
        for place, content in enumerate(POISON.values()):
            (folder.messages / f"0000_{number}-{place}.{queue_name}.msg").write_bytes(content)


def test_unreadable_messages_end_no_worker_and_hold_up_no_letter(services, own_house, mail_server):
    queue(own_house, 3)
    folder = BrokerFolder(own_house.app.config["SETTINGS"].broker_dir)
    folder.prepare()
    poison(folder)
    (folder.control / "celery.exchange").write_bytes(b"")
    worker = work(services, mail_server)
    assert wait_until(lambda: unsent(own_house) == 0)
    poison(folder, 5)
    queue_again = folder.messages / "0000_last.celery.msg"
    queue_again.write_bytes(message())
    assert wait_until(lambda: not any(name.startswith("0000") for name in folder.waiting()))
    assert worker.poll() is None
    assert folder.count_unreadable() >= len(POISON)


@pytest.mark.parametrize("kind", POISON)
def test_what_is_not_a_message_is_set_aside(folder, kind):
    (folder.messages / "1_a.celery.msg").write_bytes(POISON[kind])
    assert folder.take("1_a.celery.msg", parse) is None
    assert (folder.waiting(), folder.count_unreadable()) == ([], 1)
    assert list(folder.processed.iterdir()) == []


def test_a_message_is_read_once(folder):
    folder.put("1_a.celery.msg", message())
    assert folder.take("1_a.celery.msg", parse)["headers"]["task"] == "tasks.deliveries.send_due"
    assert folder.take("1_a.celery.msg", parse) is None
    assert folder.count_unreadable() == 0


def test_of_unreadable_messages_only_some_are_kept_and_only_for_a_week(folder, at):
    poison(folder, 12)
    folder.sweep(parse)
    assert folder.count_unreadable() == MOST_KEPT
    at(clock.now() + timedelta(days=8))
    folder.sweep(parse)
    assert folder.count_unreadable() == 0


def test_messages_that_have_expired_do_not_keep_a_worker_busy(folder):
    old = {"task": "tasks.deliveries.send_due", "id": "1", "expires": "2020-01-01T00:00:00+00:00"}
    (folder.messages / "1_old.celery.msg").write_bytes(message(headers=old))
    (folder.messages / "2_new.celery.msg").write_bytes(message())
    folder.sweep(parse)
    assert folder.waiting() == ["2_new.celery.msg"]
    assert folder.count_unreadable() == 0


def test_a_table_of_queues_that_cannot_be_read_is_set_aside(folder):
    (folder.control / "celery.exchange").write_bytes(b'[["a", ')
    (folder.control / "other.exchange").write_bytes(b'[["a", "", "celery"]]')
    folder.sweep(parse)
    assert [file.name for file in folder.control.iterdir()] == ["other.exchange"]
    assert folder.count_unreadable() == 1
