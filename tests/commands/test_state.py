"""`encuentro state`, and what the supervisor says."""

import os
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import clock, create_app
from app.commands import main, watching
from app.commands.watching import Watch
from app.config import Config
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from tests.conftest import House
from tests.databases import ALWAYS, SECRET_KEY, migrated, settings_for


@pytest.fixture
def place(monkeypatch, tmp_path):
    """The settings of a house of its own, as the command reads them."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return settings_for(tmp_path, secret_key=SECRET_KEY)


def run(*arguments):
    return CliRunner().invoke(main, ["state", *arguments], catch_exceptions=False)


def silence(settings, hours=1):
    os.utime(settings.pulse_file, ((clock.now() - timedelta(hours=hours)).timestamp(),) * 2)


def test_the_command_prints_every_line_and_exits_with_one_if_something_needs_attention(place):
    migrated(place)
    good = run()
    assert good.exit_code == 0, good.output
    assert (
        "  Worker: good. It works: emails are sent, and tasks are done. Last sign of life: 2200-01-01 00:00 UTC."
        in good.output
    )
    silence(place)
    bad = run()
    assert bad.exit_code == 1
    assert "! Worker: needs attention. It does nothing: no email is sent. Last sign of life: " in bad.output
    assert "  Database: good. It answers." in bad.output


def test_the_command_tells_without_a_database_as_well(place):
    (place.var_dir / "encuentro.db").write_bytes(b"not a database, and longer than its header has to be" * 100)
    answer = run("--tell")
    assert answer.exit_code == 1
    assert "! Database: needs attention. It does not answer: nothing can be read or saved." in answer.output
    assert "  Worker: good." in answer.output


def test_the_command_sends_the_letters_about_alarms_itself_once_and_no_others(place):
    migrated(place)
    silence(place)
    house = House(create_app(Config.from_env()))
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        deliveries.queue(DeliveryKind.INVITATION, user=make.user("Bob"), occasion="one", due_at=clock.now())
    for _ in range(3):
        assert run("--tell").exit_code == 1
    with house.open():
        assert [one.subject for one in db.session.scalars(select(MailboxLetter))] == [
            "Encuentro needs attention: Worker"
        ]
        unsent = select(Delivery.kind).where(Delivery.sent_at.is_(None))
        assert db.session.scalars(unsent).all() == [DeliveryKind.INVITATION]
        db.engine.dispose()


def test_the_command_tells_nobody_unless_it_is_asked_to(place):
    migrated(place)
    silence(place)
    run()
    house = House(create_app(Config.from_env()))
    with house.open():
        assert db.session.scalars(select(Delivery)).all() == []
        db.engine.dispose()


@pytest.fixture
def watch(tmp_path, monkeypatch):
    """A supervisor's watch whose time passes when the test says so, and whose command writes a file."""
    passed = [1000.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: passed[0])
    said, told = [], tmp_path / "told"
    watch = Watch(settings_for(tmp_path), said.append, ["sh", "-c", f"echo told >> {told}"])

    def look(seconds=0):
        passed[0] += seconds
        watch.look()
        if watch._telling is not None:
            watch._telling.wait(10)
        times, said[:] = [*said], []
        return times, told.read_text().count("told") if told.exists() else 0

    watch.after, watch.passed = look, passed
    return watch


def test_the_supervisor_says_each_change_once_and_lets_admins_be_told_after_a_while(watch):
    settings = watch.settings
    assert watch.after() == ([], 0)
    silence(settings)
    assert watch.after(5) == ([], 0)  # it looks every half minute
    said, told = watch.after(30)
    assert (len(said), told) == (1, 0)
    assert said[0].startswith("encuentro: Worker: needs attention. It does nothing")
    assert watch.after(30) == ([], 0)
    assert watch.after(300) == ([], 1)
    assert watch.after(300) == ([], 1)
    os.utime(settings.pulse_file, (ALWAYS, ALWAYS))
    assert watch.after(30) == (["encuentro: Worker: good again."], 1)
    silence(settings)
    assert len(watch.after(30)[0]) == 1
    assert watch.after(300) == ([], 2)


def test_the_supervisor_waits_for_the_command_before_it_starts_another(watch):
    silence(watch.settings)
    watch.tell = ["sleep", "60"]
    watch.look()
    watch.passed[0] += 400
    watch.look()
    first = watch._telling
    watch.settings.beat_file.unlink()
    for _ in range(2):
        watch.passed[0] += 400
        watch.look()
    assert watch._telling is first
    first.kill()
    first.wait()
