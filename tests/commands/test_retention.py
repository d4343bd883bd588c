"""`encuentro retention`: the dry run counts and deletes nothing; without it, the sweep of the night is done."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from app import clock
from app.commands import main
from app.extensions import db
from app.models.people.people import Person
from app.models.privacy.retention import RetentionKind
from tests.conftest import House
from tests.databases import SECRET_KEY, migrated, settings_for
from tests.domain.privacy.periods import keep


@pytest.fixture
def place(monkeypatch, tmp_path, at):
    """A house of its own, in which one nationality is due."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("FIELD_KEY", settings_for(tmp_path).field_key)
    house = House(migrated(settings_for(tmp_path, secret_key=SECRET_KEY)))
    with house.open() as make:
        make.person(congress=make.congress(), nationality="CO")
        keep(RetentionKind.NATIONALITIES, 30)
    at(clock.now() + timedelta(days=400))
    return house


def run(*arguments):
    result = CliRunner().invoke(main, ["retention", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_dry_run_counts_each_kind_and_the_command_deletes_what_is_due(place):
    printed = run("--dry-run")
    assert "nationalities: 1 due (kept for 30 days, from " in printed
    assert all(f"{kind.value}: " in printed for kind in RetentionKind)
    with place.open():
        assert db.session.query(Person).one().nationality == "CO"
    assert run() == "nationalities: 1 deleted\n"
    with place.open():
        assert db.session.query(Person).one().nationality is None
    assert run() == "Nothing was due, or it has been deleted this night already.\n"
