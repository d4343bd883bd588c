"""The headline, the authors and the day on pages of many systems."""

from datetime import date

import pytest

from app.reading.articles import from_page
from benchmarks.articles_cases import heads

TEXT = "".join(
    f"<p>Las cuadrillas {word} del puerto volvieron al trabajo el lunes, después de tres semanas en la puerta norte.</p>"
    for word in ("primeras", "segundas", "terceras", "últimas")
)
DAY = date(2026, 5, 3)


def _read(
    above="", *, head="", below="", beside="", title="Abren el puente", lang="es", url="https://muelle.example/n"
):
    html = (
        f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body><main><article><h1>{title}</h1>{above}"
        f"<div>{TEXT}</div>{below}</article></main>{beside}</body></html>"
    )
    return from_page(html.encode(), url)


@pytest.fixture(scope="module")
def generated():
    """Generated pages, and what is read from each."""
    made = [one for held_out in (False, True) for one in list(heads.pages(held_out))[::12]]
    return [(one, heads.read(one)) for one in made]


@pytest.mark.parametrize(
    ("holds", "least"),
    [(heads.has_title, 0.85), (heads.has_authors, 0.85), (heads.has_day, 0.95)],
    ids=["title", "authors", "day"],
)
def test_titles_authors_and_days_of_generated_pages_are_exact(generated, holds, least):
    assert sum(holds(*one) for one in generated) >= least * len(generated)


def test_hardly_any_generated_page_gives_a_wrong_name(generated):
    assert sum(heads.has_wrong_author(*one) for one in generated) <= 1


@pytest.mark.parametrize(
    ("title", "of_page", "found"),
    [
        ("La crónica: «Nadie duerme»", "La crónica: «Nadie duerme»", "La crónica: «Nadie duerme»"),
        ("« Nadie duerme »", "« Nadie duerme » | El Muelle", "« Nadie duerme »"),
        ("Abren el puente", "Blog del puerto: Abren el puente", "Abren el puente"),
        ("Abren el puente", "Abren el puente » El Muelle", "Abren el puente"),
        ("Valmar: abren el puente", "Valmar: abren el puente - El Muelle", "Valmar: abren el puente"),
    ],
)
def test_only_the_name_of_the_site_is_cut_off_a_title(title, of_page, found):
    assert _read(title=title, head=f"<title>{of_page}</title>")["headline"] == found


@pytest.mark.parametrize(
    "declared",
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Puente: horarios y precios hoy"}</script>'
            "<title>Puente: horarios y precios hoy</title>"
        ),
        "<meta property=og:title content='Puente: horarios y precios hoy'><title>Puente: horarios y precios hoy</title>",
        "<meta property=og:title content='Abren el puente de…'><title>Abren el puente de…</title>",
    ],
)
def test_the_visible_headline_is_preferred_to_one_for_search_engines(declared):
    assert _read(title="Abren el puente de Valmar", head=declared)["headline"] == "Abren el puente de Valmar"


@pytest.mark.parametrize(
    "line",
    [
        "Traducción de Beatriz Morales",
        "Traductora: Beatriz Morales",
        "Traduit de l’anglais par Beatriz Morales",
        "Tradução: Beatriz Morales",
        "Translated by Beatriz Morales",
        "Edición: Beatriz Morales",
        "Fotos: Beatriz Morales",
        "Con información de Agencia Sur",
        "Buenos Aires",
        "Red Eco Alternativo",
        "Naviera Atlas SL",
    ],
)
@pytest.mark.parametrize("mark", ["class=byline", "class=x1"])
def test_who_did_not_write_an_article_is_not_its_author(line, mark):
    assert _read(f"<p {mark}>{line}</p>")["authors"] is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Beatriz Morales y EFE", "Beatriz Morales"),
        ("Beatriz Morales y Pedro Torre, EFE", "Beatriz Morales, Pedro Torre"),
        ("Beatriz Morales y Colectivo Marea", "Beatriz Morales"),
        ("Por Ben Le", "Ben Le"),
        ("Por Pedro Dos Santos", "Pedro Dos Santos"),
        ("POR MARÍA DE LA CRUZ", "María de la Cruz"),
        ("Columna de Beatriz Morales", "Beatriz Morales"),
        ("Beatriz Morales Seguir", "Beatriz Morales"),
        ("Beatriz Morales. Valmar", "Beatriz Morales"),
        ("作者：王丽华", "王丽华"),
        ("بقلم ليلى منصور", "ليلى منصور"),
    ],
)
def test_the_authors_are_read_from_a_marked_byline(line, authors):
    assert _read(f"<p class=byline>{line}</p>")["authors"] == authors


@pytest.mark.parametrize("box", ["<aside>{}</aside>", "<div class=related>{}</div>", "<div><h3>Otra nota</h3>{}</div>"])
def test_columnists_of_other_articles_are_not_authors(box):
    others = box.format("<span class=author>Hugo Llanos</span>")
    assert _read(beside=others, below=others)["authors"] is None
    assert _read("<p class=autor>Beatriz Morales</p>", below=others)["authors"] == "Beatriz Morales"


@pytest.mark.parametrize(
    "author",
    ['{"@type":"Person","givenName":"Ana","familyName":"Lima"}', '{"name":"","givenName":"Ana","familyName":"Lima"}'],
)
def test_a_person_in_linked_data_may_have_only_a_given_and_a_family_name(author):
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{author}}}</script>'
    assert _read(head=data)["authors"] == "Ana Lima"


def test_authors_and_days_of_other_articles_in_linked_data_are_left_out():
    data = "".join(
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{headline}"{rest}}}</script>'
        for headline, rest in (
            ("Otra nota", ',"author":{"@type":"Person","name":"Hugo Llanos"},"datePublished":"2024-02-01"'),
            ("Abren el puente", ',"datePublished":"2026-05-03"'),
        )
    )
    reading = _read(head=data)
    assert (reading["authors"], reading["date_published"]) == (None, DAY)


@pytest.mark.parametrize("name", ["Ponte Aberta", "ponte aberta"])
def test_the_name_of_the_site_is_not_an_author_even_if_only_its_address_or_title_has_it(name):
    byline = f"<p class=byline>Por {name.title()}</p>"
    assert _read(byline, url="https://www.ponteaberta.example/n")["authors"] is None
    assert _read(byline, head=f"<title>Abren el puente - {name}</title>")["authors"] is None


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("domingo, 3 de mayo de 2026", "es"),
        ("3 mai 2026", "fr"),
        ("Sonntag, 3. Mai 2026", "de"),
        ("3 maggio 2026", "it"),
        ("3 de maig de 2026", "ca"),
        ("3 mei 2026", "nl"),
        ("3 мая 2026", "ru"),
        ("3.5.2026", "de"),
        ("03/05/2026", "es"),
        ("03-05-2026 - 09:15", "pt"),
        ("Actualizado: 9 de mayo de 2026 · Publicado: 3 de mayo de 2026", "es"),
        ("Publicado: 3 de mayo de 2026 | Última actualización: 9 de mayo de 2026", "es"),
    ],
)
def test_a_day_that_is_only_visible_is_read(line, lang):
    assert _read(f"<div>{line}</div>", lang=lang)["date_published"] == DAY


@pytest.mark.parametrize(
    ("utc", "shown", "day"),
    [
        ("2026-05-04T01:30:00Z", "3 de mayo de 2026", DAY),
        ("2026-05-02T22:30:00Z", "3 de mayo de 2026", DAY),
        ("2026-05-04T01:30:00Z", "Actualizado: 3 de mayo de 2026", date(2026, 5, 4)),
        ("2026-05-04T15:30:00Z", "3 de mayo de 2026", date(2026, 5, 4)),
        ("2026-05-04T01:30:00Z", "1 de mayo de 2026", date(2026, 5, 4)),
    ],
)
def test_a_time_in_utc_is_the_day_that_stands_beside_the_headline_if_it_was_that_day_somewhere(utc, shown, day):
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{utc}"}}</script>'
    assert _read(f"<span>{shown}</span>", head=data)["date_published"] == day


def test_the_time_of_a_comment_is_not_the_day_of_the_article():
    comment = "<div class=comment><time datetime='2026-05-09T10:00:00Z'>9 de mayo</time></div>"
    assert _read("<span>3 de mayo de 2026</span>", below=comment)["date_published"] == DAY
