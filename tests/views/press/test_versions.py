"""Versions on the page of an article: suggestions, and the answers of users."""

import html
from datetime import date

import pytest

from app.domain.press import versions
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.press.articles import Article, VersionKind
from app.models.press.versions import SuggestionKind, VersionSuggestion


@pytest.fixture
def alice(house):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    return alice


@pytest.fixture
def pair(house):
    with house.open() as make:
        earlier = make.article("Delegaciones", in_language="es", date_published=date(2025, 1, 1), publisher="El Muelle")
        later = make.article("Delegations", in_language="en", date_published=date(2025, 1, 3))
        return later, earlier, make.suggestion(later, earlier, SuggestionKind.TRANSLATION)


def tied(house, article):
    with house.open():
        kept = db.session.get_one(Article, article.id)
        return kept.version_of_id, kept.version_kind


def answer(browse, alice, article, suggestion, **data):
    return browse(alice).post(f"/articles/{article.id}/versions/suggestions/{suggestion.id}", data)


def test_a_suggestion_is_shown_on_both_pages_with_the_earlier_article_first(browse, alice, pair):
    later, earlier, _suggestion = pair
    page = browse(alice).get(f"/articles/{later.id}").text
    assert "Is this the same article?" in page
    assert '<option value="other" selected>Delegaciones</option>' in page
    page = browse(alice).get(f"/articles/{earlier.id}").text
    assert '<option value="this" selected>This article</option>' in page


def test_members_see_no_suggestions(house, browse, pair):
    with house.open() as make:
        bob = make.user("Bob")
        make.grant(bob, Role.MEMBER)
    assert "Is this the same article?" not in browse(bob).get(f"/articles/{pair[0].id}").text


@pytest.mark.parametrize("kind", VersionKind)
def test_accepting_a_suggestion_makes_the_first_article_the_original(house, browse, alice, pair, kind):
    later, earlier, suggestion = pair
    assert answer(browse, alice, later, suggestion, answer=kind.value, first="other").status_code == 302
    assert tied(house, later) == (earlier.id, kind)
    page = browse(alice).get(f"/articles/{earlier.id}").text
    assert "Is this the same article?" not in page
    assert "Delegations" in page


def test_the_later_article_can_be_chosen_as_the_original(house, browse, alice, pair):
    later, earlier, suggestion = pair
    answer(browse, alice, later, suggestion, answer="translation", first="this")
    assert tied(house, earlier) == (later.id, VersionKind.TRANSLATION)


def test_a_rejected_suggestion_is_not_made_again(house, browse, alice, pair):
    later, _earlier, suggestion = pair
    answer(browse, alice, later, suggestion, answer="no", first="other")
    assert tied(house, later) == (None, None)
    assert "Is this the same article?" not in browse(alice).get(f"/articles/{later.id}").text
    with house.open():
        assert db.session.get_one(VersionSuggestion, suggestion.id).dismissed_at is not None
    assert answer(browse, alice, later, suggestion, answer="translation", first="other").status_code == 404


def test_an_invalid_answer_changes_nothing(house, browse, alice, pair):
    later, _earlier, suggestion = pair
    for data in ({}, {"answer": "maybe", "first": "other"}, {"answer": "translation", "first": "nobody"}):
        assert answer(browse, alice, later, suggestion, **data).status_code == 302
    assert tied(house, later) == (None, None)


def test_two_articles_can_be_linked_by_typing_words_of_the_headline(house, browse, alice, pair):
    later, earlier, _suggestion = pair
    path = f"/articles/{later.id}/versions/tie"
    assert browse(alice).get(path).status_code == 200
    for typed in ("Nothing like it", ""):
        answered = browse(alice).post(path, {"other": typed, "kind": "translation", "first": "other"})
        assert answered.status_code == 422
    answered = browse(alice).post(path, {"other": "delegaciones", "kind": "translation", "first": "other"})
    assert answered.status_code == 302
    assert tied(house, later) == (earlier.id, VersionKind.TRANSLATION)


def test_the_earlier_article_is_the_original_by_default(house, browse, alice, pair):
    later, earlier, _suggestion = pair
    data = {"other": "Delegations", "kind": "translation", "first": "earlier"}
    assert browse(alice).post(f"/articles/{earlier.id}/versions/tie", data).status_code == 302
    assert tied(house, later) == (earlier.id, VersionKind.TRANSLATION)


def test_an_article_is_found_by_its_id_among_many(house, browse, alice):
    with house.open() as make:
        old = make.article("Same headline")
        for _ in range(60):
            make.article("Same headline")
        article = make.article("Another")
    data = {"other": f"Same headline (#{old.id})", "kind": "republication", "first": "other"}
    assert browse(alice).post(f"/articles/{article.id}/versions/tie", data).status_code == 302
    assert tied(house, article) == (old.id, VersionKind.REPUBLICATION)


def test_linking_an_article_to_itself_shows_an_error_on_the_field(browse, alice, pair):
    later, _earlier, _suggestion = pair
    data = {"other": f"Delegations (#{later.id})", "kind": "translation", "first": "other"}
    answered = browse(alice).post(f"/articles/{later.id}/versions/tie", data)
    assert answered.status_code == 422
    assert "An article cannot be a version of itself." in html.unescape(answered.text)


def test_a_family_shows_languages_publishers_and_dates_and_can_be_separated(house, browse, alice, pair):
    later, earlier, _suggestion = pair
    with house.open():
        versions.tie(
            db.session.get_one(Article, later.id), db.session.get_one(Article, earlier.id), VersionKind.TRANSLATION
        )
    page = browse(alice).get(f"/articles/{later.id}").text
    assert "original · Spanish · El Muelle · January 1, 2025" in page
    assert "translation · English · The Paper · January 3, 2025" in page
    assert browse(alice).post(f"/articles/{later.id}/versions/make-original").status_code == 302
    assert tied(house, earlier) == (later.id, VersionKind.TRANSLATION)
    assert browse(alice).post(f"/articles/{earlier.id}/versions/untie").status_code == 302
    assert tied(house, earlier) == (None, None)


def test_an_impossible_separation_shows_an_error(browse, alice, pair):
    client = browse(alice)
    for button in ("untie", "make-original"):
        answered = client.post(f"/articles/{pair[0].id}/versions/{button}", follow_redirects=True)
        assert answered.status_code == 200
    assert "already an original" in answered.text
