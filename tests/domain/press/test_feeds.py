"""Polling feeds: politely, with validators, and not after the feed is gone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from app.domain.press import feeds, intakes
from app.domain_errors import DomainError
from app.extensions import db
from app.fetching import fetch
from app.jobs.press import fetching
from app.jobs.press.fetch_articles import fetch_due_articles
from app.jobs.press.poll_feeds import poll_due_feeds
from app.models.press.feeds import Feed
from app.models.press.intakes import Intake, IntakeStatus
from app.reading.feeds import Entry
from tests import press
from tests.factories import minute, utc
from tests.fetching.webserver import WebServer, answer
from tests.press import item

NOON = utc("2026-11-22 12:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def server(house):
    with WebServer() as server:
        server.pages["/feed"] = press.feed(item(1), item(2))
        house.with_settings(fetch_loopback=f"127.0.0.1:{server.port}")
        yield server


@pytest.fixture
def feed(make, server, at):
    at(NOON)
    return make.feed(f"{server.url}/feed")


@pytest.fixture
def ask(feed, at):
    """Poll what is due at some hours after noon; return the rows in the database afterwards."""

    def ask(hours=0.0, what=None):
        at(NOON + timedelta(seconds=1) + hours * HOUR)
        poll_due_feeds()
        what = what or feed
        db.session.rollback()
        db.session.refresh(what)
        return what

    return ask


def entries(status=IntakeStatus.LISTED):
    return list(db.session.scalars(select(Intake).where(Intake.status == status).order_by(Intake.id)))


def headers_of(request):
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in request.split("\r\n"))}


def test_feed_entries_are_listed_without_being_fetched(ask, server, at):
    feed = ask()
    assert feed.title == "El Muelle"
    assert minute(feed.fetched_at) == NOON
    assert [one.url for one in entries()] == ["https://diario.example.org/1", "https://diario.example.org/2"]
    reading = intakes.reading_of(entries()[0])
    assert reading["headline"] == "Paro número 1 en el puerto"
    assert reading["in_language"] == "es"
    assert reading["excerpt"].startswith("Los estibadores abandonaron")
    fetch_due_articles()
    assert server.paths == ["/feed"]


def test_an_entry_is_fetched_when_a_person_wants_it(ask, server):
    server.pages["/feed"] = press.feed(item(1, link=f"{server.url}/one"))
    server.pages["/one"] = press.page("es", "Un paro")
    ask()
    intakes.take(entries()[0])
    db.session.commit()
    assert fetch_due_articles() == 1
    assert intakes.reading_of(entries(IntakeStatus.READ)[0])["headline"] == "Un paro"


def test_a_feed_is_not_requested_twice_within_an_hour(ask, server):
    ask()
    ask(0.98)
    assert len(server.requests) == 1
    ask(1.001)
    assert len(server.requests) == 2


def test_a_person_cannot_request_a_feed_again_within_an_hour_either(ask, server):
    feed = ask()
    feeds.request_now(feed)
    db.session.commit()
    assert minute(ask(0.5).next_fetch_at) == NOON + HOUR
    assert len(server.requests) == 1


def test_a_person_can_request_a_feed_that_is_waiting_after_failures(ask, server):
    server.pages["/feed"] = answer(b"", status="503 Service Unavailable")
    ask()
    ask(1.01)
    feed = ask(1.5)
    assert feed.next_fetch_at > NOON + 3 * HOUR
    ask(2.2)
    feeds.request_now(feed)
    db.session.commit()
    ask(2.3)
    assert len(server.requests) == 3


def test_validators_are_sent_again_after_a_304_and_after_an_unchanged_body(ask, server):
    server.pages["/feed"] = press.feed(item(1), ETag='"one"', Last_Modified="Sun, 22 Nov 2026 10:00:00 GMT")
    ask()
    server.pages["/feed"] = answer(b"", status="304 Not Modified", kind=None, ETag='"two"')
    ask(1.1)
    server.pages["/feed"] = press.feed(item(1), ETag='"three"')
    ask(2.2)
    server.pages["/feed"] = press.feed(item(1), item(2), ETag='"four"')
    ask(3.3)
    ask(4.4)
    shown = [headers_of(request).get("if-none-match") for request in server.requests]
    assert shown == [None, '"one"', '"two"', '"three"', '"four"']
    assert headers_of(server.requests[2])["if-modified-since"] == "Sun, 22 Nov 2026 10:00:00 GMT"
    assert len(entries()) == 2


def test_the_retry_after_of_a_server_also_applies_to_requests_by_people(ask, server):
    server.pages["/feed"] = press.feed(item(1), Retry_After="18000")
    feed = ask()
    assert minute(feed.next_fetch_at) == NOON + 5 * HOUR
    feeds.request_now(feed)
    feeds.pause(feed)
    feeds.resume(feed)
    db.session.commit()
    assert minute(feed.next_fetch_at) == NOON + 5 * HOUR
    ask(4.9)
    assert len(server.requests) == 1


def test_the_retry_after_of_a_failing_server_is_respected(ask, server):
    server.pages["/feed"] = answer(b"", status="429 Too Many Requests", Retry_After="36000")
    assert minute(ask().next_fetch_at) == NOON + 10 * HOUR
    server.pages["/feed"] = answer(b"", status="503 Service Unavailable", Retry_After="60")
    assert ask(10.1).next_fetch_at >= NOON + 12 * HOUR


def test_a_failing_feed_is_requested_less_and_less_often_until_it_responds(ask, server):
    server.pages["/feed"] = answer(b"", status="503 Service Unavailable")
    hours, waits = 0.0, []
    for _failure in range(7):
        feed = ask(hours)
        waits.append(round((feed.next_fetch_at - NOON) / HOUR - hours))
        hours += waits[-1] + 0.01
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert (feed.failures, feed.last_failure) == (7, "unreachable")
    server.pages["/feed"] = press.feed(item(1))
    feed = ask(hours)
    assert (feed.failures, feed.last_failure) == (0, None)
    assert minute(feed.next_fetch_at) == minute(feed.fetched_at + HOUR)


def test_a_feed_that_is_gone_is_not_requested_until_a_person_resumes_it(ask, server):
    server.pages["/feed"] = answer(b"", status="410 Gone")
    feed = ask()
    assert feed.paused_at
    assert feed.last_failure == "gone"
    ask(100)
    assert len(server.requests) == 1
    feeds.resume(feed)
    db.session.commit()
    server.pages["/feed"] = press.feed(item(1))
    assert ask(100.1).failures == 0
    assert len(entries()) == 1


def test_a_paused_feed_is_not_requested(ask, feed, server):
    feeds.pause(feed)
    db.session.commit()
    ask(50)
    assert server.requests == []


def test_only_the_newest_thirty_entries_are_listed_at_first_and_the_others_never(ask, server):
    old_first = [item(number, day=1 + number // 2) for number in range(40)]
    server.pages["/feed"] = press.feed(*old_first)
    ask()
    listed = {one.fields["headline"] for one in entries()}
    assert listed == {f"Paro número {number} en el puerto" for number in range(10, 40)}
    server.pages["/feed"] = press.feed(*old_first, item(40, day=22))
    ask(1.1)
    assert len(entries()) == 31


def test_later_all_new_entries_are_listed(ask, server):
    ask()
    server.pages["/feed"] = press.feed(*[item(number) for number in range(1, 50)])
    ask(1.1)
    assert len(entries()) == 49


def test_a_rejected_entry_is_not_listed_again(ask, server):
    ask()
    intakes.refuse(entries()[0])
    db.session.commit()
    server.pages["/feed"] = press.feed(item(1, link="https://diario.example.org/moved"), item(2), item(3))
    ask(1.1)
    assert [one.url for one in entries()] == ["https://diario.example.org/2", "https://diario.example.org/3"]


def test_entries_that_are_saved_or_being_imported_are_not_listed(make, ask, server):
    make.article("Kept", url="https://diario.example.org/1/?utm_source=rss")
    make.intake(make.user(), "HTTPS://diario.example.org/2#top")
    server.pages["/feed"] = press.feed(
        item(1), item(2), item(3), item(4, link="https://diario.example.org/3?utm_medium=rss")
    )
    ask()
    assert [one.url for one in entries()] == ["https://diario.example.org/3"]


def test_an_article_in_two_feeds_is_listed_once(make, ask, server):
    server.pages["/other"] = press.feed(item(1), title="Otro")
    make.feed(f"{server.url}/other")
    ask()
    assert len(entries()) == 2


def test_a_page_leads_to_the_feed_that_it_links_to(make, ask, server):
    links = '<link rel="alternate" type="application/json" href="/x"><link rel="Alternate" type="application/atom+xml" href="feed.xml">'
    server.pages["/news"] = press.page(head=links)
    server.pages["/feed.xml"] = press.feed(item(7), title="Found")
    page = ask(what=make.feed(f"{server.url}/news"))
    assert (page.title, page.url) == ("Found", f"{server.url}/feed.xml")
    assert server.paths == ["/feed", "/news", "/feed.xml"]
    ask(1.1)
    assert server.paths[3:] == ["/feed", "/feed.xml"]


@pytest.mark.parametrize(("named", "word"), [("", "no_feed"), ("/news", "no_feed"), ("/feed", "followed_already")])
def test_a_page_without_a_feed_or_with_a_known_feed_fails_with_a_reason(make, ask, server, named, word):
    server.pages["/news"] = press.page(
        head=f'<link rel="alternate" type="application/rss+xml" href="{named}">' if named else ""
    )
    page = ask(what=make.feed(f"{server.url}/news"))
    assert page.last_failure == word
    assert bool(page.paused_at) == (word == "followed_already")
    assert len(entries()) == 2


def test_a_feed_that_temporarily_returns_a_page_keeps_its_address(ask, server):
    ask()
    server.pages["/feed"] = press.page(head='<link rel="alternate" type="application/rss+xml" href="/elsewhere">')
    feed = ask(1.1)
    assert (feed.url, feed.last_failure) == (f"{server.url}/feed", "no_feed")
    assert "/elsewhere" not in server.paths


def test_the_same_feed_under_a_variant_of_its_address_is_not_followed_twice(make, feed, server):
    with pytest.raises(DomainError):
        feeds.add(f"{server.url}/feed/#top", by=None)


def test_a_feed_whose_worker_was_killed_is_requested_in_an_hour(ask, feed, server, monkeypatch, at):
    def die(*_args, **_kwargs):
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(fetching, "fetch", die)
        with pytest.raises(SystemExit):
            ask()
    db.session.rollback()
    ask(0.9)
    assert server.requests == []
    ask(1.01)
    assert len(entries()) == 2


def test_during_a_request_no_transaction_is_open_and_no_other_worker_requests_the_feed(ask, feed, server, monkeypatch):
    begun = []

    def look(*args, **kwargs):
        begun.append((db.session().in_transaction(), feeds.claim(1)))
        db.session.rollback()
        return fetch(*args, **kwargs)

    monkeypatch.setattr(fetching, "fetch", look)
    feed_id = feed.id
    monkeypatch.setattr(feeds, "claim", lambda number, real=feeds.claim: real(feed_id if number == 1 else number))
    ask()
    assert begun == [(False, None)]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><title>x</title>" + b"<item>" * 3000, b"\x00\xff" * 100, b"<" * 100_000,
        b'<rss version="2.0"><channel><title>&#0;&#xD800;</title><item><title>\xed\xa0\x80</title><link>https://a.example.org/\xed\xa0\x80</link></item></channel></rss>',
        b'<rss version="2.0"><channel><title>t</title><item><link>javascript:alert(1)</link></item><item><link>http://[</link></item></channel></rss>',
    ],
)  # fmt: skip
def test_hostile_feeds_do_no_harm(ask, server, body):
    server.pages["/feed"] = answer(body, kind="application/rss+xml")
    feed = ask()
    assert all(one.url.startswith("http") for one in entries())
    assert feed.last_failure in (None, "no_feed")


def test_the_newest_entries_come_first_and_undated_ones_last(feed):
    plus = timezone(timedelta(hours=14))
    days = [
        date(2026, 1, 1),
        None,
        datetime(2026, 1, 3, tzinfo=UTC),
        datetime(2026, 1, 3, 1, tzinfo=plus),
        date(1, 1, 1),
    ]
    listed = [
        Entry(str(day), f"https://diario.example.org/{number}", str(number), (), day, "", "es")
        for number, day in enumerate(days)
    ]
    feeds.list_entries(feed, None, listed, first=True)
    assert [one.fields["headline"] for one in entries()] == ["2", "3", "0", "4", "1"]


def test_a_feed_that_moves_to_https_lists_nothing_again(ask, server):
    server.pages["/feed"] = press.feed(
        *[item(number, link=f"http://www.diario.example.org/{number}/") for number in (1, 2)]
    )
    ask()
    moved = [item(number, link=f"https://diario.example.org/{number}?utm_source=rss") for number in (1, 2, 3)]
    server.pages["/feed"] = press.feed(*moved).replace(b'"false">g', b'"false">https://g')
    ask(1.1)
    assert [one.url for one in entries()] == [
        "http://www.diario.example.org/1/", "http://www.diario.example.org/2/", "https://diario.example.org/3",
    ]  # fmt: skip


def test_the_same_feed_over_https_is_not_followed_twice(make):
    feed = make.feed("http://www.paper.example.org/feed/")
    with pytest.raises(DomainError):
        feeds.add("https://paper.example.org/feed", by=None)
    assert feeds.move(feed, "https://paper.example.org/feed?utm_source=x")
    assert feed.url == "https://paper.example.org/feed"


def test_a_feed_is_followed_by_the_account_that_added_it(make):
    user = make.user()
    feeds.add("https://paper.example.org/feed", by=user)
    assert db.session.scalars(select(Feed)).one().created_by_id == user.id


def moved(path, status=301):
    return answer(b"", status=f"{status} Moved", kind=None, Location=path)


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanently_moved_feed_is_requested_at_its_new_address(ask, server, status):
    ask()
    server.pages |= {"/feed": moved("/new", status), "/new": press.feed(item(1), item(2), item(3))}
    assert ask(1.1).url == f"{server.url}/new"
    ask(2.2)
    assert server.paths == ["/feed", "/feed", "/new", "/new"]
    assert len(entries()) == 3


@pytest.mark.parametrize(
    ("hops", "end"),
    [
        ([302], press.feed(item(1))),
        ([301, 302], press.feed(item(1))),
        ([301], press.page()),
        ([301], answer(b"", status="404 Not Found")),
        ([301], answer(b"", status="304 Not Modified", kind=None)),
    ],
    ids=["for a while", "partly for a while", "to a page", "to nothing", "to news of no change"],
)
def test_a_temporary_move_or_a_move_to_a_page_does_not_change_the_address(ask, server, hops, end):
    server.pages["/feed"] = press.feed(item(1), ETag='"1"')
    ask()
    for number, status in enumerate(hops):
        server.pages["/feed" if not number else f"/{number}"] = moved(f"/{number + 1}", status)
    server.pages[f"/{len(hops)}"] = end
    assert ask(1.1).url == f"{server.url}/feed"


def test_a_feed_that_moves_to_a_followed_one_is_paused(make, ask, server):
    server.pages["/old"] = moved("/feed")
    old = ask(what=make.feed(f"{server.url}/old"))
    assert (old.url, old.last_failure) == (f"{server.url}/old", "followed_already")
    assert old.paused_at


def test_a_feed_that_moves_to_an_internal_address_is_not_followed_there(ask, server):
    ask()
    server.pages["/feed"] = moved("http://169.254.169.254/feed")
    feed = ask(1.1)
    assert (feed.url, feed.last_failure) == (f"{server.url}/feed", "refused_address")


def test_a_moved_feed_lists_nothing_again(ask, server):
    def written(host, number, day, headline):
        return (
            f"<item><title>{headline}</title><link>https://{host}.example.org/nota-{number}</link>"
            f"<guid>https://{host}.example.org/?p={number}</guid>{f'<pubDate>{day} Nov 2026 10:00:00 GMT</pubDate>' if day else ''}</item>"
        )

    old = [written("viejo", number, 22 - number if number < 3 else None, f"Paro {number}") for number in range(6)]
    new = [written("nuevo", number, 22 - number if number < 3 else None, f"Paro {number}") for number in range(5)]
    new += [
        written("nuevo", 50, None, "Paro 5"),
        written("nuevo", 51, 3, "Older than what was listed"),
        written("nuevo", 7, 23, "Published since"),
        written("nuevo", 8, None, "Never seen"),
    ]
    server.pages["/feed"] = press.feed(*old)
    ask()
    server.pages |= {"/feed": moved("/new"), "/new": press.feed(*new)}
    ask(24)
    listed = [one.fields["headline"] for one in entries()]
    assert listed[6:] == ["Published since", "Never seen"]
    server.pages["/new"] = press.feed(*new, item(1))
    ask(26)
    assert len(entries()) == 9


def test_a_guid_shared_by_two_articles_hides_neither(ask, server):
    server.pages["/feed"] = press.feed(item(1), item(2).replace("g2", "g1"))
    ask()
    assert len(entries()) == 2
    ask(1.1)
    assert len(entries()) == 2


def test_a_guid_reused_for_a_later_article_does_not_hide_it(ask, server):
    server.pages["/feed"] = press.feed(item(1, day=21))
    ask()
    server.pages["/feed"] = press.feed(item(2, day=24).replace("g2", "g1"))
    ask(72)
    server.pages["/feed"] = press.feed(item(1, day=25, link="https://diario.example.org/corregida"))
    ask(96)
    assert [one.url for one in entries()] == ["https://diario.example.org/1", "https://diario.example.org/2"]


def test_entries_dated_in_the_future_do_not_displace_todays_entries(ask, server):
    future = [item(number).replace("<desc", "<pubDate>01 Jan 2031 10:00:00 GMT</pubDate><desc") for number in range(40)]
    today = [item(number, day=22) for number in range(40, 50)]
    server.pages["/feed"] = press.feed(*future, *today)
    ask()
    listed = [one.fields["headline"] for one in entries()]
    assert listed == [f"Paro número {number} en el puerto" for number in (*range(40, 50), *range(20))]


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 24), date(2026, 11, 22)),
        (datetime(2031, 1, 1, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2031, 1, 1, tzinfo=timezone(timedelta(hours=13))), date(2026, 11, 23)),
        (datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=13))), date(2026, 11, 22)),
    ],
)
def test_no_entry_is_dated_after_it_was_first_seen(feed, published, day):
    """A date that has begun in some time zone is not in the future."""
    entry = Entry("1", "https://diario.example.org/1", "Paro", (), published, "", "es")
    feeds.list_entries(feed, None, [entry], first=False)
    assert intakes.reading_of(entries()[0])["date_published"] == day
