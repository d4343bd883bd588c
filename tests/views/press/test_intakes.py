"""Incoming articles: who sees them, what is shown, and that rejecting one loses nothing."""

import gzip
import re

import pytest
from sqlalchemy import select

from app import mail_in
from app.domain.press import intakes
from app.extensions import db
from app.jobs.press.fetch_articles import fetch_due_articles
from app.jobs.press.receive_mail import receive_email
from app.models.accounts.accounts import Role
from app.models.press.intakes import Intake, IntakeStatus
from app.reading.articles import from_text
from app.reading.mail import LARGEST
from tests import press
from tests.fetching.webserver import WebServer, answer
from tests.views.pages import text


@pytest.fixture
def people(house, browse):
    """Two organizers, as clients, and their accounts."""
    with house.open() as make:
        alice, bob = make.user("Alice"), make.user("Bob")
        make.grant(alice, Role.ORGANIZER, campaign=make.campaign())
        make.grant(bob, Role.ADMIN)
    return browse(alice), browse(bob), alice


def status_of(house, number):
    with house.open():
        return db.session.get_one(Intake, number).status


@pytest.mark.parametrize("stage", ["waiting", "read", "failed", "refused", "kept"])
def test_an_incoming_article_is_visible_only_to_the_user_who_added_it(house, people, stage):
    alice, bob, account = people
    with house.open() as make:
        intake = make.intake(account, "https://paper.example.org/mine")
        db.session.refresh(intake)
        intake.status = IntakeStatus(stage)
        if stage == "read":
            intake.fields = intakes.stored(from_text(press.text(), url=intake.url))
    path = f"/intakes/{intake.id}"
    assert alice.get(path).status_code == 200
    assert bob.get(path).status_code == 404
    for button in ("keep", "text", "take", "refuse", "restore"):
        assert bob.post(f"{path}/{button}", {"headline": "Mine now", "pasted": press.text()}).status_code == 404
    assert "paper.example.org/mine" not in text(bob.get("/intakes"))
    assert status_of(house, intake.id) == stage


def test_entries_of_feeds_are_visible_to_everyone_who_may_save_articles(house, people):
    alice, bob, _ = people
    with house.open() as make:
        entry = make.entry(headline="Strike in the port")
    for client in (alice, bob):
        assert "Strike in the port" in text(client.get("/intakes"))
        assert "They stopped work." in text(client.get(f"/intakes/{entry.id}"))
    assert alice.post(f"/intakes/{entry.id}/take").status_code == 302
    assert status_of(house, entry.id) == IntakeStatus.WAITING


def test_a_rejected_article_can_be_restored_from_the_list(house, people):
    alice, _, account = people
    with house.open() as make:
        intake = make.intake(account, "https://paper.example.org/mine")
    refused = alice.post(f"/intakes/{intake.id}/refuse")
    assert refused.location == "/intakes"
    page = text(alice.get("/intakes"))
    assert "Rejected. You can restore it below." in page
    assert f'action="/intakes/{intake.id}/restore"' in page
    alice.post(f"/intakes/{intake.id}/restore")
    assert status_of(house, intake.id) == IntakeStatus.WAITING


def test_skipped_entries_of_a_long_feed_are_not_shown_as_rejected(house, people):
    alice, _, _ = people
    with house.open() as make:
        make.entry(headline="Passed over").status = IntakeStatus.REFUSED
    assert "Passed over" not in text(alice.get("/intakes"))


def test_an_unreachable_page_is_retried_automatically_or_with_a_button(house, people):
    alice, _, account = people
    with WebServer() as server:
        house.with_settings(fetch_loopback=f"127.0.0.1:{server.port}")
        server.pages["/a"] = answer(b"", status="503 Service Unavailable")
        with house.open() as make:
            path = f"/intakes/{make.intake(account, f'{server.url}/a').id}"
            fetch_due_articles()
        page = text(alice.get(path))
        assert "The page cannot be reached right now." in page
        assert "Next attempt" in page
        assert 'name="pasted"' in page
        assert 'http-equiv="refresh"' not in page  # it would discard what the user is typing
        server.pages["/a"] = press.page()
        assert alice.post(f"{path}/take").location == path
        with house.open():
            assert fetch_due_articles() == 1
    assert "Check the article" in text(alice.get(path))


def test_a_button_pressed_too_late_shows_an_error(house, people):
    alice, _, account = people
    with house.open() as make:
        intake = make.intake(account)
        article = make.article()
        db.session.refresh(intake)
        intake.status, intake.article_id = IntakeStatus.KEPT, article.id
    pressed = alice.post(f"/intakes/{intake.id}/refuse")
    assert alice.get(pressed.location).location == f"/articles/{article.id}"
    assert "Someone has already made a decision about this article." in text(alice.get(f"/articles/{article.id}"))


def test_the_personal_email_address_for_articles_is_shown_if_it_is_configured(house, people):
    alice, bob, account = people
    assert "By email." not in text(alice.get("/articles/paste"))
    house.with_settings(mail_in_address="articles@example.org")
    own = f"articles+{mail_in.sign_mail_in('for tests only', account.id)}@example.org"
    assert own in text(alice.get("/articles/paste"))
    assert own not in text(bob.get("/articles/paste"))
    assert len(own.partition("@")[0]) <= 64
    assert own == own.lower()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Have you seen it?", "This email contains neither an article nor its address."),
        ("", "Nothing in this email could be read."),
        ("x" * LARGEST, "This email is too large."),
    ],
)
def test_an_email_without_an_article_explains_what_is_missing(house, people, body, sentence):
    alice, _, account = people
    house.with_settings(mail_in_address="articles@example.org")
    with house.open():
        token = mail_in.sign_mail_in("for tests only", account.id)
        receive_email(f"To: articles+{token}@example.org\n\n{body}".encode())
        (intake,) = db.session.scalars(select(Intake))
    assert sentence in text(alice.get("/intakes"))
    assert sentence in text(alice.get(f"/intakes/{intake.id}"))
    assert alice.post(f"/intakes/{intake.id}/text", {"pasted": press.text()}).status_code == 302
    assert status_of(house, intake.id) == IntakeStatus.READ


def test_the_list_stays_small_with_many_feed_entries(house, people):
    alice, _, _ = people
    with house.open() as make:
        feed = make.feed()
        for _number in range(60):
            make.entry(feed)
    answered = alice.get("/intakes", headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(answered.get_data()).decode()
    assert len(answered.get_data()) < 14 * 1024
    assert len(re.findall("/take", page)) == 30
    assert "60 new in feeds" in page


def test_an_empty_list_explains_what_to_do(people):
    assert "No incoming articles. Paste an article, follow a feed, or send one in by email." in text(
        people[0].get("/intakes")
    )


def test_a_text_with_hostile_characters_can_be_pasted(house, people):
    alice, _, _ = people
    path = alice.post("/articles/paste", {"pasted": press.text() + "\x00<script>alert(1)</script>\u202e"}).location
    body = alice.get(path).get_data(as_text=True)
    assert "<script>alert" not in body
    with house.open():
        assert db.session.scalars(select(Intake)).one().status == IntakeStatus.READ


def test_a_wrapped_address_is_stored_unwrapped_and_one_that_hides_a_script_is_rejected(house, people):
    alice, _, _ = people
    long = "&data=" + "x" * 3_000
    wrapped = (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example.org%2Fa%3Ffbclid%3D1" + long
    )
    alice.post("/articles/paste", {"url": wrapped})
    with house.open():
        assert db.session.scalars(select(Intake)).one().url == "https://paper.example.org/a"
    assert 'value="https://paper.example.org/a"' in text(
        alice.get("/articles/paste?url=https%3A%2F%2Fpaper.example.org%2Fa%3Futm_source%3Dx")
    )
    assert alice.post("/articles/paste", {"url": "https://www.google.com/url?q=https://nowhere"}).status_code == 422


def test_a_page_that_waits_for_a_worker_refreshes_until_it_is_stopped_or_done(house, people):
    alice, _bob, account = people
    with house.open() as make:
        intake = make.intake(account, "https://paper.example.org/mine")
    path = f"/intakes/{intake.id}"
    waiting, still = alice.get(path), alice.get(f"{path}?still=1")
    assert 2 <= int(waiting.headers["Refresh"]) <= 30
    assert "This page refreshes by itself." in text(waiting)
    assert "Refresh" not in still.headers
    assert '<a href="?">Refresh</a>' in text(still)
    with house.open():
        failed = db.session.get_one(Intake, intake.id)
        failed.status, failed.failure, failed.next_try_at = IntakeStatus.FAILED, "too_slow", None
        db.session.commit()
    over = alice.get(path)
    assert "Refresh" not in over.headers
    assert "✕ failed" in text(over)
    assert "The page takes too long to load." in text(over)
    assert "Try again" in text(over)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("paywall", "a part of the text may be missing"),
        ("live_blog", "This is a live blog"),
        ("pdf", "This was read in a PDF"),
        ("article", None),
    ],
)
def test_a_person_who_confirms_an_article_is_told_what_its_page_is(house, people, kind, sentence):
    alice, _, account = people
    with house.open() as make:
        intake = make.intake(account, "https://paper.example.org/told")
        db.session.refresh(intake)
        intake.status = IntakeStatus.READ
        intake.fields = intakes.stored({**from_text(press.text(), url=intake.url), "page_kind": kind})
    page = text(alice.get(f"/intakes/{intake.id}"))
    told = [
        one
        for one in ("a part of the text may be missing", "This is a live blog", "This was read in a PDF")
        if one in page
    ]
    assert told == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        ("cookie_wall", "only asks for consent to cookies"),
        ("challenge", "checks whether a person opens it"),
        ("error_page", "answers with an error page"),
        ("front_page", "This is the front page of a site"),
        ("link_list", "This page is a list of articles"),
        ("unread_pdf", "Nothing could be read in this PDF"),
    ],
)
def test_a_page_that_is_no_article_explains_what_it_is_and_keeps_its_address(house, people, failure, sentence):
    alice, _, account = people
    with house.open() as make:
        intake = make.intake(account, "https://paper.example.org/wall")
        db.session.refresh(intake)
        intake.status, intake.failure = IntakeStatus.FAILED, failure
    answered = alice.get(f"/intakes/{intake.id}")
    assert sentence in text(answered)
    assert 'value="https://paper.example.org/wall"' in answered.get_data(as_text=True)
