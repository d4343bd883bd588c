"""Writers of one process take turns at SQLite, and none of them keeps its turn."""

import sqlite3
import threading

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from app.dialects import READ_ONLY, prepare_sqlite
from app.dialects.unhurried import write_within


@pytest.fixture
def engine(tmp_path):
    made = create_engine(f"sqlite:///{tmp_path / 'turns.db'}", connect_args={"timeout": 5}, poolclass=QueuePool)
    prepare_sqlite(made)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
    yield made
    made.dispose()


def write(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO notes DEFAULT VALUES")


def count(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM notes").scalar_one()


def test_a_second_writer_does_not_ask_sqlite_before_the_first_one_has_ended(engine):
    asked = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_):
        if statement == "BEGIN IMMEDIATE":
            asked.append(threading.current_thread())

    second = threading.Thread(target=write, args=(engine,))
    with engine.begin():
        second.start()
        second.join(0.2)
        assert second not in asked
    second.join(5)
    assert second in asked
    assert count(engine) == 1


def test_readers_do_not_wait_for_a_writer(engine):
    with engine.begin(), engine.connect().execution_options(**READ_ONLY) as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM notes").scalar_one() == 0


@pytest.mark.parametrize("end", ["rollback", "close", "invalidate"])
def test_however_a_transaction_ends_the_next_one_begins(engine, end):
    connection = engine.connect()
    connection.begin()
    getattr(connection, end)()
    assert write_within(engine, 0, lambda other: other.exec_driver_sql("INSERT INTO notes DEFAULT VALUES"))


def test_a_turn_is_given_back_if_another_process_keeps_the_database_locked(engine, tmp_path):
    other = sqlite3.connect(tmp_path / "turns.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not write_within(engine, 0, lambda _: None)
    other.execute("COMMIT")
    other.close()
    assert write_within(engine, 0, lambda _: None)


def test_who_waits_too_long_for_a_turn_is_told_that_the_database_is_locked(tmp_path):
    hurried = create_engine(f"sqlite:///{tmp_path / 'hurried.db'}", connect_args={"timeout": 0.2}, poolclass=QueuePool)
    prepare_sqlite(hurried)
    with hurried.begin(), pytest.raises(OperationalError, match="locked"), hurried.begin():
        pass
    hurried.dispose()
