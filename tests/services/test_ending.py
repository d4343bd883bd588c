"""A worker that has given up its broker ends, although Celery would wait forever."""

import os
import threading
import time
from types import SimpleNamespace

import pytest
from celery import Celery
from celery.apps.worker import Worker
from celery.platforms import EX_FAILURE

from tasks import ending


@pytest.fixture
def pulse(tmp_path):
    file = tmp_path / "pulse"
    file.touch()
    return file


def test_it_ends_once_no_task_gives_a_sign_of_life(pulse):
    codes, ended = [], threading.Event()
    arguments = {"idle": 1.5, "end": lambda code: (codes.append(code), ended.set())}
    threading.Thread(target=ending.end_when_idle, args=(pulse,), kwargs=arguments, daemon=True).start()
    for number in range(10):  # for longer than it waits, which is much longer than a busy machine takes for each
        os.utime(pulse, (number, number))
        time.sleep(0.2)
    assert not ended.is_set()
    assert ended.wait(5)
    assert codes == [EX_FAILURE]


@pytest.mark.parametrize(("code", "begun"), [(EX_FAILURE, 1), (0, 0), (None, 0)])
def test_only_one_that_has_given_up_does(pulse, monkeypatch, code, begun):
    started = []
    monkeypatch.setattr(Worker, "stop", lambda *_: None)
    monkeypatch.setattr(
        ending,
        "threading",
        SimpleNamespace(Thread=lambda **given: SimpleNamespace(start=lambda: started.append(given))),
    )
    celery = Celery(set_as_current=False)
    ending.end_when_given_up(celery, pulse)
    celery.Worker.stop(object.__new__(celery.Worker), False, code)
    assert len(started) == begun
