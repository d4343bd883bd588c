"""`encuentro erase`, `encuentro about` and `encuentro proofs`."""

import json
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.commands import main
from app.commands import privacy as commands
from app.extensions import db
from app.models.people.people import Person
from tests.databases import ONE_DATABASE

pytestmark = ONE_DATABASE


@pytest.fixture
def person(house, monkeypatch):
    monkeypatch.setattr(commands, "create_app", lambda _settings: house.app)
    monkeypatch.setattr(commands, "settings_of_process", lambda: house.app.config["SETTINGS"])
    with house.open() as make:
        person = make.person("Rosa", "Luz", congress=make.congress(), email="rosa@example.org")
        make.consent(person)
    return person


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def left(house):
    with house.open():
        return db.session.scalars(select(Person.given_name)).all()


def test_a_dry_run_says_what_would_be_erased_and_erases_nothing(house, person):
    told = run("erase", person.id, "--dry-run")
    assert "consents: 1" in told.output
    assert "Nothing was erased" in told.output
    assert left(house) == ["Rosa"]


def test_erasing_leaves_a_proof_of_the_consent_for_who_knows_the_address(house, person):
    assert "Erased." in run("erase", person.id).output
    assert left(house) == []
    assert "email: given on 2025-03-08 (paper)" in run("proofs", "Rosa@example.org").output
    assert "Nobody has the number" in run("erase", person.id).output


def test_everything_about_a_person_is_written_to_a_file(house, person, tmp_path):
    file = tmp_path / "rosa.zip"
    assert run("about", person.id, "--to", file, "--locale", "es").exit_code == 0
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("person.json"))["rows"]["people"][0]["given_name"] == "Rosa"
        assert "Todo sobre Rosa Luz" in archive.read("person.html").decode()
