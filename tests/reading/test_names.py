"""Names in bylines and fields: particles, conjunctions, inverted names, and text that is not a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.names import names_in
from app.reading.pages import read_page
from app.reading.structure import take_apart

URL = "https://elmuelle.example.org/huelga"
TEXT = "Los estibadores del puerto de Valmar abandonaron el trabajo el lunes después de que la operadora se negara a pagar las horas. "


@pytest.mark.parametrize(
    "name",
    [
        "Sami al-Masri",
        "Omar d'Arc",
        "Jean-Luc de l’Hermite",
        "João dos Santos da Costa",
        "Joost op de Beek",
        "Ilse in 't Veld",
        "Ana ter Horst",
        "Ludwig van der Berg",
        "Greta von und zu Altmark",
        "Mohammed bin Salim ibn Idris",
        "Kwame kwa Mensah",
        "Ngũgĩ wa Kamau",
        "María de los Ángeles de la Cruz Gómez",
        "Юлия Иванова",
        "J. R. R. Prado",
        "Ana R.",
        "Malcolm X",
    ],
)
def test_particles_and_initials_are_part_of_a_name(name):
    assert names_in(name) == (name,)
    assert names_in(f"Por {name}") == (name,)


@pytest.mark.parametrize(
    "name",
    ["April Jones", "June Jordan", "May Rivas", "Rosa Paz", "Paz Cruz", "Thomas More", "Plácido Domingo", "Sunday Eze"],
)
def test_names_that_are_also_words_are_names(name):
    assert names_in(f"By {name}") == (name,)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Ortega y Gasset", ("Ortega y Gasset",)),
        ("Santiago Ramón y Cajal y Pío Soto", ("Santiago Ramón y Cajal", "Pío Soto")),
        ("Josep Puig i Cadafalch", ("Josep Puig i Cadafalch",)),
        ("Josep Puig i Marta Soler", ("Josep Puig", "Marta Soler")),
        ("Luís da Costa e Silva", ("Luís da Costa e Silva",)),
        ("Ana Ruiz y Luis Prado", ("Ana Ruiz", "Luis Prado")),
        ("Por ANA RUIZ Y LUIS DE LA PEÑA", ("Ana Ruiz", "Luis de la Peña")),
        ("Por Ana Ruiz, Luis Prado y Pía Soto", ("Ana Ruiz", "Luis Prado", "Pía Soto")),
    ],
)
def test_a_conjunction_separates_two_full_names_and_is_kept_within_one(line, names):
    assert names_in(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ruiz, Ana", ("Ana Ruiz",)),
        ("Ruiz Pérez, Ana", ("Ana Ruiz Pérez",)),
        ("de la Cruz, Ana María", ("Ana María de la Cruz",)),
        ("Prado y Gómez, Ana", ("Ana Prado y Gómez",)),
        ("Smith, John; Doe, Jane", ("John Smith", "Jane Doe")),
        ("Ana Ruiz, Luis Prado", ("Ana Ruiz", "Luis Prado")),
    ],
)
def test_a_family_name_before_a_comma_is_moved_after_the_given_name(line, names):
    assert names_in(line) == names


@pytest.mark.parametrize("after", ["Caracas", "San Juan", "economista", "Soziologe", "a nurse in Kumasi"])
def test_a_place_or_a_profession_after_a_visible_name_is_not_part_of_it(after):
    assert names_in(f"Por Ana Ruiz, {after}") == ("Ana Ruiz",)
    assert names_in(f"Ana Ruiz, {after}", shown=True) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "line",
    [
        "Por Ana Ruiz 3 de mayo de 2026",
        "By Ana Ruiz May 3, 2026",
        "May 3, 2026 by Ana Ruiz",
        "Ana Ruiz, domingo, 3 de mayo de 2026",
        "Ana Ruiz Sunday 3 May 2026 10:32 am",
        "Ana Ruiz, 03/05/2026",
        "Par Ana Ruiz, le 3 mai 2026 à 18h30",
        "Publicado por Ana Ruiz el 3 de mayo",
        "Ana Ruiz · 2026-05-03T10:00:00Z",
    ],
)
def test_a_date_in_a_byline_is_not_part_of_a_name(line):
    assert names_in(line) == ("Ana Ruiz",)


def test_a_weekday_as_a_surname_is_not_part_of_the_date():
    assert names_in("Plácido Domingo, 3 de mayo de 2026") == ("Plácido Domingo",)
    assert names_in("April Rivas, April 3, 2026") == ("April Rivas",)


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz y Luis Prado, EFE",
        "EFE / Ana Ruiz y Luis Prado",
        "Redacción | Ana Ruiz y Luis Prado",
        "By Ana Ruiz and Luis Prado, Associated Press",
        "By Ana Ruiz and Luis Prado for The Harbor Times",
        "Ana Ruiz, Luis Prado, con información de agencias",
        "Por Ana Ruiz y Luis Prado. Fotos: Pía Soto",
        "Por Ana Ruiz y Luis Prado. Traducción: Pía Soto",
    ],
)
def test_agencies_outlets_and_other_credits_are_dropped_and_the_authors_are_kept(line):
    assert names_in(line) == ("Ana Ruiz", "Luis Prado")


@pytest.mark.parametrize(
    "line",
    [
        "Traducción: Pía Soto", "Traducido por Pía Soto", "Translated by Pía Soto", "Tradução de Pía Soto", "Traduit par Pía Soto",
        "EFE", "Prensa Latina", "Resumen Latinoamericano", "Al Jazeera", "El País", "La Jornada", "O Globo", "Radio Valmar",
        "Fundación Ana Ruiz", "Facebook", "ANRed", "Follow Us", "Read More", "View Profile", "June 2026", "Monday",
    ],
)  # fmt: skip
def test_text_that_is_not_a_person_gives_no_names(line):
    assert names_in(line, single=True) == ()


@given(st.text(max_size=200))
def test_reading_names_never_raises(line):
    assert all(name.strip() for name in names_in(line, "El Muelle", single=True, shown=True))


def page(head: str = "", top: str = "", before: str = "") -> str:
    text = "".join(f"<p>{TEXT}</p>" for _ in range(4))
    return f"<html><head>{head}</head><body>{before}<article><h1>Huelga en el puerto</h1>{top}{text}</article></body></html>"


def linked(author: str, more: str = "") -> str:
    return f'<script type="application/ld+json">[{{"@type":"NewsArticle","author":{author}}}{more}]</script>'


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (page(linked('{"@type":"Person","name":"Rigoberta"}')), ("Rigoberta",)),
        (page("<meta name=author content=Rigoberta>", "<p class=byline>Por Rigoberta</p>"), ("Rigoberta",)),
        (page("<meta name=author content=Rigoberta>"), ()),
        (page("", "<p class=byline>Por Rigoberta</p>"), ()),
        (page(linked('{"@type":"Person","name":"Elmuelle"}')), ()),
    ],
)
def test_a_single_word_is_an_author_if_marked_as_a_person_or_if_two_sources_agree(html, authors):
    assert read_page(html, URL).authors == authors


@pytest.mark.parametrize(
    "author",
    [
        '{"@type":"Person","givenName":"Ana","familyName":"Ruiz"}',
        '{"@id":"#ana"}',
    ],
)
def test_a_person_in_linked_data_may_be_split_into_parts_or_described_elsewhere(author):
    described = ',{"@type":"Person","@id":"#ana","name":"Ana Ruiz"}'
    assert read_page(page(linked(author, described)), URL).authors == ("Ana Ruiz",)


def test_bylines_of_other_articles_are_ignored():
    teaser = "<div class=teaser><span class=author>Luis Prado</span></div>"
    own = "<span class=author>Por Ana Ruiz</span>"
    assert read_page(page(top=own, before=teaser), URL).authors == ("Ana Ruiz",)


def test_the_translator_is_not_the_author():
    assert read_page(page(top="<span class='author translator'>Pía Soto</span>"), URL).authors == ()
    notice = "Traducido por Pía Soto para El Muelle. Publicado originalmente por El Faro el 3 de mayo de 2026."
    assert take_apart("\n\n".join(["Huelga", *[TEXT * 3] * 5, notice]), "es").authors is None


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Por Sami al-Masri", "Sami al-Masri"),
        ("Por Ana Ruiz y Luis Prado, EFE", "Ana Ruiz, Luis Prado"),
        ("By Joost op de Beek | 3 May 2026", "Joost op de Beek"),
        ("Por Redacción", None),
    ],
)
def test_a_byline_in_pasted_text_is_read_like_one_on_a_page(byline, authors):
    parts = take_apart("\n\n".join(["Huelga en el puerto", byline, *[TEXT * 3] * 5]), "es")
    assert (parts.authors, parts.paragraphs) == (authors, tuple([(TEXT * 3).strip()] * 5))


@pytest.mark.parametrize(
    ("notice", "authors"),
    [
        ("This article by Sami al-Masri first appeared in The Nation on 3 May 2025.", "Sami al-Masri"),
        ("Artículo de Ana ter Horst publicado originalmente en La Jornada.", "Ana ter Horst"),
        ("Originally published by Harbor Watch. Translated by Pía Soto for El Muelle.", None),
    ],
)
def test_a_notice_gives_the_author_and_not_the_publisher(notice, authors):
    parts = take_apart("\n\n".join(["Huelga", *[TEXT * 3] * 5, notice]), "es")
    assert parts.republication_notice == notice
    assert parts.authors == authors
