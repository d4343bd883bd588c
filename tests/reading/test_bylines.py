"""Lines above a text that contain its author, publisher and date."""

from datetime import date

import pytest

from app.reading.articles import from_text
from app.reading.bylines import read_byline
from app.reading.dates import find_date
from app.reading.notices import is_notice

DAY = date(2026, 11, 14)
TEXT = "Las delegaciones salieron antes del amanecer y cruzaron el puente a pie, porque ninguna compañía volaba ya."


@pytest.mark.parametrize(
    ("line", "authors", "publisher", "day"),
    [
        ("Por Elena Prado | El Muelle | 14 de noviembre de 2026", "Elena Prado", "El Muelle", DAY),
        ("Por Elena Prado · Puente Noticias · 14 nov. 2026", "Elena Prado", "Puente Noticias", DAY),
        (
            "By Jane O'Neil and Peter Stone – The Harbor – November 14, 2026",
            "Jane O'Neil, Peter Stone",
            "The Harbor",
            DAY,
        ),
        ("Por João da Silva / Brasil de Fato / 14 dez 2026", "João da Silva", "Brasil de Fato", date(2026, 12, 14)),
        ("Par Marie Dupont | L’Humanité | 14 novembre 2026", "Marie Dupont", "L’Humanité", DAY),
        ("El Muelle | 14/11/2026 | Por Elena Prado", "Elena Prado", "El Muelle", DAY),
        ("14 de noviembre de 2026 | Por Elena Prado | 5 min de lectura", "Elena Prado", None, DAY),
        ("Elena Prado | El Muelle | 14 de noviembre de 2026", "Elena Prado", "El Muelle", DAY),
        ("Por Elena Prado, El Muelle, 14 de noviembre de 2026", "Elena Prado", "El Muelle", DAY),
        ("Por Elena Prado, Caracas", "Elena Prado", None, None),
        ("Por Elena Prado | Caracas | 14 de noviembre de 2026", "Elena Prado", None, DAY),
        ("El Muelle | 14 de noviembre de 2026", None, "El Muelle", DAY),
        ("Elena Prado | Puente Abierto | 14 de noviembre de 2026", None, None, DAY),
        ("Por Redacción | El Muelle | 14 de noviembre de 2026", None, "El Muelle", DAY),
    ],
)
def test_the_parts_of_a_byline_are_distinguished_and_none_is_guessed(line, authors, publisher, day):
    found = read_byline(line)
    assert (found.authors, found.publisher, found.day) == (authors, publisher, day)


@pytest.mark.parametrize(
    "line",
    [
        "Caracas – La delegación llegó de noche",
        "Por un puente abierto | Una crónica de quienes llegaron a pie desde el sur",
        "Two delegations | one bridge",
        "By road and river, they came in the end.",
        "De Caracas a Bogotá",
        "|" * 100,
    ],
)
def test_other_lines_are_not_bylines(line):
    assert read_byline(line) is None


@pytest.mark.parametrize("between", [" | ", "\n", "\n\n"])
@pytest.mark.parametrize("space", ["\n", "\n\n"])
def test_a_byline_is_read_on_one_line_on_several_lines_or_directly_below_the_headline(between, space):
    byline = between.join(["Por Elena Prado", "El Muelle", "14 de noviembre de 2026"])
    reading = from_text(f"Abren el puente{space}{byline}\n\n{TEXT}\n\n{TEXT}\n\n{TEXT}", language="es")
    assert (reading["headline"], reading["authors"], reading["date_published"]) == (
        "Abren el puente",
        "Elena Prado",
        DAY,
    )
    assert reading["publisher"] == "El Muelle"
    assert reading["text"] == "\n\n".join([TEXT] * 3)
    assert reading["captions"] is None


def test_the_first_lines_of_a_poem_are_not_a_byline():
    text = "Abren el puente\nlos que llegan\ncon las manos\nvacías"
    assert from_text(f"Titular\n\n{text}\n\n{TEXT}", language="es")["text"].startswith("Abren el puente los que llegan")


@pytest.mark.parametrize(
    "sentence",
    [
        "Puede republicarse citando la fuente y sin modificar el texto.",
        "Este artículo puede ser reproducido libremente si se cita la fuente.",
        "La reproducción de este texto está autorizada siempre que se cite la fuente.",
        "This article may be freely reprinted.",
        "Republication of this article is permitted.",
        "Pode ser republicado desde que citada a fonte.",
        "Cet article peut être reproduit librement.",
    ],
)
def test_permission_to_republish_is_part_of_the_notice(sentence):
    notice = "Este artículo apareció por primera vez en El Muelle el 2 de noviembre de 2026."
    reading = from_text(f"Abren el puente\n\n{TEXT}\n\n{TEXT}\n\n{TEXT}\n\n{notice} {sentence}", language="es")
    assert reading["republication_notice"] == f"{notice} {sentence}"
    assert sentence not in reading["text"]


@pytest.mark.parametrize(
    "sentence", ["El experimento puede reproducirse en otros países.", "The story can be told in two ways."]
)
def test_a_sentence_about_other_publications_is_not_a_notice(sentence):
    assert not is_notice(sentence)


@pytest.mark.parametrize(
    ("text", "found"),
    [("14 dic 2026", date(2026, 12, 14)), ("13.02.2026", date(2026, 2, 13)), ("11/14/2026", DAY), ("12/11/2026", None)],
)
def test_abbreviated_months_and_numeric_dates_are_read_if_they_are_unambiguous(text, found):
    assert find_date(text) == found
