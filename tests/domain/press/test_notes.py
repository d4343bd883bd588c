"""Notes about words in a text, found even after edits."""

import pytest

from app.domain.press import articles, notes
from app.domain_errors import DomainError
from app.extensions import db
from app.models.scoping import OutOfScope, Scope, enter_scope
from app.queries.lookup import Missing
from app.queries.press import notes as note_queries

TEXT = "They came by land. They left by sea.\n\nThey came by air, “at last” – all of them."


def values(quotation, place=None, **changes):
    return {"quotation": quotation, "place": place, "body": None, "congress_id": None, "campaign_id": None} | changes


@pytest.fixture
def article(make):
    return make.article(text=TEXT)


def test_a_quotation_is_stored_exactly_as_in_the_text(make, article):
    note = notes.create(article, values('air, "at last" - all'), by=None)
    assert note.quotation == "air, “at last” – all"
    assert TEXT[note.position :].startswith(note.quotation)
    assert (note.prefix, note.suffix) == (TEXT[note.position - 32 : note.position], " of them.")


def test_words_that_are_not_in_the_text_are_rejected(make, article):
    with pytest.raises(DomainError) as refused:
        notes.create(article, values("They came by train"), by=None)
    assert refused.value.field == "quotation"


def test_one_of_several_occurrences_must_be_chosen(make, article):
    with pytest.raises(DomainError) as refused:
        notes.create(article, values("They came"), by=None)
    assert refused.value.field == "place"
    second = TEXT.rindex("They came")
    assert notes.create(article, values("They came", second), by=None).position == second


def test_a_position_without_the_words_is_rejected(make, article):
    with pytest.raises(DomainError) as refused:
        notes.create(article, values("They came", 3), by=None)
    assert refused.value.field == "place"


def test_words_with_too_many_occurrences_are_rejected(make):
    with pytest.raises(DomainError) as refused:
        notes.create(make.article(text="la " * 40), values("la"), by=None)
    assert refused.value.field == "quotation"


def test_an_article_without_text_has_nothing_to_highlight(make):
    article = make.article(text=None, url="https://press.example.org/1")
    with pytest.raises(DomainError):
        notes.create(article, values("They came"), by=None)


def test_a_note_can_be_changed_after_its_words_were_deleted(make, article):
    note = notes.create(article, values("left by sea"), by=None)
    kept = {name: getattr(article, name) for name in articles.ArticleValues.__annotations__}
    articles.update(article, kept | {"text": "Another text."})
    notes.update(note, values("left by sea", body="As it said."))
    assert note.body == "As it said."
    with pytest.raises(DomainError):
        notes.update(note, values("left by train"))


def test_a_note_can_be_moved_to_other_words(make, article):
    note = notes.create(article, values("left by sea"), by=None)
    notes.update(note, values("came by air"))
    assert note.position == TEXT.index("came by air")


def test_a_note_is_visible_only_in_its_scope(make, article):
    congress, campaign = make.congress(), make.campaign()
    here, there = make.note(article, "by land", congress=congress), make.note(article, "by sea", campaign=campaign)
    house = make.note(article, "by air")
    assert [one.id for one in note_queries.of_article(article.id)] == [here.id, there.id, house.id]
    enter_scope(Scope(congress_ids=frozenset({congress.id})))
    assert [one.id for one in note_queries.of_article(article.id)] == [here.id]
    with pytest.raises(Missing):
        note_queries.get(article.id, there.id)
    with pytest.raises(OutOfScope):
        notes.remove(house)
    db.session.rollback()
