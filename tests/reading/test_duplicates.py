"""Near-duplicates: altered copies are found, and different articles are not confused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.duplicates import Fingerprint, containment, fingerprint, in_order, same
from benchmarks.altering import ALTERATIONS, EDITS, invented
from benchmarks.layouts.stories import story

ARTICLES = [invented(seed) for seed in range(40)]


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_an_altered_copy_is_the_same_article(alteration):
    assert all(
        same(fingerprint(article), fingerprint(ALTERATIONS[alteration](article, seed)))
        for seed, article in enumerate(ARTICLES)
    )


def test_two_articles_on_the_same_topic_are_not_the_same():
    prints = [fingerprint(article) for article in ARTICLES]
    assert not any(same(first, second) for place, first in enumerate(prints) for second in prints[:place])


def test_accents_capitals_and_punctuation_do_not_count():
    assert (
        containment(
            fingerprint("¡La huelga continúa en MÉRIDA hoy!"), fingerprint("la huelga continua, en merida: hoy")
        )
        == 1.0
    )


def test_a_stock_phrase_does_not_make_two_briefs_the_same():
    first = fingerprint("Workers of the world, said the union in a statement on Monday, went back to the mine.")
    second = fingerprint("The harbor is shut, said the union in a statement on Monday, and nobody knows for how long.")
    assert not same(first, second)


def test_a_fingerprint_is_small_and_survives_being_stored():
    long = fingerprint(" ".join(str(number) for number in range(50_000)))
    assert len(long.data) <= 4 * 2_048 + 1
    assert same(Fingerprint(bytes(long.data)), long)
    half = fingerprint(" ".join(str(number) for number in range(25_000)))
    assert containment(half, long) > 0.95


def test_texts_with_fewer_than_four_words_match_nothing():
    assert not same(fingerprint(""), fingerprint(""))
    assert containment(fingerprint("one two three"), fingerprint("one two three")) == 0.0


@given(st.text(max_size=500), st.text(max_size=500))
def test_containment_is_a_share_and_symmetric(one, other):
    a, b = fingerprint(one), fingerprint(other)
    assert 0.0 <= containment(a, b) == containment(b, a) <= 1.0


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_article_of_which_15_percent_of_the_words_were_edited_is_found(edit):
    for seed in range(12):
        article = invented(seed)
        assert same(fingerprint(article), fingerprint(edit(article, seed)))


def test_different_texts_made_of_the_same_phrases_are_not_the_same():
    prints = [fingerprint("\n\n".join(story("edited", seed).paragraphs[:6])) for seed in range(40)]
    assert not any(same(one, other) for place, one in enumerate(prints) for other in prints[:place])


def test_without_the_order_of_the_words_only_shingles_are_compared():
    article = fingerprint(invented(1))
    assert same(Fingerprint(article.data), article)
    assert not same(Fingerprint(article.data), fingerprint(invented(2)))


def test_texts_that_only_share_what_they_repeat_are_compared_too():
    one = "to the square to the square to the square, we said"
    other = "to the square to the square, said the union, and went by another street home"
    assert not same(fingerprint(one), fingerprint(other))


FEW_WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=60).map(" ".join)


@given(FEW_WORDS, FEW_WORDS)
def test_any_two_texts_can_be_compared_in_either_order(one, other):
    a, b = fingerprint(one), fingerprint(other)
    assert 0.0 <= in_order(a, b) <= 1.0
    assert same(a, b) == same(b, a)
