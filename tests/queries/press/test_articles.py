"""Searching articles: words in any spelling, with one result per family."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.domain.press import articles, versions
from app.extensions import db
from app.models.press.articles import VersionKind
from app.models.scoping import Scope, enter_scope
from app.queries.paging import PAGE
from app.queries.press import articles as article_queries
from app.queries.press.articles import Wanted
from app.text import passage, words_of


def found(**wanted):
    return [row.article.headline for row in article_queries.find(Wanted(**wanted)).rows]


def values_of(article, **changes):
    return {name: getattr(article, name) for name in articles.ArticleValues.__annotations__} | changes


@pytest.mark.parametrize(
    "words", ["geneve", "GENÈVE", "Gene", "genève  grève", "greve GENEVE", "ruiz geneve", "horizonte", "l'usine"]
)
def test_words_are_found_in_every_field_and_with_any_spelling(make, words):
    make.article("Grève à Genève", authors="Ana Ruiz", publisher="El Horizonte", text="Devant l’usine, hier.")
    make.article("Nothing of the kind", text="Maize.", publisher="The Paper", authors=None)
    assert found(words=words) == ["Grève à Genève"]


@pytest.mark.parametrize("words", ["neve", "geneve maize", "genevez", "🙂", "–", "' OR 1=1"])
def test_words_that_are_not_in_an_article_do_not_find_it(make, words):
    make.article("Grève à Genève", text="Devant l’usine.")
    make.article("Another", text="Maize.")
    assert found(words=words) == []


def test_the_headline_counts_more_than_the_text(make):
    make.article("In the text", text="bridge " * 50)
    make.article("Over the bridge they went, all of them, on a day like any other day", text="Nothing. " * 500)
    assert found(words="bridge") == [
        "Over the bridge they went, all of them, on a day like any other day",
        "In the text",
    ]


def test_a_headline_with_all_words_comes_before_one_with_some_of_them(make):
    far = "Bridge, of which much is said in many words on many a day before anybody says noon"
    make.article("The bridge bridge bridge", authors="Noon", publisher="Noon", text="bridge noon " * 200)
    make.article(far, text="Nothing. " * 500)
    assert found(words="bridge noon")[0] == far


def test_corrected_text_is_found_and_the_old_text_is_not(make):
    article = make.article("Previous", text="maize")
    articles.update(article, values_of(article, headline="After", text="beans"))
    assert (found(words="maize"), found(words="before"), found(words="beans")) == ([], [], ["After"])


@pytest.mark.parametrize(
    "words",
    [
        '"', "*", "a*", "AND", "OR NOT", "NEAR(a b)", "headline:a", "a:*A & !b | (c", "a'); DROP TABLE articles; --", "\\",
        "^a", "-a", "a + b", "{a}", ":*", "<->", "%", "_", "🙂" * 100, "x" * 10_000, "word " * 2_000, "\u0301", "ａｂ", "字" * 50,
    ],
)  # fmt: skip
def test_no_input_breaks_the_search(make, words):
    make.article()
    for field in ("words", "publisher"):
        page = article_queries.find(Wanted(**{field: words}))
        assert len(page.rows) == page.total


@given(st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_every_headline_finds_its_article(make, typed):
    headline = " ".join(typed.replace("\x00", "").split())[:60]
    if not words_of(headline) or headline.encode("utf-8", "ignore").decode() != headline:
        return
    if not any(one.isalpha() for one in headline):  # PostgreSQL knows no number signs of ancient scripts
        return
    article = articles.create(values_of(make.article(), headline=headline, url=None), by=None)
    try:
        assert headline in found(words=headline)
    finally:
        db.session.delete(article)
        db.session.flush()


def test_a_text_in_which_every_word_is_different_can_be_saved(make):
    text = " ".join(f"{number:x}字" for number in range(60_000))
    make.article("Long", text=text)
    assert found(words="long") == ["Long"]
    assert found(words=f"{100:x}字") == ["Long"]


def test_filters_narrow_the_results(make):
    campaign = make.campaign()
    spanish = make.article("Uno", in_language="es", publisher="Diario del Puente", date_published=date(2025, 5, 1))
    make.article("Two", in_language="en", publisher="The Bridge", date_published=date(2025, 6, 1))
    undated = make.article("Three", in_language="en", publisher="The Diary", date_published=None)
    make.cite(spanish, campaign)
    undated.link_broken_since = clock.now()
    db.session.flush()
    assert found(language="es") == ["Uno"]
    assert found(publisher="puente") == ["Uno"]
    assert found(publisher="diar") == ["Three", "Uno"] or found(publisher="diar") == ["Uno", "Three"]
    assert found(publisher="uno") == []
    assert found(campaign_id=campaign.id) == ["Uno"]
    assert found(since=date(2025, 5, 2)) == ["Two"]
    assert found(until=date(2025, 5, 31)) == ["Uno"]
    assert found(since=date(2025, 5, 1), until=date(2025, 6, 1)) == ["Two", "Uno"]
    assert found(broken=True) == ["Three"]
    assert found(words="t", language="en", broken=True) == ["Three"]


def test_a_campaign_out_of_scope_finds_nothing(make):
    campaign, article = make.campaign(), make.article()
    make.cite(article, campaign)
    enter_scope(Scope())
    assert found(campaign_id=campaign.id) == []
    assert len(found()) == 1


def test_a_family_is_one_row_with_the_original_first(make):
    original, alone = make.article("Original"), make.article("Alone")
    spanish, again = make.article("Traducida", in_language="es"), make.article("Otra vez", in_language="es")
    versions.tie(spanish, original, VersionKind.TRANSLATION)
    versions.tie(again, original, VersionKind.TRANSLATION)
    page = article_queries.find(Wanted())
    assert page.total == 2
    assert {row.article.id: [one.id for one in row.others] for row in page.rows} == {
        original.id: [spanish.id, again.id], alone.id: [],
    }  # fmt: skip


def test_the_matching_version_of_a_family_comes_first(make):
    original, spanish = make.article("Bridge", text="bridge"), make.article("Puente", in_language="es", text="puente")
    versions.tie(spanish, original, VersionKind.TRANSLATION)
    for wanted in (Wanted(language="es"), Wanted(words="puente")):
        (row,) = article_queries.find(wanted).rows
        assert (row.article.id, [one.id for one in row.others]) == (spanish.id, [original.id])


def test_pages_contain_every_result_once(make):
    for number in range(2 * PAGE + 1):
        make.article(f"Number {number}")
    for wanted in (Wanted(), Wanted(words="number")):
        pages = [article_queries.find(wanted, page) for page in (1, 2, 3)]
        listed = [row.article.headline for page in pages for row in page.rows]
        assert sorted(listed) == sorted(f"Number {number}" for number in range(2 * PAGE + 1))
        assert [page.total for page in pages] == [2 * PAGE + 1] * 3


def test_an_excerpt_of_the_text_shows_the_words():
    text = "Nothing here. " * 30 + "They met in GENÈVE at noon. " + "Nothing there. " * 30
    line = passage(text, words_of("genev"))
    assert "met in GENÈVE at noon" in line
    assert line.startswith("…")
    assert line.endswith("…")
    assert len(line) <= 162
    assert passage(text, words_of("zürich")) == ""
    assert passage(text, []) == ""
