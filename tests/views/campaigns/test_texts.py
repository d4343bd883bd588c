"""The public page of a text: only if its rights allow it and it was sent to members."""

import re
from datetime import timedelta

import pytest
from lxml import etree

from app import clock
from app.domain.campaigns import approvals, digests
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.campaigns.campaigns import Approval
from app.models.campaigns.digests import DigestPart
from app.models.press.articles import Article
from app.models.scoping import EVERYTHING, enter_scope
from tests.views.pages import text

ATOM = "{http://www.w3.org/2005/Atom}"
MISSING = "This article is not online."


class Press:
    """A campaign whose digest was sent with articles that have no address."""

    def __init__(self, house):
        self.house = house
        with house.open() as make:
            self.campaign = make.campaign(digest_approval=Approval.NOBODY, public_archive=True, public_feed=True)
            make.subscription(self.campaign, languages=["en"])
            free = {"may_be_republished": True, "republication_notice": "This article may be republished."}
            original = make.article("Open road", text="First part.\n\nSecond <part>.", **free)
            translation = make.version(original, "es", text="Primera parte.", **free)
            make.version(original, "fr", text="Première partie.")
            reserved = make.article("Closed road", text="Nobody may print this.")
            self.draft = make.article("Not sent yet", may_be_republished=True).id
            for article in (original, reserved):
                make.cite(article, self.campaign)
            self.original, self.translation, self.reserved = original.id, translation.id, reserved.id

    def compose(self):
        with self.house.open(), clock.travel(clock.now() + timedelta(minutes=1)), self.house.app.test_request_context():
            digest = digests.compose_now(db.session.merge(self.campaign))
            approvals.approve(digest, render, by=None, revision=digest.revision)
            self.digest = digest.id

    def send(self):
        with self.house.open(), clock.travel(clock.now() + timedelta(minutes=2)):
            deliver_due()

    def change(self, **values):
        with self.house.open():
            enter_scope(EVERYTHING)
            for name, value in values.items():
                setattr(db.session.get(Article, self.original), name, value)


@pytest.fixture
def press(house):
    press = Press(house)
    press.compose()
    press.send()
    return press


def test_a_text_that_may_be_republished_has_a_public_page_once_it_was_sent(press, browse):
    answer = browse().get(f"/texts/{press.original}?locale=en")
    page = text(answer)
    assert answer.status_code == 200
    assert (answer.headers["X-Robots-Tag"], answer.headers.get("Set-Cookie")) == ("noindex", None)
    assert '<h1 lang="en" dir="auto">Open road</h1>' in page
    assert re.search(r'<div class="prose" lang="en" dir="auto">\s*<p>First part\.</p>\s*<p>Second <part>\.</p>', page)
    for shown in ("By Ana Ruiz", "The Paper", "This article may be republished."):
        assert shown in page
    assert f"/texts/{press.translation}?locale=en" in page
    assert "Main navigation" not in page
    assert "Spanish (The Paper)" in page
    assert "French (The Paper)" not in page


def test_the_page_of_an_article_links_to_its_public_text(press, alice):
    public, reserved = (text(alice.get(f"/articles/{number}")) for number in (press.original, press.reserved))
    assert f'<a href="/texts/{press.original}">Public page</a>' in public
    for page in (reserved, text(alice.get(f"/articles/{press.draft}"))):
        assert "/texts/" not in page


@pytest.mark.parametrize("locale", ["es", "pt", "fr"])
def test_the_public_text_is_available_in_the_languages_of_members(press, browse, locale):
    page = text(browse().get(f"/texts/{press.original}?locale={locale}"))
    assert f'<html lang="{locale}">' in page
    assert "By Ana Ruiz" not in page


def test_any_other_text_responds_as_if_it_did_not_exist(press, browse):
    nobody, alike = browse(), re.compile(r"\d+|name=\"csrf_token\"[^>]*")
    absent = nobody.get("/texts/999")
    assert absent.status_code == 404
    for article in (press.reserved, press.draft):
        answer = nobody.get(f"/texts/{article}")
        assert answer.status_code == 404
        assert alike.sub("", answer.text) == alike.sub("", absent.text)


def test_a_text_that_was_not_sent_yet_is_not_public(house, browse):
    press = Press(house)
    assert browse().get(f"/texts/{press.original}").status_code == 404
    press.compose()
    assert browse().get(f"/texts/{press.original}").status_code == 404
    press.send()
    assert browse().get(f"/texts/{press.original}").status_code == 200


@pytest.mark.parametrize("change", [{"may_be_republished": False}, {"text": ""}])
def test_a_text_is_not_public_after_its_rights_are_withdrawn_or_it_is_deleted(press, browse, change):
    press.change(**change)
    assert browse().get(f"/texts/{press.original}").status_code == 404
    assert f"/texts/{press.original}" not in browse().get(f"/texts/{press.translation}").text


def test_a_digest_links_to_the_public_text_of_an_article_without_address_or_says_that_it_is_not_online(
    press, house, browse
):
    with house.open():
        (email,) = db.session.query(DigestPart)
    for part in (email.text, email.html):
        assert f"/texts/{press.original}?locale=en" in part
        assert f"/texts/{press.reserved}" not in part
        assert part.count(MISSING) == 1
    archive = text(browse().get(f"/c/{press.campaign.slug}/digests/{press.digest}?locale=en"))
    assert re.search(rf'<a href="[^"]*/texts/{press.original}\?locale=en" rel="noreferrer">Open road</a>', archive)


def links_of_feed(press, browse, headline):
    """Return the links of an entry of the campaign's feed, by relation, and the name of the element with its excerpt."""
    root = etree.fromstring(browse().get(f"/c/{press.campaign.slug}/articles.atom").data)
    (entry,) = (one for one in root.iter(f"{ATOM}entry") if one.findtext(f"{ATOM}title") == headline)
    words = [name for name in ("summary", "content") if entry.find(ATOM + name) is not None]
    return {one.get("rel"): one.attrib for one in entry.iter(f"{ATOM}link")}, words


def test_the_feed_links_to_the_public_text_beside_the_source_or_in_its_place(press, browse):
    here = f"http://encuentro.test/texts/{press.original}"
    links, words = links_of_feed(press, browse, "Open road")
    assert words == ["summary"]
    assert {rel: link["href"] for rel, link in links.items()} == {"alternate": here}
    press.change(url="https://press.example.org/road")
    links, words = links_of_feed(press, browse, "Open road")
    assert {rel: link["href"] for rel, link in links.items()} == {
        "alternate": "https://press.example.org/road",
        "related": here,
    }
    assert (links["related"]["type"], links["related"]["hreflang"], words) == ("text/html", "en", ["summary"])
    assert links_of_feed(press, browse, "Closed road") == ({}, ["content"])
    press.change(may_be_republished=False)
    assert links_of_feed(press, browse, "Open road")[0].keys() == {"alternate"}


def test_the_feed_does_not_link_to_a_text_that_was_not_sent_yet(house, browse):
    press = Press(house)
    assert links_of_feed(press, browse, "Open road") == ({}, ["content"])


@pytest.mark.parametrize(
    ("notice", "ticked"), [("This article may be republished.", True), ("All rights reserved.", False)]
)
def test_a_permission_in_a_pasted_text_is_proposed_for_a_person_to_confirm(alice, notice, ticked):
    told = "\n\n".join(
        f"Paragraph {number} tells what happened on the road that day, at some length." for number in range(6)
    )
    pasted = {"pasted": f"The road\n\n{told}\n\n{notice}", "in_language": "en"}
    page = text(alice.get(alice.post("/articles/paste", data=pasted).location))
    box = re.search(r'<input[^>]*name="may_be_republished"[^>]*>', page).group()
    assert ("checked" in box) is ticked
