"""The pages of articles: search, sources, versions and citations."""

import html
import re
from datetime import date

import pytest

from app import clock
from app.domain.press import versions
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.press.articles import Article, VersionKind


@pytest.fixture
def alice(house):
    with house.open() as make:
        alice = make.user("Alice", timezone="Pacific/Auckland")
        make.grant(alice, Role.ADMIN)
    return alice


@pytest.fixture
def read(browse, alice):
    def read(path, user=None):
        page = browse(user or alice).get(path)
        return " ".join(html.unescape(page.text).split())

    return read


def test_search_results_show_the_matching_passage(house, read):
    with house.open() as make:
        make.article("Bridges", text="Nothing. " * 40 + "In Genève they met at noon.")
        make.article("Maize", text="Nothing.")
    page = read("/articles?q=geneve")
    assert "In Genève they met at noon." in page
    assert "Maize" not in page
    assert "1 found." in page


def test_a_family_of_versions_is_one_row_with_links_to_each(house, read):
    with house.open() as make:
        original = make.article("Original", publisher="The Paper")
        spanish, again = make.article("Traducida", in_language="es"), make.article("Again", publisher="The Echo")
        versions.tie(spanish, original, VersionKind.TRANSLATION)
        versions.tie(again, original, VersionKind.REPUBLICATION)
    page = read("/articles")
    assert f'<a href="/articles/{spanish.id}">Spanish</a>' in page
    assert f'<a href="/articles/{again.id}">The Echo</a>' in page
    assert "Traducida" not in page
    assert "> 1 article." in page


def test_links_to_other_pages_keep_the_search(house, read):
    with house.open() as make:
        for number in range(51):
            make.article(f"Number {number}", in_language="es")
    page = read("/articles?language=es&since=2025-01-01&broken=&page=1")
    (onward,) = set(re.findall(r'href="/articles\?([^"]*page=2[^"]*)"', page))
    assert {"language=es", "since=2025-01-01", "page=2"} == set(html.unescape(onward).split("&"))
    assert "Number 0<" not in page
    assert "Number 0<" in read("/articles?page=2&language=es&since=2025-01-01")


@pytest.mark.parametrize(
    "asked",
    ["page=-1", "page=99999999999999999999999", "page=x", "since=yesterday", "language=xx", "campaign=999", "campaign=x",
     "q=%00%22*", "publisher=%27", "q=" + "x" * 10_000, "until=0000-00-00", "since=2025-02-30&q=news"],
)  # fmt: skip
def test_no_query_string_breaks_the_list(house, browse, alice, asked):
    with house.open() as make:
        make.article("News")
    assert browse(alice).get(f"/articles?{asked}").status_code == 200


def test_an_invalid_filter_shows_an_error_on_its_field_and_is_ignored(house, read):
    with house.open() as make:
        make.article("News")
    page = read("/articles?since=yesterday&q=news")
    assert 'id="since-error"' in page
    assert "News" in page


def test_only_visible_campaigns_can_be_filtered_by(house, read):
    with house.open() as make:
        mine, other, bob = make.campaign("Mine"), make.campaign("Other"), make.user("Bob")
        make.grant(bob, Role.MEMBER, campaign=mine)
        make.cite(make.article("In mine"), mine)
        make.cite(make.article("In other"), other)
    page = read(f"/articles?campaign={mine.id}", bob)
    assert "In mine" in page
    assert "In other" not in page
    page = read(f"/articles?campaign={other.id}", bob)
    assert ">Other<" not in page
    assert 'id="campaign-error"' in page


def test_a_broken_link_is_shown_on_the_article_and_in_lists(house, read):
    with house.open() as make:
        article = make.article(url="https://press.example.org/1")
        article.link_broken_since = clock.now()
    for path in (f"/articles/{article.id}", "/articles", "/articles?broken=y"):
        assert "The text saved here remains as evidence" in read(path)
    with house.open():
        db.session.get_one(Article, article.id).link_broken_since = None
    assert "The text saved here remains as evidence" not in read("/articles")
    assert f"/articles/{article.id}" not in read("/articles?broken=y")


def test_the_source_of_an_article_is_shown_with_its_original_date(house, read):
    with house.open() as make:
        article = make.article(
            translators="Luz Rey", publisher="El Eco", date_published=date(2025, 1, 5), original_publisher="The Paper",
            original_date=date(2025, 1, 1), republication_notice="Con permiso de «The Paper».", disclaimer="No es nuestra opinión.",
        )  # fmt: skip
        elsewhere = make.article("Elsewhere", publisher="El Muelle", date_published=date(2025, 1, 9))
        versions.tie(elsewhere, article, VersionKind.REPUBLICATION)
    page = read(f"/articles/{article.id}")
    for said in ("Ana Ruiz", "Luz Rey", "El Eco, January 5, 2025", "The Paper, January 1, 2025", "El Muelle</a>, January 9, 2025",
                 "Con permiso de «The Paper».", "No es nuestra opinión."):  # fmt: skip
        assert said in page


def test_citations_are_shown_only_to_users_who_may_see_them(house, read):
    with house.open() as make:
        congress, campaign, article = make.congress(), make.campaign("Peace"), make.article()
        make.cite(article, campaign).cited_by = make.user("Claire")
        bob = make.user("Bob")
        make.grant(bob, Role.MEMBER, congress=congress)
    assert "for the campaign’s digest · Claire" in read(f"/articles/{article.id}")
    page = read(f"/articles/{article.id}", bob)
    assert "Claire" not in page
    assert "Peace" not in page


def test_the_form_keeps_the_translators(house, browse, alice):
    with house.open() as make:
        article = make.article()
    assert browse(alice).edit(f"/articles/{article.id}/edit", translators="Luz Rey").status_code == 302
    with house.open():
        assert db.session.get_one(Article, article.id).translators == "Luz Rey"
