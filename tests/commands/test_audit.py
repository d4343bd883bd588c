"""`encuentro audit`: what it prints, and what it says about a log that was changed."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from app.commands import main
from app.extensions import db
from tests.conftest import House
from tests.databases import FIELD_KEY, SECRET_KEY, migrated, settings_for


@pytest.fixture
def place(monkeypatch, tmp_path):
    """A house with some lines in its log, as the command finds it."""
    for name, value in {"VAR_DIR": str(tmp_path), "SECRET_KEY": SECRET_KEY, "FIELD_KEY": FIELD_KEY}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    house = House(migrated(settings_for(tmp_path, secret_key=SECRET_KEY)))
    for title in ("One", "Two", "Three"):
        with house.open() as make:
            make.congress(title)
    yield house
    with house.app.app_context():
        db.engine.dispose()


def run(*arguments):
    return CliRunner().invoke(main, ["audit", *arguments], catch_exceptions=False)


def tamper(house, statement):
    with house.app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statement))


def head():
    return run().stdout.removeprefix("Head: ").strip()


def test_an_intact_log_is_verified_and_its_head_is_found_again(place):
    known = head()
    assert int(known.partition(":")[0]) >= 3
    answer = run("--verify", "--head", known)
    assert (answer.exit_code, "The log is intact" in answer.stdout) == (0, True)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM log_lines WHERE number = 2", "lines were removed"),
        ("UPDATE log_lines SET user_id = 7 WHERE number = 2", "it was changed"),
        ("UPDATE log_values SET after = '{}' WHERE number = 2", "not those that were written"),
        ("DELETE FROM log_values WHERE number = 2", "no line tells that they were erased"),
    ],
)
def test_a_log_that_was_changed_is_told_with_its_line(place, statement, said):
    tamper(place, statement)
    answer = run("--verify")
    assert (answer.exit_code, "Line 2" in answer.output or "Line 3" in answer.output) == (1, True)
    assert said in answer.output


def test_lines_that_were_cut_off_at_the_end_show_against_a_head_that_was_kept(place):
    known = head()
    tamper(place, f"DELETE FROM log_lines WHERE number = {known.partition(':')[0]}")
    assert run("--verify").exit_code == 0
    assert run("--head", known).exit_code == 1


@pytest.mark.parametrize("typed", ["7", "x:0123"])
def test_a_head_that_is_none_is_refused(place, typed):
    assert run("--head", typed).exit_code == 2
