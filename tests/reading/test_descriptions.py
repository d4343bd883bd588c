"""Lines around a text, and descriptions that are not the publisher's word about the article, stay out of texts and excerpts."""

import pytest

from app.reading.articles import from_entry
from app.reading.excerpt import excerpt_of
from app.reading.feeds import Entry
from app.reading.sentences import sentences_of
from app.reading.structure import take_apart
from benchmarks.articles_cases.furniture import descriptions, lines
from benchmarks.layouts.stories import story

LINES = lines()


@pytest.mark.parametrize("one", [pytest.param(one, id=one.line) for one in LINES if not one.is_furniture])
def test_a_sentence_that_looks_like_furniture_is_text(one):
    assert one.is_right


def test_nearly_all_furniture_is_taken_out_in_every_language():
    for language in ("es", "en", "pt", "fr"):
        furniture = [one for one in LINES if one.is_furniture and one.language == language]
        wrong = [one.line for one in furniture if not one.is_right]
        assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("one", [pytest.param(one, id=one.description) for one in descriptions()])
def test_only_a_description_of_the_article_is_the_publishers_word(one):
    assert one.is_right


def test_an_excerpt_without_a_description_is_the_beginning_of_the_text():
    made = story("excerpt", 3, ("en",))
    parts = take_apart("\n\n".join([made.headline, *made.paragraphs]), "en")
    excerpt = excerpt_of(parts, "en")
    assert excerpt
    assert " ".join(made.paragraphs).startswith(excerpt)


def test_a_short_first_sentence_begins_the_excerpt_but_a_place_does_not():
    rest = "The dockers put their tools down before dawn and walked to the gate."
    assert excerpt_of(take_apart(f"The port stands still. {rest}", "en"), "en") == f"The port stands still. {rest}"
    assert excerpt_of(take_apart(f"La Guaira. {rest}", "en"), "en") == rest


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Then Ms. Lima spoke. M. Prado read the minutes.", 2),
        ("pt", "A Sra. Lima falou. M. Prado leu a ata. O Dr. Luís e a Profa. Ana vieram.", 3),
        ("fr", "Mme. Lima et Mgr. Oscar sont venus. M. Prado a lu.", 2),
        ("it", "Il sig. Rossi parlò. M. Prado lesse il verbale.", 2),
        ("und", "M. Prado came. Ms. Lima spoke.", 2),
    ],
)
def test_initials_and_titles_of_persons_do_not_end_a_sentence(language, text, count):
    assert len(sentences_of(text, language)) == count
    assert " ".join(sentences_of(text, language)) == text


def test_what_a_feed_adds_to_a_summary_is_left_out():
    added = "Los estibadores siguen en huelga hasta el viernes. La entrada Huelga apareció primero en El Muelle."
    cut = "Los estibadores siguen en huelga hasta […] Leer más"
    assert summarized(added) == ("Los estibadores siguen en huelga hasta el viernes.", "publisher")
    assert summarized(cut)[1] == "text"


def summarized(summary):
    reading = from_entry(
        Entry(
            id="1",
            url="https://example.org/1",
            headline="Huelga",
            authors=(),
            date_published=None,
            summary=summary,
            language="es",
        )
    )
    return reading["excerpt"], reading["excerpt_source"]
