"""Workers fetch incoming articles: once, with retries, with takeover of dead claims, and never two at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.press import articles, intakes
from app.domain_errors import DomainError
from app.extensions import db
from app.fetching import fetch
from app.jobs.press import fetch_articles, fetching
from app.jobs.press.fetch_articles import fetch_due_articles
from app.models.press.articles import Article
from app.models.press.intakes import IntakeSource, IntakeStatus
from app.reading.articles import from_text
from tests import press
from tests.factories import minute, utc
from tests.fetching.webserver import WebServer, answer
from tests.mailserver import free_port

NOON = utc("2026-11-22 12:00")
LEASE = timedelta(seconds=300)
BUSY = answer(b"", status="503 Service Unavailable")
VALUES = {
    "headline": "By land", "authors": None, "publisher": None, "date_published": None, "in_language": "en", "url": None,
    "original_publisher": None, "original_date": None, "republication_notice": None, "disclaimer": None, "captions": None,
    "text": "They went by land.", "excerpt": "They went by land.",
}  # fmt: skip


@pytest.fixture
def server(house):
    with WebServer() as server:
        server.pages["/a"] = press.page()
        house.with_settings(fetch_loopback=f"127.0.0.1:{server.port}")
        yield server


@pytest.fixture
def intake(make, server):
    return make.intake(make.user(), f"{server.url}/a")


def now_in_the_database(intake):
    db.session.rollback()
    db.session.refresh(intake)
    return intake


def test_a_page_is_fetched_once_and_read(intake, server):
    assert fetch_due_articles() == 1
    assert fetch_due_articles() == 0
    assert server.paths == ["/a"]
    now_in_the_database(intake)
    assert (intake.status, intake.claim, intake.failure) == (IntakeStatus.READ, None, None)
    assert intakes.reading_of(intake)["headline"] == "Drivers carry the delegations"
    assert str(intakes.reading_of(intake)["date_published"]) == "2025-12-02"


def test_no_transaction_is_open_during_a_request(intake, server, monkeypatch):
    begun = []

    def look(*args, **kwargs):
        begun.append(db.session().in_transaction())
        return fetch(*args, **kwargs)

    monkeypatch.setattr(fetching, "fetch", look)
    fetch_due_articles()
    assert begun == [False]


def test_the_claim_of_a_killed_worker_is_taken_over_when_its_lease_ends(intake, server, monkeypatch, at):
    def die(*_args, **_kwargs):
        raise SystemExit

    at(NOON)
    intake.next_try_at = NOON
    db.session.commit()
    with monkeypatch.context() as killed:
        killed.setattr(fetching, "fetch", die)
        with pytest.raises(SystemExit):
            fetch_due_articles()
    db.session.rollback()
    assert fetch_due_articles() == 0
    at(NOON + LEASE - timedelta(minutes=1))
    assert fetch_due_articles() == 0
    at(NOON + LEASE + timedelta(seconds=1))
    assert fetch_due_articles() == 1


def test_a_page_that_kills_its_workers_is_given_up(intake, server, monkeypatch, at):
    def die(*_args, **_kwargs):
        raise SystemExit

    monkeypatch.setattr(fetching, "fetch", die)
    for hour in range(intakes.MOST_ATTEMPTS):
        at(clock.now() + timedelta(hours=1 + hour))
        with pytest.raises(SystemExit):
            fetch_due_articles()
        db.session.rollback()
    at(clock.now() + timedelta(days=1))
    assert fetch_due_articles() == 0
    assert now_in_the_database(intake).status == IntakeStatus.FAILED


def test_a_worker_that_is_too_late_changes_nothing(intake, server):
    claim = intakes.claim(intake.id, LEASE)
    assert intakes.claim(intake.id, LEASE) is None
    intakes.note_text(intake, from_text(press.text()), pasted=press.text())
    db.session.commit()
    intakes.note_failure(intake, claim, "not_found")
    intakes.note_page(intake, claim, from_text("Another one altogether."))
    db.session.commit()
    assert now_in_the_database(intake).status == IntakeStatus.READ
    assert "18 drivers" in intake.fields["text"]


@pytest.mark.parametrize("trouble", ["busy", "no connection"])
def test_an_unreachable_page_is_retried_three_times_before_it_has_failed(house, intake, server, at, trouble):
    server.pages["/a"] = BUSY
    intake.next_try_at = NOON
    if trouble == "no connection":
        port = free_port()
        house.with_settings(fetch_loopback=f"127.0.0.1:{port}")
        intake.url = f"http://127.0.0.1:{port}/a"
    db.session.commit()
    moment = NOON
    for wait in (1, 10, 60):
        at(moment)
        fetch_due_articles()
        now_in_the_database(intake)
        assert (intake.status, intake.failure, intake.claim) == (IntakeStatus.WAITING, "unreachable", None)
        moment += timedelta(minutes=wait)
        assert minute(intake.next_try_at) == minute(moment)
        at(moment - timedelta(seconds=10))
        fetch_due_articles()
        moment = now_in_the_database(intake).next_try_at
    at(moment)
    fetch_due_articles()
    now_in_the_database(intake)
    assert (intake.status, intake.failure, intake.attempts) == (IntakeStatus.FAILED, "unreachable", 4)
    at(moment + timedelta(days=1))
    fetch_due_articles()
    assert len(server.requests) == (4 if trouble == "busy" else 0)


def test_the_retry_after_of_a_server_is_respected(intake, server, at):
    server.pages["/a"] = answer(b"", status="503 Service Unavailable", Retry_After="7200")
    at(NOON)
    intake.next_try_at = NOON
    db.session.commit()
    fetch_due_articles()
    assert minute(now_in_the_database(intake).next_try_at) == NOON + timedelta(hours=2)


@pytest.mark.parametrize(
    ("status", "word"), [("404 Not Found", "not_found"), ("403 Forbidden", "blocked"), ("410 Gone", "gone")]
)
def test_permanent_failures_are_not_retried(intake, server, status, word):
    server.pages["/a"] = answer(b"", status=status)
    fetch_due_articles()
    now_in_the_database(intake)
    assert (intake.status, intake.failure, intake.next_try_at) == (IntakeStatus.FAILED, word, None)


def test_an_unreadable_page_does_not_stop_the_others(make, intake, server, monkeypatch):
    other = make.intake(make.user(), f"{server.url}/b")
    server.pages["/b"] = press.page("es", "Los choferes")
    real = fetch_articles.from_page

    def read(content, url, **said):
        if url.endswith("/a"):
            raise RuntimeError("boom")
        return real(content, url, **said)

    monkeypatch.setattr(fetch_articles, "from_page", read)
    assert fetch_due_articles() == 1
    assert now_in_the_database(other).status == IntakeStatus.READ
    assert now_in_the_database(intake).failure == "unreachable"


def test_a_person_can_retry_a_failed_page(intake, server):
    server.pages["/a"] = answer(b"", status="404 Not Found")
    fetch_due_articles()
    server.pages["/a"] = press.page()
    intakes.take(now_in_the_database(intake))
    db.session.commit()
    assert fetch_due_articles() == 1


def test_characters_that_no_database_stores_do_not_stop_a_page(intake, server):
    server.pages["/a"] = press.page(headline="NUL &#0; half &#xD800; end")
    assert fetch_due_articles() == 1
    assert now_in_the_database(intake).fields["headline"].startswith("NUL")


def test_missing_fields_of_a_page_are_filled_in_from_the_feed(make, server):
    entry = make.entry(url=f"{server.url}/bare", headline="As the feed has it", authors=("Ana Ruiz",))
    body = (
        "<html><body><article>"
        + "".join(f"<p>{one}</p>" for one in press.text().split("\n\n"))
        + "</article></body></html>"
    )
    server.pages["/bare"] = answer(body.encode(), kind="text/html; charset=utf-8")
    intakes.take(entry)
    db.session.commit()
    assert fetch_due_articles() == 1
    reading = intakes.reading_of(now_in_the_database(entry))
    assert reading["authors"] == "Ana Ruiz"
    assert "18 drivers" in reading["text"]


def test_saving_an_intake_twice_creates_one_article(make, intake, server):
    fetch_due_articles()
    first = intakes.keep(intake, VALUES, by=None)
    assert intakes.keep(intake, VALUES, by=None) is first
    assert len(db.session.scalars(select(Article)).all()) == 1


@pytest.mark.parametrize("stage", ["listed", "waiting", "read", "failed"])
def test_a_rejected_intake_is_restored_to_its_previous_state(make, server, stage):
    intake = make.entry(url=f"{server.url}/{'none' if stage == 'failed' else 'a'}")
    if stage != "listed":
        intakes.take(intake)
        db.session.commit()
    if stage in ("read", "failed"):
        fetch_due_articles()
    assert now_in_the_database(intake).status == stage
    intakes.refuse(intake)
    db.session.commit()
    assert fetch_due_articles() == 0
    assert intake.status == IntakeStatus.REFUSED
    intakes.restore(intake)
    assert intake.status == stage


def test_a_saved_intake_can_be_neither_rejected_nor_fetched_again(make, intake):
    intakes.keep(intake, VALUES, by=None)
    for change in (intakes.refuse, intakes.take):
        with pytest.raises(DomainError):
            change(intake)
    intakes.restore(intake)
    assert intake.status == IntakeStatus.KEPT


def test_the_database_rejects_an_intake_without_a_source_or_contents(make):
    user = make.user()
    for broken in ({"by": user}, {"by": user, "url": "https://a.example.org/x", "source": IntakeSource.FEED}):
        with pytest.raises(Exception, match=r"ck_intakes|CHECK"):
            intakes.begin(**{"source": IntakeSource.ADDRESS} | broken)
        db.session.rollback()


def test_the_text_of_saved_or_rejected_intakes_is_deleted_and_the_row_stays(make, at):
    alice = make.user()
    refused, waiting = make.intake(alice, pasted="They went."), make.intake(alice, "https://paper.example.org/2")
    intakes.refuse(refused)
    db.session.commit()
    intakes.sweep()
    db.session.refresh(refused)
    assert refused.pasted == "They went."
    at(clock.now() + intakes.WORDS_KEPT + timedelta(days=1))
    intakes.sweep()
    db.session.refresh(refused)
    assert (refused.pasted, refused.fields, refused.status) == ("", None, IntakeStatus.REFUSED)
    assert waiting.url == "https://paper.example.org/2"


@pytest.mark.parametrize("bring", ["intake", "article", "feed"])
def test_no_address_is_stored_wrapped_or_with_parameters_that_identify_a_reader(make, bring):
    wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example.org%2Fa%3Fmc_eid%3D1%26id%3D7&data=x"
    kept = make.intake(make.user(), wrapped) if bring == "intake" else getattr(make, bring)(url=wrapped)
    assert kept.url == "https://paper.example.org/a?id=7"


def test_an_unwrapped_address_is_checked_like_any_other(make):
    inside = make.intake(make.user(), "https://www.google.com/url?q=http%3A%2F%2F127.0.0.1%3A8000%2Fusers")
    assert inside.url == "http://127.0.0.1:8000/users"
    fetch_due_articles()
    assert (now_in_the_database(inside).status, inside.failure) == (IntakeStatus.FAILED, "refused_address")


def test_an_article_with_an_existing_duplicate_address_can_be_corrected(make):
    one, other = make.article(url="http://paper.example.org/a"), make.article(url="https://paper.example.org/b")
    other.url, other.address_key = "https://www.paper.example.org/a", one.address_key
    db.session.flush()
    articles.update(other, VALUES | {"url": other.url, "headline": "Corrected"})
    assert other.headline == "Corrected"
    with pytest.raises(DomainError):
        articles.update(make.article(url="https://paper.example.org/c"), VALUES | {"url": other.url})


def test_a_page_is_read_in_the_charset_that_its_server_declares(make, server):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in press.text("es").split("\n\n"))
    page = f"<html><head><title>Mañana</title></head><body><article><h1>Huelga mañana</h1>{paragraphs}</article></body></html>"
    server.pages["/latin"] = answer(page.encode("mac-roman"), kind="text/html; charset=macintosh")
    intake = make.intake(make.user(), f"{server.url}/latin")
    assert fetch_due_articles() == 1
    assert "mediodía" in intakes.reading_of(now_in_the_database(intake))["text"]
