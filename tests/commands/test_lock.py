"""`encuentro lock` and `encuentro unlock`: without the web, in whatever order, and interrupted."""

import os

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import create_app
from app.backups import age, key_files
from app.commands import alone, lock, main
from app.config import Config
from app.domain.accounts import field_keys, house
from app.extensions import db
from app.jobs.accounts.withdraw_key import withdraw_key
from app.models.accounts.locks import HouseLock
from app.models.people.people import Person
from app.sealing import SealError
from tests.conftest import House
from tests.databases import migrated


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command on a separate database, as a process that ends."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "FIELD_KEY", "BACKUP_RECIPIENT", "BACKUP_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        before = os.umask(0o022)
        try:
            return CliRunner().invoke(main, arguments)
        finally:
            os.umask(before)
            while alone._held:
                os.close(alone._held.pop())

    app = migrated(Config.from_env())
    with House(app).open() as make:
        house.check_field_key()
        make.person("Ana", nationality="CU")
        db.engine.dispose()
    return run


@pytest.fixture
def identity(monkeypatch, tmp_path_factory):
    """The private key of backups, which is not on the machine."""
    identity = age.Identity.new()
    monkeypatch.setenv("BACKUP_RECIPIENT", identity.recipient.text)
    file = tmp_path_factory.mktemp("elsewhere") / "identity"
    file.write_text(identity.text)
    return file


def process():
    return House(create_app(Config.from_env())).open()


def nationalities():
    """Return what a process that starts now reads."""
    with process():
        field_keys.follow(Config.from_env().var_dir)
        found = db.session.scalars(select(Person.nationality)).all()
        db.engine.dispose()
    return found


def stands():
    with process():
        found = db.session.scalar(select(HouseLock.standing)) == 1
        db.engine.dispose()
    return found


def test_a_house_is_locked_and_opened_on_the_machine_again_and_again(run):
    assert "The house is locked.\nIts key is still in " in run("lock").output
    assert "The house was locked already." in run("lock").output
    with pytest.raises(SealError):
        nationalities()
    assert run("state").exit_code == 1
    assert "The house is locked since" in run("state").output
    assert "The house is open." in run("unlock").output
    assert "The house is not locked." in run("unlock").output
    assert nationalities() == ["CU"]


def test_a_key_beside_the_database_is_sealed_and_only_the_private_key_opens(run, identity, tmp_path, monkeypatch):
    kept = tmp_path / "field-key"
    content = kept.read_text()
    assert "sealed to BACKUP_RECIPIENT" in run("lock").output
    assert not kept.exists()
    assert not any(content.encode() in one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert run("migrate").exit_code == 0
    assert not kept.exists()  # no new key was made
    assert "Name the file of the private key" in run("unlock").output
    other = identity.with_name("other")
    other.write_text(age.Identity.new().text)
    assert "another key than this one" in run("unlock", "--identity", str(other)).output
    assert stands()
    assert run("unlock", "--identity", str(identity)).exit_code == 0
    assert kept.read_text() == content
    assert not (tmp_path / "field-key.age").exists()
    assert nationalities() == ["CU"]


def test_a_key_that_is_given_is_not_sealed(run, identity, tmp_path, monkeypatch):
    monkeypatch.setenv("FIELD_KEY", (tmp_path / "field-key").read_text())
    (tmp_path / "field-key").unlink()
    assert "Its key is still in the environment" in run("lock").output
    with pytest.raises(SealError):
        nationalities()
    assert run("unlock").exit_code == 0
    assert nationalities() == ["CU"]


@pytest.mark.parametrize("moment", ["before sealing", "before the plain file is removed", "before opening is stored"])
def test_what_was_killed_in_the_middle_is_finished(run, identity, tmp_path, monkeypatch, moment):
    put_back = key_files.put_back

    def die(*given):
        if moment == "before opening is stored":
            put_back(*given)
        raise KeyboardInterrupt

    module, name = {
        "before sealing": (lock, "withdraw_key"),
        "before the plain file is removed": (key_files, "_overwrite"),
        "before opening is stored": (key_files, "put_back"),
    }[moment]
    if moment == "before opening is stored":
        run("lock")
    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        run(*(["unlock", "--identity", str(identity)] if moment == "before opening is stored" else ["lock"]))
    assert stands()
    assert (tmp_path / "field-key").exists()
    settings = Config.from_env()
    with process():
        withdraw_key(settings)  # what the worker does every few seconds
        db.engine.dispose()
    assert not (tmp_path / "field-key").exists()
    assert run("unlock", "--identity", str(identity)).exit_code == 0
    assert nationalities() == ["CU"]


def test_what_needs_the_key_is_refused_meanwhile(run, identity):
    run("lock")
    assert "The house is locked" in run("backup").output
    assert "The house is locked" in run("rotate-key").output
