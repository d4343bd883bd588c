"""Versions: linked by people, one level deep; suggested by a program, and never again after a person has rejected it."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.press import articles, versions
from app.domain_errors import DomainError
from app.extensions import db
from app.models.press.articles import VersionKind
from app.models.press.versions import SuggestionKind, VersionSuggestion
from app.queries.press import versions as version_queries
from tasks import versions as tasks

TRANSLATION, REPUBLICATION = VersionKind.TRANSLATION, VersionKind.REPUBLICATION
SPANISH = (
    "El 14 de noviembre llegaron 312 delegados de la Federación Minera a Caracas por el puente Simón Bolívar. "
    "La presidenta Mariela Quispe dijo que 27 autobuses esperaban en San Antonio. El sindicato de Bogotá pagó 4.500 dólares. "
)
ENGLISH = (
    "On 14 November 312 delegates of the Federación Minera reached Caracas over the Simón Bolívar bridge. "
    "The president Mariela Quispe said that 27 buses were waiting in San Antonio. The union of Bogotá paid 4,500 dollars. "
)
OTHER = (
    "Nothing of this has to do with bridges: the harvest of maize in the highlands was poor and prices went up again. "
)


def values_of(article, **changes):
    return {name: getattr(article, name) for name in articles.ArticleValues.__annotations__} | changes


def compare():
    db.session.commit()
    tasks.compare()


def tied(article):
    db.session.refresh(article)
    return article.version_of_id, article.version_kind


def suggested():
    listed = select(VersionSuggestion).order_by(VersionSuggestion.id)
    return [(one.article_id, one.other_id, one.kind) for one in db.session.scalars(listed)]


def test_a_version_belongs_to_its_original(make):
    original, spanish = make.article(), make.article("Delegaciones", in_language="es")
    versions.tie(spanish, original, TRANSLATION)
    assert tied(spanish) == (original.id, TRANSLATION)
    assert tied(original) == (None, None)


def test_a_version_of_a_version_belongs_to_the_original(make):
    original, spanish, again = make.article(), make.article(in_language="es"), make.article(in_language="es")
    versions.tie(spanish, original, TRANSLATION)
    versions.tie(again, spanish, TRANSLATION)
    assert tied(again) == (original.id, TRANSLATION)


def test_the_versions_of_an_article_move_with_it_to_its_original(make):
    original, spanish = make.article(in_language="en"), make.article(in_language="es")
    in_spanish, in_english = make.article(in_language="es"), make.article(in_language="en")
    versions.tie(in_spanish, spanish, REPUBLICATION)
    versions.tie(in_english, spanish, TRANSLATION)
    versions.tie(spanish, original, TRANSLATION)
    assert tied(spanish) == (original.id, TRANSLATION)
    assert tied(in_spanish) == (original.id, TRANSLATION)
    assert tied(in_english) == (original.id, REPUBLICATION)


def test_an_article_cannot_be_a_version_of_itself(make):
    article = make.article()
    with pytest.raises(DomainError) as refused:
        versions.tie(article, article, REPUBLICATION)
    assert refused.value.field == "other"


def test_an_original_cannot_be_a_version_of_its_own_version(make):
    original, spanish = make.article(), make.article(in_language="es")
    versions.tie(spanish, original, TRANSLATION)
    with pytest.raises(DomainError, match="already a version of this one"):
        versions.tie(original, spanish, TRANSLATION)
    assert tied(original) == (None, None)


def test_linking_again_changes_the_kind(make):
    original, other = make.article(), make.article()
    versions.tie(other, original, TRANSLATION)
    versions.tie(other, original, REPUBLICATION)
    assert tied(other) == (original.id, REPUBLICATION)


def test_an_unlinked_article_is_independent_and_not_suggested_again(make):
    original, again = make.article(text=SPANISH, in_language="es"), make.article(text=SPANISH, in_language="es")
    versions.tie(again, original, REPUBLICATION)
    versions.untie(again)
    assert tied(again) == (None, None)
    compare()
    assert version_queries.suggestions(again) == []


def test_an_article_that_is_not_a_version_cannot_be_unlinked(make):
    with pytest.raises(DomainError):
        versions.untie(make.article())


def test_changing_the_original_relinks_the_whole_family(make):
    english, spanish = make.article(in_language="en"), make.article(in_language="es")
    spanish_again, french = make.article(in_language="es"), make.article(in_language="fr")
    for one, kind in ((spanish, TRANSLATION), (spanish_again, TRANSLATION), (french, TRANSLATION)):
        versions.tie(one, english, kind)
    versions.make_original(spanish)
    assert tied(spanish) == (None, None)
    assert tied(english) == (spanish.id, TRANSLATION)
    assert tied(spanish_again) == (spanish.id, REPUBLICATION)
    assert tied(french) == (spanish.id, TRANSLATION)
    assert version_queries.family(french)[0].id == spanish.id


def test_the_original_cannot_be_made_the_original_again(make):
    with pytest.raises(DomainError):
        versions.make_original(make.article())


def test_the_earlier_date_came_first_and_without_dates_the_earlier_saved(make):
    kept_first = make.article(date_published=date(2025, 3, 2))
    earlier = make.article(date_published=date(2025, 3, 1))
    undated = make.article(date_published=None)
    assert versions.came_first(earlier, kept_first)
    assert not versions.came_first(kept_first, earlier)
    assert versions.came_first(kept_first, undated)
    first_elsewhere = make.article(date_published=date(2025, 4, 1), original_date=date(2025, 2, 1))
    assert versions.came_first(first_elsewhere, earlier)


def test_a_duplicate_and_a_translation_are_suggested_and_nothing_is_linked(make):
    spanish = make.article(text=SPANISH, in_language="es")
    again = make.article(text=f"{SPANISH} Publicado de nuevo.", in_language="es")
    english = make.article(text=ENGLISH, in_language="en")
    make.article(text=OTHER, in_language="en")
    compare()
    assert (again.id, spanish.id, SuggestionKind.SAME) in suggested()
    assert (english.id, spanish.id, SuggestionKind.TRANSLATION) in suggested()
    assert all(one.version_of_id is None for one in (spanish, again, english))
    assert len(suggested()) == 3


def test_each_article_is_compared_once_until_its_text_changes(make):
    spanish, other = make.article(text=SPANISH, in_language="es"), make.article(text=OTHER, in_language="es")
    assert version_queries.not_compared(9) == [spanish.id, other.id]
    compare()
    assert version_queries.not_compared(9) == []
    articles.update(other, values_of(other, headline="Renamed"))
    assert version_queries.not_compared(9) == []
    articles.update(other, values_of(other, text=SPANISH))
    assert version_queries.not_compared(9) == [other.id]
    compare()
    assert suggested() == [(other.id, spanish.id, SuggestionKind.SAME)]


def test_changing_the_text_deletes_its_suggestions(make):
    spanish, other = make.article(text=SPANISH, in_language="es"), make.article(text=SPANISH, in_language="es")
    compare()
    articles.update(other, values_of(other, text=OTHER))
    compare()
    assert suggested() == []
    assert spanish.compared_at is not None


def test_a_dismissed_suggestion_never_returns(make):
    make.article(text=SPANISH, in_language="es")
    other = make.article(text=SPANISH, in_language="es")
    compare()
    (suggestion,) = version_queries.suggestions(other)
    versions.dismiss(suggestion)
    articles.update(other, values_of(other, text=f"{SPANISH} Fin."))
    compare()
    assert version_queries.suggestions(other) == []
    assert len(suggested()) == 1


def test_the_comparison_of_a_meanwhile_changed_text_is_ignored(make):
    article, other = make.article(text=SPANISH), make.article(text=SPANISH)
    seen = version_queries.text_of(article.id)
    articles.update(article, values_of(article, text=OTHER))
    versions.keep_suggestions(seen, [versions.Alike(other.id, SuggestionKind.SAME, 1.0)])
    assert suggested() == []
    assert article.compared_at is None


def test_only_articles_with_a_nearby_date_or_without_a_date_are_compared(make):
    long_ago = make.article(text=SPANISH, date_published=date(2024, 1, 1))
    undated = make.article(text=SPANISH, date_published=None)
    near = make.article(text=SPANISH, date_published=date(2025, 9, 3))
    article = make.article(text=SPANISH, date_published=date(2026, 1, 1))
    around = {one.id for one in version_queries.texts_around(version_queries.text_of(article.id))}
    assert around == {undated.id, near.id}
    around = {one.id for one in version_queries.texts_around(version_queries.text_of(undated.id))}
    assert around == {long_ago.id, near.id, article.id}


def test_a_text_that_breaks_the_comparison_does_not_stop_the_others(make, monkeypatch):
    broken, other = make.article(text=SPANISH), make.article(text=SPANISH)
    whole = versions.alike

    def break_down(text, others, measured):
        if text.id == broken.id:
            raise ValueError("never thought of")
        return whole(text, others, measured)

    monkeypatch.setattr(versions, "alike", break_down)
    compare()
    assert version_queries.not_compared(9) == []
    assert suggested() == [(other.id, broken.id, SuggestionKind.SAME)]


@pytest.mark.parametrize(("bound", "value"), [("MOST_MEASURED", 3), ("LONGEST_RUN", 0.0)])
def test_a_run_that_reaches_its_limit_leaves_the_rest_to_the_next(make, monkeypatch, bound, value):
    for year in (2020, 2025, 2025, 2025):
        make.article(text=SPANISH, date_published=date(year, 1, 1))
    with monkeypatch.context() as patch:
        patch.setattr(versions, bound, value)
        compare()
    assert version_queries.not_compared(9) != []
    compare()
    assert version_queries.not_compared(9) == []


def test_the_number_of_articles_compared_per_run_is_limited(make, monkeypatch):
    monkeypatch.setattr(version_queries, "MOST_COMPARED", 2)
    article, *others = [make.article(text=SPANISH) for _ in range(4)]
    around = version_queries.texts_around(version_queries.text_of(article.id))
    assert [one.id for one in around] == [others[2].id, others[1].id]


def test_linked_articles_are_not_suggested(make):
    original, again = make.article(text=SPANISH), make.article(text=SPANISH)
    versions.tie(again, original, REPUBLICATION)
    compare()
    assert suggested() == []


def test_a_suggestion_is_no_longer_shown_once_linked(make):
    original, again = make.article(text=SPANISH), make.article(text=SPANISH)
    compare()
    assert len(version_queries.suggestions(original)) == 1
    versions.tie(again, original, REPUBLICATION)
    assert version_queries.suggestions(original) == []
