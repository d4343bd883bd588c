"""Notices, disclaimers, captions and appeals anywhere in an article are separated, and no text is lost."""

import json
from pathlib import Path

import pytest

from app.reading.asides import is_aside, is_label
from app.reading.excerpt import ExcerptSource, excerpt_of, excerpt_with_source
from app.reading.structure import take_apart
from benchmarks.altering import with_line

ARTICLES = json.loads((Path(__file__).parent / "furniture.json").read_text())
CASES = [
    pytest.param(language, line, place, id=f"{language}-{number}-{kind}-{place}")
    for language, article in ARTICLES.items()
    for number, (kind, line, place) in enumerate(article["lines"])
]


def test_there_are_sixty_cases():
    assert len(CASES) == 60


@pytest.mark.parametrize(("language", "line", "place"), CASES)
def test_asides_are_in_neither_text_nor_excerpt_and_no_text_is_lost(language, line, place):
    article = ARTICLES[language]
    parts = take_apart(with_line(article, line, place), language)
    assert parts.headline == article["headline"]
    assert parts.paragraphs == tuple(article["body"])
    assert line not in excerpt_of(parts, language)
    kept = " ".join([parts.republication_notice or "", parts.disclaimer or "", *parts.captions, *parts.asides])
    assert sorted(kept.split()) == sorted(line.split())


@pytest.mark.parametrize("language", ARTICLES)
def test_a_sentence_that_only_speaks_of_donations_or_opinions_is_text(language):
    parts = take_apart("\n\n".join([ARTICLES[language]["headline"], *ARTICLES[language]["body"]]), language)
    assert parts.paragraphs == tuple(ARTICLES[language]["body"])
    assert (parts.asides, parts.captions, parts.disclaimer, parts.republication_notice) == ((), (), None, None)


def test_headlines_below_a_bare_read_also_are_removed_with_it():
    body = ARTICLES["es"]["body"]
    pasted = "\n\n".join(
        [*body[:3], "Lea también:", "El presupuesto que nadie ha visto", "Nueve mil almuerzos", *body[3:]]
    )
    parts = take_apart(pasted, "es")
    assert parts.asides == ("Lea también:", "El presupuesto que nadie ha visto", "Nueve mil almuerzos")
    assert parts.paragraphs == tuple(body)


@pytest.mark.parametrize(
    "sentence",
    [
        "Support from union members grew during the night.",
        "Like other members of the cooperative, she had waited for years.",
        "Share prices of the operator fell after the vote.",
        "Follow-up talks begin on Monday in the presence of reporters.",
        "Apoya la CTM a los trabajadores de la maquila, dijo el periódico.",
        "Sigue la huelga en los canales de televisión del estado.",
        "Dona el sindicato mil libros a la escuela del barrio.",
        "Apoia a categoria quem para na sexta-feira, disse o dirigente.",
        "Segue a greve dos metalúrgicos em todo o estado.",
        "Fait rare, les abonnés du journal ont voté avec la rédaction.",
        "Suivez le fil de cette histoire et vous trouverez le propriétaire.",
        "More workers joined the strike on Tuesday.",
        "Read more books, the teacher told the pickets.",
        "Ver más allá de la frontera fue su trabajo.",
    ],
)
def test_sentences_that_only_begin_like_an_aside_are_text(sentence):
    assert not is_aside(sentence)
    assert not is_label(sentence)


def test_the_publishers_description_is_labeled_and_an_appeal_is_not_used_as_one():
    parts = take_apart("\n\n".join(ARTICLES["en"]["body"]), "en")
    own = excerpt_with_source(parts, "en", "Crews in the bay vote on whether to go on.")
    assert (own.text, own.source) == ("Crews in the bay vote on whether to go on.", ExcerptSource.PUBLISHER)
    plea = excerpt_with_source(parts, "en", "Subscribe to our newsletter for more from the bay.")
    assert plea.source == ExcerptSource.TEXT
    assert plea.text.startswith("Ferry crews in the bay")


def test_an_article_of_appeals_only_has_no_excerpt():
    assert excerpt_of(take_apart("Subscribe to our newsletter.\n\nDonate now.", "en"), "en") == ""


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Enjoyed this story? Get the Bay Letter in your inbox every Sunday."),
        ("es", "¿Te ha gustado este artículo? Compártelo."),
        ("pt", "Gostou da matéria? Compartilhe."),
        ("fr", "Cet article vous a plu ? Partagez-le."),
    ],
)
def test_a_question_to_the_reader_is_removed_completely(language, line):
    parts = take_apart(with_line(ARTICLES[language], line, "last"), language)
    assert parts.paragraphs == tuple(ARTICLES[language]["body"])
    assert " ".join(parts.asides) == line
