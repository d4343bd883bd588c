"""A simulated time of a campaign: its worker and beat are killed at random, and every letter that is due comes once.

The suite simulates some days around a change of clocks; `ENCUENTRO_SIMULATED_DAYS=365` simulates a year.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from app import clock
from app.config import ROOT
from app.domain.actions import follow_ups
from app.extensions import db
from app.models.accounts.accounts import Role, User
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp
from app.models.people.people import Person
from tests.factories import utc
from tests.services.letters_due import Book, Reader, Told

DAYS = int(os.environ.get("ENCUENTRO_SIMULATED_DAYS", "7"))
START = utc("2025-10-23 00:30")
HOUR = timedelta(hours=1)
MOST_OPEN = 12
OUTAGES = [0] * 8 + [1] * 6 + [3] * 3 + [10, 40]
"""For how many hours a process that was killed is away."""
READERS = (
    Reader("ana@example.org", "America/Bogota"),
    Reader("claire@example.org", "Europe/Paris", 2),
    Reader("kiri@example.org", "Pacific/Auckland", 6, frozenset({5, 6})),
    Reader("ravi@example.org", "Asia/Kolkata", 23),
    Reader("luz@example.org", "UTC"),
)
"""The last one has no account, and so gets letters about actions of the house at 08:00 in UTC."""


class Simulation:
    """The processes, the clock, and what happens to actions."""

    def __init__(self, house, services, folder, mail_url, chance):
        self.house, self.folder, self.chance = house, folder, chance
        self.book, self.kills, self.pids, self.down = Book(), 0, {}, {}
        self.stands = {}
        folder.mkdir()
        self.tell_time(START)
        env = services.env | {"MAIL_URL": mail_url, "PYTHONPATH": str(ROOT)}
        self.mother = subprocess.Popen(
            [sys.executable, "-m", "tests.services.forked", str(folder)],
            env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        services.processes.append(self.mother)
        assert self.mother.stdout.readline() == "ready\n"
        for name in ("beat", "worker 1", "worker 2"):
            self.start(name)

    def start(self, name):
        self.mother.stdin.write(f"{name.split()[0]}\n")
        self.mother.stdin.flush()
        self.pids[name] = int(self.mother.stdout.readline())

    def kill(self, name):
        """Kill a process at whatever it is doing, for some hours; what it was woken for may be delivered again."""
        pid = self.pids.pop(name)
        os.kill(pid, signal.SIGKILL)
        while _lives(pid):
            time.sleep(0.001)
        self.kills += 1
        self.down[name] = self.chance.choice(OUTAGES)
        for busy in self.folder.glob(f"busy-{pid}-*"):
            if self.chance.random() < 0.5:
                busy.rename(self.folder / f"wake-again-{time.monotonic_ns()}")
            else:
                busy.unlink()

    def stop(self):
        for name in [*self.pids]:
            self.kill(name)
        self.mother.stdin.close()

    def tell_time(self, now):
        new = self.folder / "clock.new"
        new.write_text(now.isoformat())
        new.rename(self.folder / "clock")

    def tick(self, now, *, is_busy):
        """Let an hour begin: wait until all that was posted is done, unless a process is killed meanwhile."""
        for name in [name for name, hours in self.down.items() if hours == 0]:
            del self.down[name]
            self.start(name)
        self.down = {name: hours - 1 for name, hours in self.down.items()}
        self.tell_time(now)
        if self.pids and self.chance.random() < (0.25 if is_busy else 0.01):
            time.sleep(self.chance.random() * 0.08)
            self.kill(self.chance.choice(sorted(self.pids)))
            self.settle(now)
        elif self.settle(now):
            self.book.runs.append(now)

    def settle(self, now):
        """Wait for the processes that live; return whether a run was completed."""
        works = [name for name in self.pids if name.startswith("worker")]
        if "beat" in self.pids:
            _wait(lambda: (self.folder / "posted").exists() and (self.folder / "posted").read_text() == now.isoformat())
        if works:
            _wait(lambda: not [*self.folder.glob("wake-*"), *self.folder.glob("busy-*")])
        return bool(works) and "beat" in self.pids

    def record(self, now, action, reader):
        """Note in the book how an action stands from now on; without a reader, it is closed."""
        if action.id in self.stands:
            self.stands.pop(action.id).until = now
        if reader is not None:
            stand = Told(reader, action.due_at, timedelta(hours=action.remind_before_hours), now)
            self.stands[action.id] = stand
            self.book.told.append(stand)

    def change_something(self, now, holders):
        """Assign an action, or complete, move or pass on one of those that are open."""
        with self.house.open() as make, clock.travel(now):
            reader = self.chance.choice(READERS)
            holder = db.session.get_one(*holders[reader])
            is_open = FollowUp.status.in_(OPEN_STATUSES)
            found = db.session.query(FollowUp).filter(is_open).order_by(FollowUp.id).all()
            due_at = now + timedelta(minutes=self.chance.randrange(-3 * 1440, 12 * 1440))
            verb = self.chance.choice(["assign", "assign", "complete", "move", "pass on"])
            verb = "complete" if len(found) > MOST_OPEN else verb
            if verb == "assign" or not found:
                before = self.chance.choice([0, 24, 72])
                action = make.follow_up(None, holder, due_at, by=None, remind_before_hours=before)
                return self.record(clock.now(), action, reader)
            action = self.chance.choice(found)
            if verb == "complete":
                follow_ups.complete(action)
                return self.record(clock.now(), action, None)
            if verb == "move":
                reader, holder = self.stands[action.id].reader, action.assignee or action.assignee_person
            changed = {"remind_before_hours": action.remind_before_hours}
            follow_ups.change(action, make.follow_up_values(holder, due_at, **changed), by=None)
            return self.record(clock.now(), action, reader)


def _lives(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def _wait(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.0005)


def people(house):
    """Record the readers, and return the model and the id of each."""
    with house.open() as make, clock.travel(START):
        found = {}
        for reader in READERS[:-1]:
            user = make.user(reader.address.partition("@")[0].title(), email=reader.address, timezone=reader.zone)
            user.reminder_hour, user.quiet_days = reader.hour, sorted(reader.quiet)
            make.grant(user, Role.ADMIN)
            found[reader] = (User, user.id)
        luz = make.person("Luz", email=READERS[-1].address, preferred_language="en")
        return found | {READERS[-1]: (Person, luz.id)}


def instants(messages):
    """Return when each reader got which daily letter first, by the time in its head; repetitions have the same Message-ID."""
    seen, found = set(), defaultdict(list)
    for message in messages:
        if "waiting for you" in message["Subject"] and message["Message-ID"] not in seen:
            found[message["To"]].append(parsedate_to_datetime(message["Date"]))
        seen.add(message["Message-ID"])
    return found


@pytest.mark.parametrize("seed", [1])
def test_every_letter_that_is_due_comes_and_none_twice(services, own_house, mail_server, tmp_path, seed):
    holders, chance = people(own_house), random.Random(seed)
    simulation = Simulation(own_house, services, tmp_path / "simulated", mail_server.url, chance)
    for hour in range(DAYS * 24):
        now = START + hour * HOUR
        if chance.random() < 0.4:
            simulation.change_something(now - HOUR / 2, holders)
        is_busy = any(now - HOUR < at <= now for one in simulation.stands.values() for at in one.mentions(now))
        simulation.tick(now - 40 * HOUR if chance.random() < 0.01 else now, is_busy=is_busy)
    simulation.stop()
    letters = instants(mail_server.messages)
    assert simulation.kills > DAYS / 4
    assert sum(map(len, letters.values())) > DAYS
    for reader in READERS:
        assert simulation.book.faults(reader, letters[reader.address]) == [], reader
