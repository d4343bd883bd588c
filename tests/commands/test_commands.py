"""The `encuentro` command, where nobody can sign in yet."""

import pytest
from click.testing import CliRunner

from app import create_app
from app.commands import main
from app.config import Config
from app.domain.passwords import password_matches
from app.extensions import db
from app.models.accounts import Role
from app.queries import accounts
from tests.conftest import House


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the command on a database of its own."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_first_admin_is_made_on_the_command_line(run):
    assert run("migrate").exit_code == 0
    add = ("user", "add", "Ana@example.org", "--name", "Ana", "--password", "correct horse battery")
    assert run(*add).exit_code == 0
    assert run(*add).exit_code == 1
    with House(create_app(Config.from_env())).open():
        user = accounts.by_email("ana@example.org")
        assert password_matches(user.password_hash, "correct horse battery")
        assert [held.role for held in accounts.held(user)] == [Role.ADMIN]
        db.engine.dispose()


def test_a_short_password_is_refused_in_words(run):
    run("migrate")
    answer = run("user", "add", "ana@example.org", "--name", "Ana", "--password", "short")
    assert answer.exit_code == 1
    assert "at least 12 characters" in answer.output


def test_help_names_every_command(run):
    said = run("--help").output
    assert all(name in said for name in ("start", "demo", "web", "worker", "beat", "migrate", "user", "translations"))
