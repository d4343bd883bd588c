"""Looking at sensitive fields leaves a line: who looked at which records, never the values."""

import sqlite3

import pytest
from sqlalchemy import select

from app.domain.travel import help_calls
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.oversight.lines import ActorKind, LogLine, LogVerb
from app.queries.accounts import log
from app.web import looks
from tests.databases import BOTH_DATABASES


@pytest.fixture
def world(house, browse):
    """Alice, who works on the whole house, and Rosa, whose phone is recorded."""
    with house.open() as make:
        house.alice = make.user("Alice")
        make.grant(house.alice, Role.ADMIN)
        house.rosa = make.person("Rosa", phone="+58 414 555 0199")
    house.reader = browse(house.alice)
    return house


def read(**wanted):
    return db.session.scalars(select(LogLine).filter_by(verb=LogVerb.READ, **wanted).order_by(LogLine.number)).all()


@BOTH_DATABASES
def test_opening_the_page_of_a_person_leaves_a_line(world):
    world.reader.get(f"/people/{world.rosa.id}")
    with world.open():
        [line] = read()
        told = (line.table_name, line.record_id, line.user_id, line.actor_kind, line.way, line.fields, line.commitment)
        assert told == (
            "people", world.rosa.id, world.alice.id, ActorKind.ACCOUNT, "people.show", "contact_details,other_names", None,
        )  # fmt: skip
        assert line.session_id is not None
        assert log.verify().is_whole


def test_a_list_leaves_a_line_only_if_it_shows_contact_details(world):
    world.reader.get("/people")
    with world.open():
        assert read() == []
        other = world.rosa.id
    world.reader.get("/people?columns=phone&columns=country")
    with world.open():
        [line] = read()
        assert (line.table_name, line.record_id, line.fields) == ("people", other, "contact_details")


def test_a_page_that_is_not_shown_leaves_no_line(world, browse):
    with world.open() as make:
        charlie = make.user("Charlie")
        make.grant(charlie, Role.ORGANIZER, congress=make.congress())
    assert browse(charlie).get(f"/people/{world.rosa.id}").status_code == 404
    assert world.reader.get("/people/999").status_code == 404
    with world.open():
        assert read() == []


def test_a_page_waits_for_a_busy_database_and_is_shown_and_its_line_is_written_later(world, monkeypatch, caplog):
    monkeypatch.setattr(looks, "WAIT", 0.05)
    path = f"/people/{world.rosa.id}"
    world.reader.get("/people")
    with world.app.app_context():
        other = sqlite3.connect(db.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "0199" in world.reader.get(path).text
    assert "later" in caplog.text or any("later" in str(one.__dict__) for one in caplog.records)
    other.execute("ROLLBACK")
    other.close()
    with world.open():
        assert read() == []
    world.reader.get(path)
    with world.open():
        assert [line.record_id for line in read()] == [world.rosa.id] * 2
        assert log.verify().is_whole


def test_a_short_wait_is_long_enough_for_other_writers(world):
    assert looks.WAIT >= 1


def test_calls_for_help_leave_a_line(world):
    with world.open() as make:
        congress = make.congress()
        delegate = make.delegation(congress).delegates[0]
        help_calls.call(delegate)
    world.reader.get(f"/congresses/{congress.id}/help")
    with world.open():
        [line] = read(table_name="delegates")
        assert (line.record_id, line.fields) == (delegate.id, "help_calls,phone")


def test_a_download_is_told_with_its_size_and_what_it_contains(world):
    world.reader.post("/people/download", {"file_format": "csv", "columns": ["given_name", "phone"]})
    with world.open():
        line = db.session.scalars(select(LogLine).where(LogLine.verb == LogVerb.EXPORT)).one()
        assert (line.table_name, line.row_count, line.fields, line.user_id) == (
            "people", 1, "csv,contact_details", world.alice.id,
        )  # fmt: skip
