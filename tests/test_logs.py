"""Logs contain no names, addresses, tokens or anything that was typed, whatever fails."""

import io
import logging
import re

import pytest
from limits import parse
from sqlalchemy import text

from app import logs
from app.domain.mail import deliveries
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import DeliveryKind
from app.web import rate_limits
from tests.databases import ONE_DATABASE

CANARY = re.compile(r"canary|@|eyJ|[\w-]{24,}\.[\w-]{5,}", re.IGNORECASE)
NAME, ADDRESS = "Canary Paz", "canary@example.org"


@pytest.fixture
def logged():
    """What the process logs, from the lowest level on."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Formatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Exception while serving %s", ("/reset/canary-token",)),
        ("Exception on /join/canary [GET]", ()),
        ("Task %(name)s[%(id)s] raised: %(exc)s", ({"name": "tasks.x", "id": "1", "exc": f"IntegrityError({NAME})"},)),
        (f"mail to {ADDRESS} failed", ()),
        ("mail to %r failed with %s", (ADDRESS, NAME)),
        ("GET http://encuentro.test/sign-in?next=/canary", ()),
        ("token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.canary-canary", ()),
        ("first line\ncanary on the second", ()),
    ],
)
def test_of_the_messages_of_libraries_only_the_words_of_their_template_are_logged(logged, message, arguments):
    logging.getLogger("waitress").error(message, *arguments)
    line = logged()
    assert line.count("\n") == 1
    assert not CANARY.search(line)


def test_numbers_tasks_and_types_of_errors_are_logged(logged):
    logging.getLogger("celery").warning(
        "%s of %s failed with %s after %.1f s", "tasks.links.check", 7, "ValueError", 0.5
    )
    assert 'event="tasks.links.check of 7 failed with ValueError after 0.5 s"' in logged()


def test_of_an_error_its_type_causes_and_places_are_logged(logged):
    try:
        try:
            int("canary")
        except ValueError as error:
            raise RuntimeError(NAME) from error
    except RuntimeError:
        logging.getLogger("app").exception("delivery %s failed", 12)
    line = logged()
    assert 'event="delivery 12 failed"' in line
    assert "RuntimeError < " in line
    assert not CANARY.search(line)


def test_a_percent_sign_is_none_of_the_arguments(logged):
    logging.getLogger("kombu").warning("100%% of %s", 1)
    assert 'event="100% of 1"' in logged()


@ONE_DATABASE
def test_signing_in_resetting_and_errors_leave_no_trace_of_a_person(house, browse, logged, monkeypatch):
    monkeypatch.setitem(house.app.config, "PROPAGATE_EXCEPTIONS", False)
    with house.open() as make:
        user = make.user(NAME, email=ADDRESS, password="a long password")
        make.grant(user, Role.ADMIN)
    browse().post("/sign-in", {"email": ADDRESS, "password": "canary password"})
    browse().post("/forgotten", {"email": ADDRESS})

    def broken(*_args, **_kwargs):
        db.session.execute(
            text("SELECT nothing FROM nowhere WHERE name = :name"),
            {"name": NAME},
            execution_options={"unscoped": "a test"},
        )

    monkeypatch.setattr("app.domain.campaigns.campaigns.create", broken)
    page = browse(user)
    sent = page.typed("/campaigns/new", title=NAME, start_date="2026-12-01", timezone="America/Caracas")
    assert page.post("/campaigns/new?form=canary", sent).status_code == 500
    line = logged()
    assert 'event="internal error"' in line
    assert "page=/campaigns/new" in line
    assert "OperationalError" in line
    assert not CANARY.search(line)


@ONE_DATABASE
def test_wrong_passwords_and_refused_pages_are_told_with_the_number_of_the_account(house, browse, logged):
    with house.open() as make:
        user = make.user(NAME, email=ADDRESS, password="a long password")
        make.grant(user, Role.MEMBER)
    for address in (ADDRESS, "nobody-canary@example.org"):
        browse().post("/sign-in", {"email": address, "password": "canary password"})
    assert browse(user).get("/users").status_code == 403
    lines = logged()
    assert 'event="a password was wrong" account=1' in lines
    assert 'event="a password was wrong" account=0' in lines
    assert 'event="a page was refused" account=1 page=/users status=403' in lines
    assert not CANARY.search(lines)


@ONE_DATABASE
def test_limits_and_forms_without_a_token_are_told_once_a_minute(house, browse, logged, monkeypatch):
    monkeypatch.setattr(rate_limits, "SUBSCRIBE", (parse("1/hour"),))
    for _ in range(4):
        browse().post("/forgotten", {"email": ADDRESS})
    monkeypatch.setitem(house.app.config, "WTF_CSRF_ENABLED", True)
    for _ in range(2):
        assert browse().post("/sign-in", {"email": ADDRESS}).status_code == 400
        assert browse().post("/forgotten", {"email": ADDRESS}).status_code == 400
    lines = logged().splitlines()
    assert sum('event="a limit was reached" kind=forgotten' in line for line in lines) == 1
    assert sum('event="a form had no valid token"' in line for line in lines) == 1


@ONE_DATABASE
def test_a_letter_that_is_refused_leaves_no_trace_of_its_recipient(house, mail_server, logged):
    house.with_settings(mail_url=mail_server.url)
    mail_server.on_rcpt = lambda address: f"550 no such mailbox {address}"
    with house.open() as make:
        user = make.user(NAME, email=ADDRESS)
        deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="now", due_at=user.created_at)
    with house.open():
        deliver_due()
    line = logged()
    assert 'event="email was refused"' in line
    assert "delivery=1" in line
    assert not CANARY.search(line)
