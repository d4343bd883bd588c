"""The Atom feed of a campaign: public if the campaign allows it, and valid whatever its content."""

import re
from datetime import date, timedelta

import feedparser
import pytest
from lxml import etree

from app import clock
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.press.articles import Article

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def open_campaign(house):
    with house.open() as make:
        return make.campaign("Peace & sovereignty", slug="peace", public_feed=True)


def cite(house, campaign, headline="News", **changes):
    with house.open() as make:
        article = make.article(headline, **changes)
        make.cite(article, db.session.get_one(Campaign, campaign.id))
        return article


def test_a_feed_reader_finds_the_articles(house, browse, open_campaign):
    article = cite(
        house, open_campaign, "Drivers & delegates <met>", url="https://press.example.org/1?a=1&b=2", in_language="es",
        disclaimer="Not ours.", excerpt="They met.", authors="Ana Ruiz", publisher="El Muelle", date_published=date(2025, 1, 5),
    )  # fmt: skip
    response = browse().get("/c/peace/articles.atom")
    assert response.mimetype == "application/atom+xml"
    feed = feedparser.parse(response.data)
    assert not feed.bozo
    assert (feed.version, feed.feed.title) == ("atom10", "Peace & sovereignty")
    (entry,) = feed.entries
    assert entry.title == "Drivers & delegates <met>"
    assert entry.link == "https://press.example.org/1?a=1&b=2"
    assert (entry.summary, entry.rights) == ("They met.", "Not ours.")
    assert [one.name for one in entry.authors] == ["Ana Ruiz", "El Muelle"]
    assert [(one.term, one.label) for one in entry.tags] == [("es", "Español")]
    assert entry.title_detail.language == "es"
    assert entry.published == "2025-01-05T00:00:00Z"
    assert entry.id == f"tag:encuentro.test,{article.created_at:%Y-%m-%d}:articles/{article.id}"
    assert feed.feed.id.startswith("tag:encuentro.test,")
    assert feed.feed.links[0].href == "http://encuentro.test/c/peace/articles.atom"


def test_an_article_without_an_address_has_its_text_as_content(house, browse, open_campaign):
    cite(house, open_campaign, excerpt="By land.")
    root = etree.fromstring(browse().get("/c/peace/articles.atom").data)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}content") == "By land."
    assert entry.find(f"{ATOM}summary") is None


def test_a_campaign_without_a_public_feed_responds_as_if_it_did_not_exist(house, browse):
    with house.open() as make:
        closed = make.campaign("Closed", slug="closed")
    cite(house, closed)
    answers = [browse().get(f"/c/{slug}/articles.atom") for slug in ("closed", "unknown")]
    assert [answer.status_code for answer in answers] == [404, 404]
    closed_page, unknown_page = (re.sub(r'value="[^"]{50,}"', "", answer.text) for answer in answers)
    assert closed_page.replace("closed", "unknown") == unknown_page


def test_a_feed_contains_the_fifty_latest_citations_of_its_campaign_only(house, browse, open_campaign):
    with house.open() as make:
        other = make.campaign("Other", public_feed=True)
        make.cite(make.article("Elsewhere"), other)
        campaign = db.session.get_one(Campaign, open_campaign.id)
        for number in range(52):
            make.cite(make.article(f"Number {number}"), campaign)
    titles = [entry.title for entry in feedparser.parse(browse().get("/c/peace/articles.atom").data).entries]
    assert titles == [f"Number {number}" for number in range(51, 1, -1)]


def test_control_characters_cannot_break_a_feed(house, browse, open_campaign):
    article = cite(house, open_campaign)
    with house.open():
        kept = db.session.get_one(Article, article.id)
        kept.headline, kept.excerpt = "A\x0bB\x1f\ufffe", "]]> \x01 <script>&#0;"
        kept.url = "https://press.example.org/\x02"
    feed = feedparser.parse(browse().get("/c/peace/articles.atom").data)
    assert not feed.bozo
    assert feed.entries[0].title == "AB"
    assert feed.entries[0].link == "https://press.example.org/"


def test_an_unchanged_feed_responds_not_modified(house, browse, open_campaign):
    cite(house, open_campaign)
    first = browse().get("/c/peace/articles.atom")
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert browse().get("/c/peace/articles.atom").headers["ETag"] == etag
    assert browse().get("/c/peace/articles.atom", headers={"If-None-Match": etag}).status_code == 304
    assert browse().get("/c/peace/articles.atom", headers={"If-Modified-Since": modified}).status_code == 304
    with clock.travel(clock.now() + timedelta(minutes=2)):
        cite(house, open_campaign, "Later")
    later = browse().get("/c/peace/articles.atom", headers={"If-None-Match": etag})
    assert (later.status_code, later.headers["ETag"] != etag) == (200, True)
    assert browse().get("/c/peace/articles.atom", headers={"If-Modified-Since": modified}).status_code == 200


def test_the_feed_is_the_same_for_everyone(house, browse, open_campaign):
    cite(house, open_campaign)
    with house.open() as make:
        user = make.user()
    strangers = browse().get("/c/peace/articles.atom", headers={"Accept-Language": "es"}).data
    assert browse(user).get("/c/peace/articles.atom").data == strangers


def test_an_empty_feed_is_valid(browse, open_campaign):
    feed = feedparser.parse(browse().get("/c/peace/articles.atom").data)
    assert not feed.bozo
    assert feed.entries == []
    assert feed.feed.updated


def test_a_campaign_links_to_its_feed_only_if_it_is_public(house, browse, open_campaign):
    with house.open() as make:
        closed, alice = make.campaign("Closed"), make.user("Alice")
        make.grant(alice)
    assert "/c/peace/articles.atom" in browse(alice).get(f"/campaigns/{open_campaign.id}").text
    assert "articles.atom" not in browse(alice).get(f"/campaigns/{closed.id}").text


def test_the_feed_is_made_public_in_the_campaign_form(house, browse, open_campaign):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice)
    page = browse(alice).get(f"/campaigns/{open_campaign.id}/edit").text
    assert 'checked id="public_feed"' in page
    assert browse(alice).edit(f"/campaigns/{open_campaign.id}/edit", public_feed=None).status_code == 302
    assert browse().get("/c/peace/articles.atom").status_code == 404
    browse(alice).edit(f"/campaigns/{open_campaign.id}/edit", public_feed="y")
    assert browse().get("/c/peace/articles.atom").status_code == 200
