"""The `encuentro` command, used before anyone can sign in."""

import re

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import create_app
from app.commands import main
from app.commands.baseline import read
from app.config import ROOT, Config
from app.domain.accounts.passwords import password_matches
from app.extensions import db
from app.mail_in import sign_mail_in
from app.models.accounts.accounts import Role
from app.models.mail.bounces import ReturnedKind, ReturnedLetter
from app.models.press.intakes import Intake
from app.queries.accounts import accounts
from tests.conftest import House
from tests.databases import FIELD_KEY, SECRET_KEY


@pytest.fixture
def mail(run, monkeypatch):
    """Pass an email to the command, as a mail server does."""
    monkeypatch.setenv("MAIL_IN_ADDRESS", "articles@example.org")
    monkeypatch.setenv("SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("FIELD_KEY", FIELD_KEY)

    def mail(to, rest="\nSee https://paper.example.org/strike"):
        letter = f"To: {to}\nMessage-ID: <1@example.org>\n{rest}".encode()
        return CliRunner().invoke(main, ["take-mail"], input=letter, catch_exceptions=False)

    return mail


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the command on a separate database."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_events_of_the_demo_story_are_in_the_order_in_which_they_happen():
    times = [event["at"] for event in read("story")]
    assert times == sorted(times)


def test_the_first_admin_can_be_created_on_the_command_line(run):
    assert run("migrate").exit_code == 0
    add = ("user", "add", "Ana@example.org", "--name", "Ana", "--password", "correct horse battery")
    assert run(*add).exit_code == 0
    assert run(*add).exit_code == 1
    with House(create_app(Config.from_env())).open():
        user = accounts.by_email("ana@example.org")
        assert password_matches(user.password_hash, "correct horse battery")
        assert [held.role for held in accounts.held(user)] == [Role.ADMIN]
        db.engine.dispose()


def test_a_short_password_is_rejected_with_a_message(run):
    run("migrate")
    answer = run("user", "add", "ana@example.org", "--name", "Ana", "--password", "short")
    assert answer.exit_code == 1
    assert "at least 12 characters" in answer.output


def test_the_exit_code_says_whether_an_email_was_accepted(run, mail):
    run("migrate")
    with House(create_app(Config.from_env())).open() as make:
        user = make.user("Ana")
        make.grant(user, Role.ADMIN)
        assert mail(f"articles+{sign_mail_in(SECRET_KEY, user.id)}@example.org").exit_code == 0
        assert mail("articles+nobody@example.org").exit_code == 0
        assert [intake.created_by_id for intake in db.session.scalars(select(Intake))] == [user.id]
        db.engine.dispose()


def test_what_returned_is_read_from_a_pipe_or_kept_for_the_next_try(run, mail, monkeypatch):
    take = lambda: CliRunner().invoke(main, ["take-bounce"], input=b"To: x@example.org\n\nHello")  # noqa: E731
    assert take().exit_code == 75
    monkeypatch.setenv("MAIL_BOUNCE_ADDRESS", "bounces@example.org")
    assert take().exit_code == 75  # the tables do not exist yet
    run("migrate")
    assert take().exit_code == 0
    with House(create_app(Config.from_env())).open():
        assert list(db.session.scalars(select(ReturnedLetter.kind))) == [ReturnedKind.UNVERIFIED]
        db.engine.dispose()


def test_an_unreadable_email_is_accepted_because_its_sender_is_notified(run, mail):
    run("migrate")
    with House(create_app(Config.from_env())).open() as make:
        user = make.user("Ana")
        make.grant(user, Role.ADMIN)
        address = f"articles+{sign_mail_in(SECRET_KEY, user.id)}@example.org"
        assert mail(address, "Content-Type: message/rfc822\n\n").exit_code == 0
        assert [intake.failure for intake in db.session.scalars(select(Intake))] == ["nothing_read"]
        db.engine.dispose()


def test_the_mail_server_retries_an_email_that_could_not_be_stored(mail, monkeypatch):
    answer = mail(f"articles+{sign_mail_in(SECRET_KEY, 1)}@example.org")  # the tables do not exist yet
    assert answer.exit_code == 75
    assert "OperationalError" in answer.output
    assert "articles+" not in answer.output
    monkeypatch.delenv("MAIL_IN_ADDRESS")
    answer = mail("articles@example.org")
    assert answer.exit_code == 75
    assert "MAIL_IN_ADDRESS is not set." in answer.output


def test_help_names_every_command(run):
    said = run("--help").output
    assert all(
        name in said
        for name in (
            "start",
            "demo",
            "web",
            "worker",
            "beat",
            "migrate",
            "user",
            "take-mail",
            "take-bounce",
            "translations",
        )
    )


def test_no_word_of_the_run_script_hides_a_command():
    script = (ROOT / "run").read_text().partition('case "${1:-start}" in')[2]
    words = {word for words in re.findall(r"^    ([\w|-]+)\)", script, re.MULTILINE) for word in words.split("|")}
    assert {"test", "check", "vulnerabilities"} <= words
    assert words.isdisjoint(main.commands)
