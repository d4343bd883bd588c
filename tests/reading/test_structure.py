"""Splitting articles into their text and everything else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.blocks import blocks_of
from app.reading.dates import find_date
from app.reading.excerpt import LENGTH, excerpt_of
from app.reading.structure import take_apart
from tests.conftest import SHARED

LONG = {
    "en": "The delegations left before dawn and crossed the bridge on foot, because no carrier flew any longer. "
    "Some had slept in the terminal for two nights, and others had turned back. Those who arrived told the congress of it.",
    "es": "Las delegaciones salieron antes del amanecer y cruzaron el puente a pie, porque ninguna compañía volaba ya. "
    "Algunas habían dormido dos noches en la terminal y otras habían regresado. Quienes llegaron lo contaron al congreso.",
    "pt": "As delegações saíram antes do amanhecer e atravessaram a ponte a pé, porque nenhuma companhia voava mais. "
    "Algumas tinham dormido duas noites no terminal e outras tinham voltado. Quem chegou contou tudo ao congresso.",
    "fr": "Les délégations sont parties avant l’aube et ont traversé le pont à pied, car aucune compagnie ne volait plus. "
    "Certaines avaient dormi deux nuits au terminal et d’autres avaient fait demi-tour. Elles l’ont raconté au congrès.",
}
CASES = [
    (
        "en",
        "This article by Jane O'Neil was first published by The Nation on 3 May 2025.",
        "The views expressed here are the author’s own.",
        ("Jane O'Neil", "The Nation", date(2025, 5, 3)),
    ),
    (
        "es",
        "Este artículo de Ana Ruiz Pérez se publicó originalmente en La Jornada el 5 de enero de 2026.",
        "Las opiniones expresadas son responsabilidad de su autora y no reflejan necesariamente las de esta revista.",
        ("Ana Ruiz Pérez", "La Jornada", date(2026, 1, 5)),
    ),
    (
        "pt",
        "Artigo de João da Silva, publicado originalmente no Brasil de Fato em 7 de maio de 2025.",
        "As opiniões do autor não refletem necessariamente a posição desta página.",
        ("João da Silva", "Brasil de Fato", date(2025, 5, 7)),
    ),
    (
        "fr",
        "Cet article de Marie Dupont est paru initialement dans L’Humanité le 4 février 2026.",
        "Les opinions exprimées n’engagent que leur autrice.",
        ("Marie Dupont", "L’Humanité", date(2026, 2, 4)),
    ),
]


@pytest.mark.parametrize(("language", "notice", "disclaimer", "found"), CASES)
@pytest.mark.parametrize("at_the_end", [False, True])
def test_notice_and_disclaimer_are_separated_from_the_text(language, notice, disclaimer, found, at_the_end):
    text = [LONG[language]] * 5
    edge = f"{notice} {disclaimer}"
    pasted = "\n\n".join(["By Road And River", *text, edge] if at_the_end else ["By Road And River", edge, *text])
    parts = take_apart(pasted, language)
    assert parts.headline == "By Road And River"
    assert parts.republication_notice == notice
    assert parts.disclaimer == disclaimer
    assert (parts.authors, parts.original_publisher, parts.original_date) == found
    assert parts.paragraphs == tuple(text)
    excerpt = excerpt_of(parts, language)
    assert notice not in excerpt
    assert disclaimer not in excerpt


@pytest.mark.parametrize(
    ("byline", "day", "authors"),
    [
        ("By Marisol Ccori and Peter O'Neill", "November 20, 2026", "Marisol Ccori, Peter O'Neill"),
        ("Por Ana Ruiz Pérez", "Caracas, 20 de noviembre de 2026", "Ana Ruiz Pérez"),
        ("Par Marie Dupont et Jean Petit", "Le 20 novembre 2026", "Marie Dupont, Jean Petit"),
    ],
)
def test_byline_and_dateline_are_neither_text_nor_captions(byline, day, authors):
    parts = take_apart("\n\n".join(["By Road And River", byline, day, *[LONG["en"]] * 4]), "en")
    assert (parts.authors, parts.date_published, parts.captions) == (authors, date(2026, 11, 20), ())
    assert parts.paragraphs == tuple([LONG["en"]] * 4)
    assert excerpt_of(parts, "en").startswith("The delegations")


def test_a_lone_sentence_between_long_paragraphs_is_a_caption():
    caption = "Delegates on the bridge between two countries last December."
    parts = take_apart("\n\n".join([LONG["en"], LONG["en"], caption, LONG["en"], LONG["en"]]), "en")
    assert parts.captions == (caption,)
    assert caption not in parts.text


def test_short_paragraphs_of_a_news_story_are_not_captions():
    story = ["The bridge is open again since the early morning.", "Buses leave every hour from the square."] * 3
    assert take_apart("\n\n".join(story), "en").captions == ()


def test_a_paragraph_that_continues_the_previous_one_is_not_a_caption():
    parts = take_apart("\n\n".join([LONG["en"]] * 3 + ["But nobody turned back at the bridge."] + [LONG["en"]]), "en")
    assert parts.captions == ()


def test_credits_are_captions():
    parts = take_apart(f"{LONG['en']}\n\nPhoto: the bridge at dawn / Ana Ruiz\n\n{LONG['en']}", "en")
    assert parts.captions == ("Photo: the bridge at dawn / Ana Ruiz",)


def test_html_marks_headline_and_captions_and_scripts_are_left_out():
    parts = take_apart(
        "<h1>By road</h1><script>alert(1)</script><p>First&nbsp;paragraph of the story.</p>"
        "<figure><img alt=x><figcaption>At the bridge</figcaption></figure><p>Second <b>one</b>.</p>",
        "en",
    )
    assert parts.headline == "By road"
    assert parts.captions == ("At the bridge",)
    assert parts.paragraphs == ("First paragraph of the story.", "Second one.")


def test_a_sentence_about_opinions_in_the_middle_of_an_article_is_kept():
    opinion = "The opinions of the authors of the report do not necessarily reflect those of the union."
    text = [LONG["en"]] * 5 + [f"{LONG['en']} {opinion}"] + [LONG["en"]] * 5
    assert opinion in take_apart("\n\n".join(text), "en").text


def test_the_excerpt_is_whole_sentences_of_about_three_lines():
    excerpt = excerpt_of(take_apart("\n\n".join([LONG["es"]] * 3), "es"), "es")
    assert LONG["es"].startswith(excerpt[:60])
    assert excerpt.endswith(".")
    assert len(excerpt) <= LENGTH


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("January 5, 2026", date(2026, 1, 5)),
        ("5 January 2026", date(2026, 1, 5)),
        ("el 1º de mayo de 2025", date(2025, 5, 1)),
        ("1er mai 2025", date(2025, 5, 1)),
        ("2025-12-11", date(2025, 12, 11)),
        ("05/01/2026", None),
        ("31 February 2026", None),
        ("in May", None),
    ],
)
def test_dates_are_found_but_never_guessed(text, found):
    assert find_date(text) == found


@given(st.text(max_size=2000))
def test_splitting_never_raises_and_no_word_is_lost(text):
    parts = take_apart(text, "es")
    told = " ".join(
        part
        for part in (
            parts.headline, *parts.paragraphs, *parts.captions, *parts.asides, parts.republication_notice,
            parts.disclaimer,
        )
        if part
    )  # fmt: skip
    if parts.date_published is None and parts.authors is None:
        # an isolated character may be separated from the word before it
        assert sorted("".join(told.split())) == sorted(
            "".join("".join(block.text for block in blocks_of(text)).split())
        )


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the founding article is not part of the project")
def test_a_real_republished_article_is_split_correctly():
    (path,) = (SHARED / "seeds").glob("*.txt")
    parts = take_apart(path.read_text(), "en")
    assert parts.authors == "Lev M. Velázquez Barriga"
    assert parts.original_publisher == "La Jornada"
    assert parts.original_date == date(2026, 1, 5)
    assert parts.publisher == "Mexico Solidarity Media"
    assert parts.disclaimer.startswith("The views expressed")
    assert parts.republication_notice.startswith("This article by")
    assert len(parts.captions) == 2
    assert len(parts.paragraphs) == 9
    excerpt = excerpt_of(parts, "en")
    assert excerpt.startswith("In mid-December")
    assert not any(other in excerpt for other in (*parts.captions, parts.disclaimer, parts.republication_notice))


def test_a_heading_copied_without_blank_lines_is_split_into_headline_byline_and_date():
    text = "They walked to the bridge before noon and nobody turned back on the way. " * 4
    head = "Court postpones the hearing on San Telmo\nBy Imogen Calloway\n22 November 2026"
    parts = take_apart(f"{head}\n\n{text}\n\n{text}", "en")
    assert (parts.headline, parts.authors) == ("Court postpones the hearing on San Telmo", "Imogen Calloway")
    assert parts.date_published == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("notice", "allows"),
    [
        ("This article may be republished with credit to The Paper.", True),
        ("Publicado originalmente en El Diario. Puede republicarse citando la fuente.", True),
        ("Este texto puede ser reproducido libremente.", True),
        ("Este artigo pode ser republicado livremente.", True),
        ("Cet article peut être librement reproduit.", True),
        ("This article was first published in The Paper under a Creative Commons license.", True),
        ("This article was first published in The Paper.", False),
        ("Republished with permission of The Paper.", False),
        ("This article may be republished only with written permission.", False),
        ("Publicado originalmente en El Diario. Todos los derechos reservados.", False),
    ],
)
def test_permission_to_republish_is_read_from_the_notice_and_only_from_there(notice, allows):
    paragraphs = (
        f"Paragraph {number} tells what happened on the road that day, at some length." for number in range(6)
    )
    body = "\n\n".join(paragraphs)
    parts = take_apart(f"The road\n\n{body}\n\n{notice}")
    assert parts.may_be_republished is allows
    assert not take_apart(f"The road\n\n{body}").may_be_republished
