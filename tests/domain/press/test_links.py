"""The nightly link check: one request at a time, and pages count as unavailable only if that is certain."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.domain.press import articles, links
from app.extensions import db
from app.fetching import Failure, Limits
from app.models.press.articles import Article
from app.models.press.links import LinkRound
from app.queries.press import links as link_queries
from tasks import links as tasks
from tasks.schedule import SCHEDULE
from tests.fetching.webserver import WebServer, answer

NIGHT = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def press(make, house):
    with WebServer() as server:
        server.pages["/here"] = answer(b"<p>Here</p>")
        house.with_settings(fetch_loopback=f"127.0.0.1:{server.port}")
        yield server


def nights(at, number):
    """Run the check on the next night, each a little later than the previous one."""
    at(NIGHT + timedelta(days=number, minutes=number))
    tasks.check()


def state(article):
    db.session.refresh(article)
    return article.link_failure, article.link_failures, article.link_broken_since is not None


def values_of(article, **changes):
    return {name: getattr(article, name) for name in articles.ArticleValues.__annotations__} | changes


def test_an_available_page_is_not_checked_again_within_seven_days(make, press, at):
    article = make.article(url=f"{press.url}/here")
    for night in range(7):
        nights(at, night)
    assert press.paths == ["/here"]
    nights(at, 7)
    assert len(press.paths) == 2
    assert state(article) == (None, 0, False)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_missing_page_counts_as_unavailable_at_once(make, press, at, status):
    press.pages["/here"] = answer(b"no", status=status)
    article = make.article(url=f"{press.url}/here")
    nights(at, 0)
    assert state(article)[2]
    assert article.link_broken_since == article.link_checked_at


def test_a_failing_page_counts_as_unavailable_after_three_nights_in_a_row(make, press, at):
    press.pages["/here"] = answer(b"oh", status="500 Internal Server Error")
    article = make.article(url=f"{press.url}/here")
    seen = []
    for night in range(3):
        nights(at, night)
        seen.append(state(article)[1:])
    assert seen == [(1, False), (2, False), (3, True)]


def test_two_failures_in_one_night_count_once(make, press, at):
    press.pages["/here"] = answer(b"oh", status="500 Internal Server Error")
    article = make.article(url=f"{press.url}/here")
    for minutes in (0, 30, 90):
        at(NIGHT + timedelta(minutes=minutes))
        tasks.check()
    assert state(article) == (Failure.UNREACHABLE, 1, False)


def test_a_response_between_two_failures_resets_the_count(make, press, at):
    article = make.article(url=f"{press.url}/here")
    for night, status in enumerate(["500 Oh", "500 Oh", "200 OK"]):
        press.pages["/here"] = answer(b"<p>Here</p>", status=status)
        nights(at, night)
    assert state(article) == (None, 0, False)


def test_a_page_that_comes_back_is_available_again(make, press, at):
    press.pages["/here"] = answer(b"no", status="404 Not Found")
    article = make.article(url=f"{press.url}/here")
    nights(at, 0)
    press.pages["/here"] = answer(b"<p>Here</p>")
    nights(at, 7)
    assert state(article) == (None, 0, False)


@pytest.mark.parametrize("status", ["403 Forbidden", "429 Too Many Requests"])
def test_a_server_that_blocks_programs_does_not_change_the_status(make, press, at, status):
    press.pages["/here"] = answer(b"no", status=status)
    article = make.article(url=f"{press.url}/here")
    for night in (0, 7, 14, 21):
        nights(at, night)
    assert state(article) == (Failure.BLOCKED, 0, False)
    assert len(press.paths) == 4


def test_an_address_that_is_never_requested_does_not_count_as_unavailable(make, press, at):
    article = make.article(url="http://10.0.0.1/secret")
    for night in (0, 7, 14):
        nights(at, night)
    assert state(article) == (Failure.REFUSED_ADDRESS, 0, False)
    assert press.requests == []


def test_a_page_that_is_not_an_article_is_still_available(make, press, at):
    press.pages["/here"] = answer(b"PK", kind="application/zip")
    article = make.article(url=f"{press.url}/here")
    for night in range(4):
        nights(at, night)
    assert state(article) == (Failure.WRONG_TYPE, 0, False)


def test_a_changed_address_is_checked_again(make, press, at):
    press.pages["/there"] = answer(b"<p>There</p>")
    article = make.article(url=f"{press.url}/none")
    nights(at, 0)
    assert state(article)[2]
    articles.update(article, values_of(article, url=f"{press.url}/there"))
    assert state(article) == (None, 0, False)
    nights(at, 1)
    assert press.paths == ["/none", "/there"]


def test_the_result_for_an_old_address_is_ignored(make):
    article = make.article(url="https://press.example.org/new")
    links.note(article, "https://press.example.org/old", Failure.GONE)
    assert state(article) == (None, 0, False)


def test_two_workers_never_process_the_same_round(make, press, at, monkeypatch):
    make.article(url=f"{press.url}/here")
    at(NIGHT)
    others = []

    def during_the_request(_url, _policy):
        others.append(links.claim())
        db.session.commit()

    monkeypatch.setattr(links, "check", during_the_request)
    tasks.check()
    assert others == [None]


def test_the_round_of_a_killed_worker_continues_when_its_lease_ends(make, press, at):
    make.article(url=f"{press.url}/here")
    at(NIGHT)
    lost = links.claim()
    db.session.commit()
    tasks.check()
    assert press.requests == []
    at(NIGHT + links.LEASE + timedelta(seconds=1))
    tasks.check()
    assert press.paths == ["/here"]
    assert not links.count_request(lost)


def test_the_number_of_requests_per_night_is_limited(make, press, at, monkeypatch):
    monkeypatch.setattr(links, "MOST_A_NIGHT", 3)
    for number in range(5):
        make.article(url=f"{press.url}/here?{number}")
    for minutes in (0, 10, 20):
        at(NIGHT + timedelta(minutes=minutes))
        tasks.check()
    assert len(press.requests) == 3
    assert db.session.scalar(select(LinkRound.requests)) == 3
    nights(at, 1)
    assert len(press.requests) == 5


def test_a_run_is_short_and_the_next_one_continues(make, press, at, monkeypatch):
    monkeypatch.setattr(tasks, "CHECKED", 2)
    for number in range(3):
        make.article(url=f"{press.url}/here?{number}")
    nights(at, 0)
    assert len(press.requests) == 2
    at(NIGHT + timedelta(minutes=5))
    tasks.check()
    assert len(press.requests) == 3


def test_no_transaction_is_open_during_a_link_check(make, press, at, monkeypatch):
    make.article(url=f"{press.url}/here")
    at(NIGHT)
    open_then = []
    monkeypatch.setattr(links, "check", lambda _url, _policy: open_then.append(db.session().in_transaction()))
    tasks.check()
    assert open_then == [False]


def test_an_address_that_raises_an_error_does_not_stop_the_night(make, press, at, monkeypatch):
    def break_down(*_args, **_kwargs):
        raise RuntimeError("never thought of")

    make.article(url=f"{press.url}/here"), make.article(url=f"{press.url}/here?2")
    monkeypatch.setattr(links, "fetch", break_down)
    nights(at, 0)
    assert db.session.scalar(select(func.count(Article.link_checked_at))) == 2


def test_failing_addresses_are_checked_before_all_others(make, at):
    at(NIGHT)
    doubted, new = make.article(url="https://a.example.org/"), make.article(url="https://b.example.org/")
    links.note(doubted, "https://a.example.org/", Failure.TOO_SLOW)
    assert link_queries.next_to_check()[0] == new.id
    at(NIGHT + timedelta(days=1))
    assert link_queries.next_to_check()[0] == doubted.id


def test_articles_without_an_address_are_never_checked(make):
    make.article()
    assert link_queries.next_to_check() is None


def test_the_night_is_long_enough_for_all_its_requests():
    night = SCHEDULE["check links at night"]["schedule"]
    assert len(night.hour) * len(night.minute) * tasks.CHECKED >= links.MOST_A_NIGHT
    assert timedelta(seconds=Limits().seconds) < links.LEASE / 2
