"""An article from its address: fetched, read, and shown for a person to confirm."""

import html

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.models.accounts import Role
from app.models.articles import Article
from tests.fetching.webserver import WebServer

SENTENCES = {
    "en": "The delegations reached the bridge before noon and {} drivers carried their luggage to the buses. ",
    "es": "Las delegaciones llegaron al puente antes del mediodía y {} choferes llevaron su equipaje a los autobuses. ",
}


def page(language, headline, notice=""):
    paragraphs = "".join(f"<p>{SENTENCES[language].format(number) * 3}</p>" for number in range(11, 19))
    return (
        f'<!doctype html><html><head><title>{headline} | El Muelle</title><meta property="og:title" content="{headline}">'
        f'<meta property="og:site_name" content="El Muelle"><meta property="article:published_time" content="2025-12-02T09:00:00-04:00">'
        f"</head><body><article><h1>{headline}</h1>{paragraphs}<p>{notice}</p></article></body></html>"
    ).encode()


def answering(body):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@pytest.fixture
def press():
    with WebServer() as server:
        server.pages["/es"] = answering(page("es", "Los choferes llevan a las delegaciones"))
        server.pages["/en"] = answering(page("en", "Drivers carry the delegations"))
        yield server


@pytest.fixture
def paste(house, browse, press):
    house.with_settings(fetch_loopback=f"127.0.0.1:{press.port}")
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    client = browse(alice)

    def paste(**typed):
        response = client.post("/articles/paste", {"url": "", "pasted": "", "in_language": "", **typed})
        return response.status_code, html.unescape(response.get_data(as_text=True))

    return paste


def test_an_address_alone_fills_the_form(paste, press):
    status, body = paste(url=f"{press.url}/es")
    assert status == 200
    assert 'value="Los choferes llevan a las delegaciones"' in body
    assert 'value="El Muelle"' in body
    assert 'value="2025-12-02"' in body
    assert '<option selected value="es">' in body
    assert "18 choferes llevaron su equipaje" in body
    assert len(press.requests) == 1


def test_nothing_is_kept_before_a_person_has_looked(house, paste, press):
    paste(url=f"{press.url}/es")
    with house.open():
        assert db.session.scalar(select(func.count()).select_from(Article)) == 0


def test_the_language_of_a_pasted_text_is_told_from_the_text(paste):
    status, body = paste(pasted=SENTENCES["en"].format(7) * 8)
    assert status == 200
    assert '<option selected value="en">' in body


@pytest.mark.parametrize("path", ["/none", ""])
def test_what_cannot_be_read_is_said_beside_the_address(paste, press, path):
    status, body = paste(url=f"{press.url}{path or ':1/'}" if path else "http://10.0.0.1.nip.test/")
    assert status == 422
    assert 'id="url-error"' in body


def test_without_leave_no_server_of_this_house_is_asked(house, paste, press):
    house.with_settings(fetch_loopback="")
    status, body = paste(url=f"{press.url}/es")
    assert status == 422
    assert "This address is not fetched." in body
    assert press.requests == []


def test_without_address_and_text_nothing_is_read(paste):
    status, body = paste()
    assert status == 422
    assert "Give its address, or paste its text, or both." in body


def test_nearly_the_same_text_is_named(house, paste, press):
    with house.open() as make:
        make.article(
            "Kept before", in_language="es", text=" ".join(SENTENCES["es"].format(n) * 3 for n in range(11, 19))
        )
    _, body = paste(url=f"{press.url}/es")
    assert "Nearly the same text is kept already:" in body
    assert "Kept before" in body
