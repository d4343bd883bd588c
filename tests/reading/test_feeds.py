"""Feeds of every type, and bytes that are not feeds."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.feeds import Feed, feed_named, read_feed
from benchmarks.hostile import FEEDS

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
def test_every_type_of_feed_lists_its_articles_with_absolute_addresses(kind):
    feed = read_feed(KINDS[kind].encode(), URL)
    assert feed.title == "Diario"
    assert [(entry.headline, entry.url) for entry in feed.entries] == [
        ("Huelga en el puerto", "https://diario.example.org/2026/huelga")
    ]


def test_an_entry_has_authors_a_date_a_summary_and_a_language():
    inside = (
        f"{ITEM}<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Ana Ruiz Pérez</dc:creator><pubDate>Mon, 05 Jan 2026 23:30:00 -0600</pubDate>"
        "<description>&lt;p&gt;Los estibadores &lt;b&gt;abandonaron&lt;/b&gt; el trabajo el lunes por las horas extra.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
    )
    (entry,) = read_feed(rss(inside), URL).entries
    assert entry.authors == ("Ana Ruiz Pérez",)
    assert entry.date_published == datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=-6)))
    assert entry.summary == "Los estibadores abandonaron el trabajo el lunes por las horas extra."
    assert entry.language == "es"


def test_a_short_entry_has_the_language_that_the_feed_declares():
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
def test_nonstandard_dates_are_read(written, moment):
    assert read_feed(rss(f"{ITEM}<pubDate>{written}</pubDate>"), URL).entries[0].date_published == moment


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@example.org", "ftp://example.org/x", "data:text/html,x", "http://[", ""]
)
def test_entries_without_a_web_address_are_left_out(link):
    assert read_feed(rss(f"<title>x</title><link>{link}</link>"), URL).entries == ()


def test_an_entry_listed_twice_is_one():
    data = rss(f"{ITEM}<guid>7</guid></item><item>{ITEM}<guid>7</guid>")
    assert len(read_feed(data, URL).entries) == 1


def test_malformed_xml_is_read_as_far_as_possible():
    data = b"<rss version='2.0'><channel><title>A & B</title><item><title>One & two <b></title><link>http://x.example/1</link></item><item><title>Cut"
    feed = read_feed(data, URL)
    assert feed.title == "A & B"
    assert [entry.url for entry in feed.entries] == ["http://x.example/1"]


def test_external_entities_are_not_fetched_and_internal_ones_not_expanded():
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
def test_content_that_is_not_a_feed_has_no_entries(data):
    assert read_feed(data, URL).entries == ()


def test_the_newest_entries_of_a_very_long_feed_are_read():
    days = [date(2016, 1, 1) + timedelta(days=number) for number in range(3_000)]
    items = "".join(f"<item><link>/{day}</link><pubDate>{day}</pubDate></item>" for day in days)
    entries = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), URL).entries
    assert [entry.date_published for entry in entries] == days[1_000:]


def test_a_guid_shared_by_two_addresses_is_not_used_as_an_id():
    named = "<guid isPermaLink='false'>nota</guid>"
    data = rss(
        f"<link>/1</link>{named}</item><item><link>/2</link>{named}</item><item><link>/2?utm_source=x</link>{named}"
    )
    assert [(entry.id, entry.url) for entry in read_feed(data, URL).entries] == [
        (f"https://diario.example.org/{number}", f"https://diario.example.org/{number}") for number in (1, 2)
    ]


@pytest.mark.parametrize(
    ("inside", "address"),
    [
        ("<link> https://a.example/una nota.html\n</link>", "https://a.example/una%20nota.html"),
        ("<link>https://a.example/una\nnota</link>", "https://a.example/unanota"),
        ("<link>https://a.example/a\u00a0b?q=x y</link>", "https://a.example/a%C2%A0b?q=x%20y"),
        ("<link><![CDATA[ /x?a=1&b=2 ]]></link>", "https://diario.example.org/x?a=1&b=2"),
        ("<link>/x?a=1&b=2&copy=3</link>", "https://diario.example.org/x?a=1&b=2&copy=3"),
        ("<link>//a.example/x</link>", "https://a.example/x"),
        ("<link>www.diario.example/x</link>", "https://www.diario.example/x"),
        ("<link>https:/a.example/x</link>", "https://a.example/x"),
        ("<link>nota.html</link>", "https://diario.example.org/feeds/nota.html"),
        ("<link xml:base='https://b.example/c/'>nota.html</link>", "https://b.example/c/nota.html"),
        ("<link xml:base='javascript:'>nota.html</link>", "https://diario.example.org/feeds/nota.html"),
        ("<link>mailto:x@example.org</link><guid>https://a.example/1</guid>", "https://a.example/1"),
        ("<guid isPermaLink='false'> HTTPS://a.example/1 </guid>", "https://a.example/1"),
        ("<guid>/nota/1</guid>", "https://diario.example.org/nota/1"),
        ("<id>https://a.example/1</id><link rel='enclosure' href='/1.mp3'/>", "https://a.example/1"),
        ("<link rel='self' href='/1.atom'/><link rel='http://x/alternate' href='/1'/>", "https://diario.example.org/1"),
        (
            "<link type='application/pdf' href='/1.pdf'/><link type='text/html' href='/1'/>",
            "https://diario.example.org/1",
        ),
        ("<guid>7</guid><enclosure url='/1.mp3'/>", "https://diario.example.org/1.mp3"),
        ("<description>&lt;a href='https://a.example/1'&gt;Paro&lt;/a&gt;</description>", "https://a.example/1"),
    ],
)
def test_the_address_of_an_entry_is_found_in_every_format(inside, address):
    assert [entry.url for entry in read_feed(rss(inside), URL).entries] == [address]


@pytest.mark.parametrize(
    "inside",
    ["<guid>7</guid>", "<guid isPermaLink='false'>/7</guid>", "<link>https://%61.example/</link>", "<title>x</title>"],
)
def test_an_entry_without_a_web_address_is_not_listed(inside):
    assert read_feed(rss(inside), URL).entries == ()


def test_a_json_feed_is_a_feed():
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Diario",
        "language": "es-MX",
        "items": [
            {
                "id": "https://diario.example.org/7", "title": "Paro <ya>", "content_html": "<p>Los <b>estibadores</b></p>",
                "date_published": "2026-01-05T10:00:00-06:00", "authors": [{"name": "Ana Ruiz"}],
            },
            {"id": 8, "url": "/8", "content_text": "a < b"},
            {"id": 9, "external_url": "https://otro.example/9"},
            {"id": 10}, "none", {"id": [], "url": {}},
        ],
    }  # fmt: skip
    feed = read_feed(b"\xef\xbb\xbf\n" + json.dumps(said).encode(), URL)
    assert feed.title == "Diario"
    assert [(entry.id, entry.url, entry.headline, entry.summary) for entry in feed.entries] == [
        ("https://diario.example.org/7", "https://diario.example.org/7", "Paro <ya>", "Los estibadores"),
        ("8", "https://diario.example.org/8", None, "a < b"),
        ("9", "https://otro.example/9", None, ""),
    ]
    assert feed.entries[0].authors == ("Ana Ruiz",)
    assert feed.entries[0].date_published == datetime(2026, 1, 5, 10, tzinfo=timezone(timedelta(hours=-6)))
    assert feed.entries[0].language == "es"


def test_the_contents_of_a_source_or_picture_do_not_describe_the_entry():
    other = "<title>Otro</title><link>https://otro.example/</link><id>urn:otro</id><updated>2020-01-01</updated>"
    inside = f"<source>{other}</source><image>{other}</image><author>{other}<name>Ana Ruiz</name></author>{ITEM}"
    (entry,) = read_feed(rss(inside), URL).entries
    assert (entry.headline, entry.url) == ("Huelga en el puerto", "https://diario.example.org/2026/huelga")
    assert entry.authors == ("Ana Ruiz",)
    assert entry.date_published is None


def test_an_element_without_an_end_tag_does_not_include_the_next():
    inside = "<title>Paro<link>/1</link><enclosure url='/1.mp3'><guid>urn:1</guid><media:content url='x'><pubDate>2026-01-05</pubDate>"
    (entry,) = read_feed(rss(inside), URL).entries
    assert (entry.headline, entry.url, entry.id) == ("Paro", "https://diario.example.org/1", "urn:1")
    assert entry.date_published == date(2026, 1, 5)


def test_a_truncated_address_is_not_listed():
    data = rss(f"{ITEM}</item><item><title>Paro</title><link>https://diario.example.org/20").split(
        b"</item></channel>"
    )[0]
    assert len(read_feed(data, URL).entries) == 1


@pytest.mark.parametrize(
    ("links", "named"),
    [
        ('<link rel="alternate" type="application/feed+json" href="a.json">', "https://diario.example.org/feeds/a.json"),
        ('<base href="/b/"><link rel="alternate" type="application/rss+xml; charset=utf-8" href="a">', "https://diario.example.org/b/a"),
        ('<link rel="alternate" type="application/rss+xml" title="Comments" href="c"><link rel="alternate" type="application/rss+xml" href="a">', "https://diario.example.org/feeds/a"),
        ('<link rel="alternate" type="text/xml" href="b"><link rel="alternate" type="application/atom+xml" href="a">', "https://diario.example.org/feeds/a"),
        ('<link rel="alternate" type="application/json" href="/wp-json/1"><link rel="feed" href="a b">', "https://diario.example.org/feeds/a%20b"),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', None),
        ('<link rel="alternate" type="application/json+oembed" href="x">', None),
    ],
)  # fmt: skip
def test_the_feed_that_a_page_links_to_is_found(links, named):
    page = f"<!doctype html><html><head><title>Diario</title>{links}</head><body><item><link>/x</link></item></body></html>"
    assert read_feed(page.encode(), URL) == Feed(None, ())
    assert feed_named(page.encode(), URL) == named


@pytest.mark.parametrize("kind", FEEDS)
def test_two_megabytes_of_anything_are_read(kind):
    assert read_feed(FEEDS[kind](), URL)


@given(st.binary(max_size=300))
def test_reading_never_raises(data):
    assert read_feed(data, URL).entries is not None


@pytest.mark.parametrize(
    "space",
    ["feedburner='http://rssnamespace.org/feedburner/ext/1.0'", "pheedo='http://www.pheedo.com/namespace/pheedo'"],
)
def test_the_original_address_saved_by_a_click_counter_is_used(space):
    prefix = space.partition("=")[0]
    own = f"<{prefix}:origLink xmlns:{space}>https://diario.example.org/a?utm_source=feed</{prefix}:origLink>"
    (entry,) = read_feed(
        rss(f"<title>x</title><link>https://feeds.example.net/~r/diario/~3/x/</link>{own}"), URL
    ).entries
    assert entry.url == "https://diario.example.org/a"
    (entry,) = read_feed(rss(f"{ITEM}{own.replace('https', 'javascript')}"), URL).entries
    assert entry.url == "https://diario.example.org/2026/huelga"


def test_an_unclosed_tag_ends_where_the_next_begins():
    data = (
        b"<rss><channel><item<title>Paro</title><link>/1</link</item><item><title>Huelga</title <link>/2</link></item>"
    )
    assert [(entry.headline, entry.url) for entry in read_feed(data, URL).entries] == [
        ("Paro", "https://diario.example.org/1"),
        ("Huelga", "https://diario.example.org/2"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https:// diario.example.org/nota",
        "https: //diario.example.org/nota",
        "https://diario.example.org /nota",
        "\u200bhttps://diario.example.org/nota\ufeff",
    ],
)
def test_spaces_in_and_around_the_host_do_not_empty_a_feed(link):
    feed = f"<rss><channel><item><title>Nota</title><link>{link}</link></item></channel></rss>"
    assert [one.url for one in read_feed(feed.encode(), "https://otro.example.org/").entries] == [
        "https://diario.example.org/nota"
    ]
