"""Beat goes on when somebody sets the clock, and after it was away."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from app.config import Config
from tasks import make_celery
from tasks.scheduler import Scheduler
from tests.services.conftest import wait_until

DAY = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
NIGHTLY = "search for duplicates at night"


class Clocks:
    """The clock that people set, and the one that nobody can."""

    def __init__(self, monkeypatch):
        self.wall, self.steady = DAY, 1000.0
        monkeypatch.setattr(time, "monotonic", lambda: self.steady)

    def pass_by(self, **lapse):
        self.wall += timedelta(**lapse)
        self.steady += timedelta(**lapse).total_seconds()


class Beat(Scheduler):
    """Notes what it would send."""

    def setup_schedule(self):
        self.sent = []
        super().setup_schedule()

    def apply_entry(self, entry, producer=None):
        self.sent.append(entry.name)

    producer = None

    def tick(self):
        self.sent.clear()
        super().tick()
        return set(self.sent)


@pytest.fixture
def clocks(monkeypatch):
    return Clocks(monkeypatch)


@pytest.fixture
def beat(clocks, app, tmp_path):
    """Return a new beat, as after a restart."""
    celery = make_celery(app)
    celery.now = lambda: clocks.wall
    celery.conf.beat_schedule_filename = str(tmp_path / "beat.json")
    celery.conf.broker_transport_options = {}
    for entry in celery.conf.beat_schedule.values():
        if hasattr(entry["schedule"], "nowfun"):
            entry["schedule"].nowfun = celery.now
    return lambda: Beat(celery)


@pytest.mark.parametrize("hours", [-48, -2, 2, 48])
def test_letters_go_on_every_five_seconds_when_the_clock_is_set(beat, clocks, hours):
    running = beat()
    assert "send what is due" in running.tick()
    clocks.wall += timedelta(hours=hours)
    assert "send what is due" not in running.tick()
    for _ in range(3):
        clocks.pass_by(seconds=5)
        assert "send what is due" in running.tick()
    clocks.wall -= timedelta(hours=hours)
    clocks.pass_by(seconds=5)
    assert {"send what is due", "continue imports"} <= running.tick()


def test_a_task_of_the_night_runs_once_each_night(beat, clocks):
    running = beat()
    runs = 0
    for _ in range(48 * 12):
        clocks.pass_by(minutes=5)
        runs += NIGHTLY in running.tick()
    assert runs == 2


def test_after_the_clock_was_set_back_a_task_of_the_night_runs_in_the_next_night(beat, clocks):
    running = beat()
    clocks.wall += timedelta(days=30)
    assert NIGHTLY in running.tick()
    clocks.wall -= timedelta(days=30)
    running.tick()
    clocks.pass_by(hours=15)
    assert NIGHTLY in running.tick()


def test_a_night_without_beat_is_made_up_for(beat, clocks):
    beat().sync()
    clocks.pass_by(hours=24)
    assert NIGHTLY in beat().tick()
    assert NIGHTLY not in beat().tick()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"clean up": 3}', '{"clean up": "2026-01-01T00:00"}', "\0\0"])
def test_a_file_that_cannot_be_read_does_not_stop_beat(beat, tmp_path, content):
    (tmp_path / "beat.json").write_text(content)
    assert "send what is due" in beat().tick()


def test_a_disk_that_is_full_does_not_stop_beat(beat, clocks, tmp_path):
    running = beat()
    (tmp_path / "beat.new").mkdir()
    clocks.pass_by(hours=1)
    assert "send what is due" in running.tick()


def test_a_real_beat_that_ran_in_the_future_sends_at_once(services, own_house):
    settings = Config.from_env(services.env)
    future = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    settings.beat_file.write_text(json.dumps({NIGHTLY: future, "clean up": future}))
    services.start("beat")
    messages = settings.broker_dir / "messages"
    assert wait_until(lambda: messages.exists() and any(messages.iterdir()))
    assert wait_until(lambda: json.loads(settings.beat_file.read_text())["clean up"] < future)
