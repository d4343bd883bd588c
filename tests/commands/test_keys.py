"""The key for sensitive fields: a new one, an interrupted change, and a wrong one."""

import os

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import create_app
from app.commands import alone, main
from app.config import Config
from app.extensions import db
from app.migrating import downgrade
from app.models.people.people import Person
from app.sealing import new_key
from tests.conftest import House


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the command on a separate database, as a process that ends."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "FIELD_KEY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        before = os.umask(0o022)
        try:
            return CliRunner().invoke(main, arguments)
        finally:
            os.umask(before)
            while alone._held:
                os.close(alone._held.pop())

    assert run("migrate").exit_code == 0
    with House(create_app(Config.from_env())).open() as make:
        make.person("Ana", nationality="CU")
        db.engine.dispose()
    return run


def nationalities():
    """Return what a process that starts now reads."""
    with House(create_app(Config.from_env())).open():
        found = db.session.scalars(select(Person.nationality)).all()
        db.engine.dispose()
    return found


def test_all_sensitive_fields_are_encrypted_with_a_new_key(run, tmp_path):
    kept = tmp_path / "field-key"
    old = kept.read_text()
    answer = run("rotate-key")
    assert answer.exit_code == 0, answer.output
    assert "2 rows were encrypted with the new key." in answer.output
    new = kept.read_text()
    assert new != old
    assert "," not in new
    assert nationalities() == ["CU"]
    kept.write_text(old)
    refused = run("migrate")
    assert refused.exit_code == 1
    assert "were encrypted with another key" in refused.output


def test_an_interrupted_rotation_is_finished_before_anything_else_starts(run, tmp_path):
    kept = tmp_path / "field-key"
    kept.write_text(f"{new_key()},{kept.read_text()}")
    refused = run("migrate")
    assert refused.exit_code == 1
    assert "Finish their rotation with: encuentro rotate-key" in refused.output
    assert run("rotate-key").exit_code == 0
    assert run("migrate").exit_code == 0
    assert nationalities() == ["CU"]


def test_a_key_is_replaced_before_the_tables_of_a_newer_version_are_there(run):
    with create_app(Config.from_env()).app_context():
        downgrade(revision="0101")
        db.engine.dispose()
    answer = run("rotate-key")
    assert answer.exit_code == 0, answer.output
    assert nationalities() == ["CU"]


def test_a_key_that_is_given_is_replaced_in_the_setting(run, tmp_path, monkeypatch):
    old, new = (tmp_path / "field-key").read_text(), new_key()
    monkeypatch.setenv("FIELD_KEY", old)
    asked = run("rotate-key")
    assert asked.exit_code == 1
    assert "Set FIELD_KEY to " in asked.output
    monkeypatch.setenv("FIELD_KEY", f"{new},{old}")
    assert run("rotate-key").exit_code == 0
    monkeypatch.setenv("FIELD_KEY", new)
    assert nationalities() == ["CU"]
    monkeypatch.setenv("FIELD_KEY", "not a key")
    assert "FIELD_KEY is not a key" in run("migrate").output
