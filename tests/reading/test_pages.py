"""Reading text and metadata from pages, including pages designed to break the reader."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.names import names_in
from app.reading.pages import read_page
from benchmarks.hostile import PAGES

URL = "https://diario.example.org/2026/01/05/huelga-en-el-puerto"
BODY = [
    "Los estibadores del puerto de Valmar abandonaron el trabajo el lunes después de que la operadora se negara a pagar las horas extra.",
    "Unas ochocientas personas se unieron al piquete, que se mantuvo toda la noche frente a la puerta norte con fuego y sopa.",
    "La empresa no respondió a las preguntas de este diario, y el ministerio anunció que mediará cuando ambas partes lo pidan.",
    "Las conversaciones se reanudan el jueves en la sede del sindicato, donde una asamblea decidirá si el paro continúa.",
]


def page(head: str = "", top: str = "", end: str = "", body: list[str] = BODY) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return f"<html lang=en><head>{head}</head><body><nav><a href=/>Inicio</a></nav><article>{top}<div class=article-body>{paragraphs}{end}</div></article></body></html>"


def linked(**fields: str) -> str:
    pairs = ",".join(f'"{name}": {value}' for name, value in fields.items())
    return (
        f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",{pairs}}}</script>'
    )


def test_the_language_is_detected_from_the_text_and_not_taken_from_the_page():
    read = read_page(page(), URL)
    assert read.paragraphs == tuple(BODY)
    assert read.language == "es"
    assert read.text == "\n\n".join(BODY)


def test_captions_notices_and_labels_are_separated_from_the_text():
    end = (
        "<figure><img src=a.jpg><figcaption>El piquete al amanecer</figcaption></figure><p>Lea también: <a href=/x>Otra huelga</a></p>"
        "<p>Este artículo se publicó originalmente en El Faro el 4 de enero de 2026.</p>"
    )
    read = read_page(page(end=end), URL)
    assert read.paragraphs == tuple(BODY)
    assert read.structure.captions == ("El piquete al amanecer",)
    assert read.structure.asides == ("Lea también: Otra huelga",)
    assert read.structure.original_publisher == "El Faro"


def test_the_headline_is_the_one_that_sources_agree_on_without_the_sites_name():
    head = "<title>Huelga en el puerto | Diario del Sur</title><meta property=og:title content='Huelga en el puerto - Diario del Sur'>"
    read = read_page(page(head, "<h1>Huelga en el puerto</h1>"), URL)
    assert read.headline == "Huelga en el puerto"
    assert read.paragraphs == tuple(BODY)


def test_a_headline_that_the_heading_extends_outweighs_an_isolated_one_and_the_heading_outweighs_both_alone():
    head = linked(headline='"Sigue el paro de los estibadores"')
    head += "<meta property=og:title content='Huelga en el puerto'>"
    assert read_page(page(head, "<h1>Huelga en el puerto de Manta</h1>"), URL).headline == "Huelga en el puerto"
    assert read_page(page(head, "<h1>Otra cosa del todo</h1>"), URL).headline == "Otra cosa del todo"


def test_authors_are_certain_if_linked_data_and_byline_agree():
    head = linked(
        headline='"Huelga"',
        author='[{"@type":"Person","name":"Ana Ruiz Pérez"},{"@type":"Person","name":"Luis Prado"}]',
    )
    read = read_page(page(head, "<p class=byline>Por Ana Ruiz Pérez y Luis Prado</p>"), URL)
    assert (read.authors, read.authors_sure) == (("Ana Ruiz Pérez", "Luis Prado"), True)


def test_a_byline_alone_or_a_contradicted_one_is_not_certain():
    assert read_page(page(top="<span class=author>Por Ana Ruiz</span>"), URL).authors == ("Ana Ruiz",)
    assert not read_page(page(top="<span class=author>Por Ana Ruiz</span>"), URL).authors_sure
    contradicted = read_page(page(linked(author='"Luis Prado"'), "<span class=author>Por Ana Ruiz</span>"), URL)
    assert (contradicted.authors, contradicted.authors_sure) == (("Luis Prado",), False)


@pytest.mark.parametrize(
    "author",
    [
        '"Redacción"',
        '"Diario del Sur"',
        '{"@type":"Organization","name":"Agencia Norte"}',
        '"admin"',
        '"https://x.org/ana"',
        '"EFE"',
        '"Staff Writer"',
        '"Ana"',
        "null",
        "7",
        "[[]]",
    ],
)
def test_names_that_are_not_people_are_not_authors(author):
    head = linked(author=author) + "<meta property=og:site_name content='Diario del Sur'>"
    read = read_page(page(head), URL)
    assert (read.authors, read.authors_sure) == ((), False)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By JANE O'NEIL and Peter de la Cruz", ("Jane O'Neil", "Peter de la Cruz")),
        ("Por: María José Ñáñez, enviada especial", ("María José Ñáñez",)),
        ("Par Marie Dupont et Jean Petit | 5 janvier", ("Marie Dupont", "Jean Petit")),
        ("Texto de João da Silva", ("João da Silva",)),
        ("Written by Ana Ruiz", ("Ana Ruiz",)),
        ("By the Editorial Board", ()),
        ("Share this article", ()),
        ("5 January 2026", ()),
    ],
)
def test_names_are_read_from_bylines_or_left_out(byline, names):
    assert names_in(byline) == names


@pytest.mark.parametrize(
    ("head", "found", "day"),
    [
        (
            linked(datePublished='"2026-01-05T23:30:00-06:00"'),
            datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=-6))),
            date(2026, 1, 5),
        ),
        (linked(datePublished='"2026-01-04T10:00:00"'), date(2026, 1, 4), date(2026, 1, 4)),
        (
            "<meta property=article:published_time content=2026-01-03T01:00:00Z>",
            datetime(2026, 1, 3, 1, tzinfo=UTC),
            date(2026, 1, 3),
        ),
        (
            "<meta name=date content='Fri, 02 Jan 2026 08:00:00 +0100'>",
            datetime(2026, 1, 2, 8, tzinfo=timezone(timedelta(hours=1))),
            date(2026, 1, 2),
        ),
        ("<meta name=date content='1 de enero de 2026'>", date(2026, 1, 1), date(2026, 1, 1)),
        ("<meta name=date content='yesterday'>", date(2026, 1, 5), date(2026, 1, 5)),
        (linked(datePublished='"9999999-99-99"'), date(2026, 1, 5), date(2026, 1, 5)),
    ],
)
def test_the_date_is_local_to_the_publisher_and_its_offset_is_kept(head, found, day):
    read = read_page(page(head), URL)
    assert read.date_published == found
    assert read.day == day


def test_the_description_is_the_publishers_own_and_never_an_appeal_or_a_notice():
    assert read_page(
        page("<meta property=og:description content='Ochocientas personas frente a la puerta norte.'>"), URL
    ).description
    plea = "<meta property=og:description content='Suscríbete a nuestro boletín y recibe las noticias.'>"
    assert read_page(page(plea), URL).description is None


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("<link rel=canonical href=/2026/huelga>", "https://diario.example.org/2026/huelga"),
        ("<link rel=canonical href=https://otro.example.net/huelga>", "https://otro.example.net/huelga"),
        ("<link rel=canonical href=https://diario.example.org/>", URL),
        ("<link rel=canonical href='javascript:alert(1)'>", URL),
        ("<link rel=canonical href='http://[::1'>", URL),
        ("", URL),
    ],
)
def test_the_canonical_address_is_a_web_address_and_not_a_front_page(link, canonical):
    assert read_page(page(link), URL).canonical_url == canonical


def test_a_body_split_by_advertisements_is_read_completely():
    box = "<div class='body article__body'>{}</div><div class=ad>Anuncio</div>"
    many = [f"{paragraph} Así lo contó la testigo número {number}." for number in range(3) for paragraph in BODY]
    boxes = "".join(box.format("".join(f"<p>{text}</p>" for text in many[start : start + 4])) for start in (0, 4, 8))
    assert read_page(
        f"<html><body><article><h1>Huelga en el puerto</h1>{boxes}</article></body></html>", URL
    ).paragraphs == tuple(many)


def test_headlines_of_other_articles_between_paragraphs_are_not_text():
    links = "<ul><li><a href=/a>Otra huelga en otro puerto del norte</a></li><li><a href=/b>El ministerio que nunca llega</a></li></ul>"
    read = read_page(page(body=BODY[:2], end=links + "".join(f"<p>{text}</p>" for text in BODY[2:])), URL)
    assert read.paragraphs == tuple(BODY)


def test_old_charsets_are_read():
    html = page("<meta charset=iso-8859-1>").encode("iso-8859-1")
    assert read_page(html, URL).paragraphs == tuple(BODY)


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_are_read_without_an_error(name):
    assert read_page(PAGES[name](), URL).url == URL


@given(st.text(max_size=400))
def test_reading_markup_never_raises(text):
    assert read_page(f"<html><body><article><p>{text}</p><{text}", URL).url == URL


@pytest.mark.parametrize("url", ["", "http://[", "::::", "javascript:1", "\x00"])
def test_no_address_causes_an_error(url):
    assert read_page(page("<link rel=canonical href=/x>"), url).url == url
