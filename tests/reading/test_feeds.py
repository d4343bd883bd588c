"""Feeds of every kind, and bytes that are none."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.feeds import read_feed

URL = "https://diario.example.org/feeds/all.xml"
ITEM = "<title>Huelga en el puerto</title><link>/2026/huelga</link>"
KINDS = {
    "RSS 0.91": f'<rss version="0.91"><channel><title>Diario</title><item>{ITEM}</item></channel></rss>',
    "RSS 2.0": f'<rss version="2.0"><channel><title>Diario</title><item>{ITEM}<guid isPermaLink="false">7</guid></item></channel></rss>',
    "RDF": f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Diario</title></channel><item>{ITEM}</item></rdf:RDF>',
    "Atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Diario</title><entry><id>urn:7</id><title>Huelga en el puerto</title><link rel="self" href="x.atom"/><link href="/2026/huelga"/></entry></feed>',
}


def rss(inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Diario</title><language>es-MX</language><item>{inside}</item></channel></rss>'.encode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_feed_lists_its_articles_with_whole_addresses(kind):
    feed = read_feed(KINDS[kind].encode(), URL)
    assert feed.title == "Diario"
    assert [(entry.headline, entry.url) for entry in feed.entries] == [
        ("Huelga en el puerto", "https://diario.example.org/2026/huelga")
    ]


def test_an_entry_has_authors_moment_summary_and_language():
    inside = (
        f"{ITEM}<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Ana Ruiz Pérez</dc:creator><pubDate>Mon, 05 Jan 2026 23:30:00 -0600</pubDate>"
        "<description>&lt;p&gt;Los estibadores &lt;b&gt;abandonaron&lt;/b&gt; el trabajo el lunes por las horas extra.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
    )
    (entry,) = read_feed(rss(inside), URL).entries
    assert entry.authors == ("Ana Ruiz Pérez",)
    assert entry.date_published == datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=-6)))
    assert entry.summary == "Los estibadores abandonaron el trabajo el lunes por las horas extra."
    assert entry.language == "es"


def test_a_short_entry_is_in_the_language_that_the_feed_claims():
    assert read_feed(rss("<title>Paro</title><link>/x</link>"), URL).entries[0].language == "es"


def test_a_missing_or_broken_date_is_none():
    assert read_feed(rss(ITEM), URL).entries[0].date_published is None
    assert read_feed(rss(f"{ITEM}<pubDate>soon</pubDate>"), URL).entries[0].date_published is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-01-05", date(2026, 1, 5)),
        ("2026-01-05T10:00:00Z", datetime(2026, 1, 5, 10, tzinfo=UTC)),
        ("5 de enero de 2026", date(2026, 1, 5)),
    ],
)
def test_dates_that_are_not_as_the_standard_wants_them_are_read(written, moment):
    assert read_feed(rss(f"{ITEM}<pubDate>{written}</pubDate>"), URL).entries[0].date_published == moment


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@example.org", "ftp://example.org/x", "data:text/html,x", "http://[", ""]
)
def test_entries_without_a_web_address_are_left_out(link):
    assert read_feed(rss(f"<title>x</title><link>{link}</link>"), URL).entries == ()


def test_an_entry_listed_twice_is_one():
    data = rss(f"{ITEM}<guid>7</guid></item><item>{ITEM}<guid>7</guid>")
    assert len(read_feed(data, URL).entries) == 1


def test_broken_xml_gives_what_can_be_read():
    data = b"<rss version='2.0'><channel><title>A & B</title><item><title>One & two <b></title><link>http://x.example/1</link></item><item><title>Cut"
    feed = read_feed(data, URL)
    assert feed.title == "A & B"
    assert [entry.url for entry in feed.entries] == ["http://x.example/1"]


def test_outside_entities_are_not_asked_for_and_inside_ones_not_multiplied():
    outside = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>'
    assert "root" not in (read_feed(outside, URL).title or "")
    bomb = b"<!DOCTYPE r [<!ENTITY a 'lol'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
    )
    assert (
        len(read_feed(bomb + b"]><rss version='2.0'><channel><title>&m;</title></channel></rss>", URL).title or "")
        < 1_000
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\x01",
        b"<html><body>no</body></html>",
        b"<" * 100_000,
        b"{}",
        b"<rss><channel>" + b"<item>" * 2_000,
    ],
)
def test_what_is_no_feed_has_no_entries(data):
    assert read_feed(data, URL).entries == ()


def test_of_an_endless_feed_the_first_entries_are_read():
    items = "".join(f"<item><title>Paro {number}</title><link>/{number}</link></item>" for number in range(3_000))
    assert len(read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), URL).entries) == 500


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data):
    assert read_feed(data, URL).entries is not None


@pytest.mark.parametrize(
    "space",
    ["feedburner='http://rssnamespace.org/feedburner/ext/1.0'", "pheedo='http://www.pheedo.com/namespace/pheedo'"],
)
def test_the_address_that_a_counter_notes_as_the_entrys_own_is_taken(space):
    prefix = space.partition("=")[0]
    own = f"<{prefix}:origLink xmlns:{space}>https://diario.example.org/a?utm_source=feed</{prefix}:origLink>"
    (entry,) = read_feed(
        rss(f"<title>x</title><link>https://feeds.example.net/~r/diario/~3/x/</link>{own}"), URL
    ).entries
    assert entry.url == "https://diario.example.org/a"
    (entry,) = read_feed(rss(f"{ITEM}{own.replace('https', 'javascript')}"), URL).entries
    assert entry.url == "https://diario.example.org/2026/huelga"
