"""Importing an article by its address: added, fetched by a worker, read, and shown for confirmation."""

import html
import re

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.jobs.press.fetch_articles import fetch_due_articles
from app.models.accounts.accounts import Role
from app.models.press.articles import Article, Citation
from app.models.press.intakes import Intake, IntakeStatus
from tests import press as newspaper
from tests.fetching.webserver import WebServer
from tests.press import SENTENCES
from tests.views.pages import text


@pytest.fixture
def press():
    with WebServer() as server:
        server.pages["/es"] = newspaper.page("es", "Los choferes llevan a las delegaciones")
        server.pages["/en"] = newspaper.page("en", "Drivers carry the delegations")
        yield server


@pytest.fixture
def alice(house, browse, press):
    house.with_settings(fetch_loopback=f"127.0.0.1:{press.port}")
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    return browse(alice)


def typed_in(page):
    """Return what the form on a page would submit."""
    inputs = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', page))
    texts = dict(re.findall(r'<textarea[^>]*? name="(\w+)"[^>]*>\s?(.*?)</textarea>', page, re.DOTALL))
    chosen = dict(
        re.findall(
            r'<select[^>]*? name="(\w+)"[^>]*>(?:(?!</select>).)*?<option selected value="(\w*)"', page, re.DOTALL
        )
    )
    return {name: html.unescape(value).replace("\r", "") for name, value in (inputs | texts | chosen).items()}


@pytest.fixture
def bring(alice):
    """Submit the paste form; after a redirect, return its address and the page there once the worker has run."""

    def bring(**typed):
        response = alice.post("/articles/paste", {"url": "", "pasted": "", "in_language": "", **typed})
        if response.status_code != 302:
            return response.status_code, text(response)
        with alice.client.application.app_context():
            fetch_due_articles()
        return response.location, text(alice.get(response.location))

    return bring


def test_an_address_is_enough_to_fill_in_the_form(bring, press):
    path, body = bring(url=f"{press.url}/es")
    assert re.fullmatch(r"/intakes/\d+", path)
    assert 'value="Los choferes llevan a las delegaciones"' in body
    assert 'value="El Muelle"' in body
    assert 'value="2025-12-02"' in body
    assert '<option selected value="es">' in body
    assert "18 choferes llevaron su equipaje" in body
    assert "The excerpt is the beginning of the text." in body
    assert len(press.requests) == 1


def test_nothing_is_fetched_during_the_request_and_the_page_refreshes(alice, press):
    path = alice.post("/articles/paste", {"url": f"{press.url}/es"}).location
    page = alice.get(path)
    body = text(page)
    assert page.headers["Refresh"] == "2"
    assert "This page refreshes by itself." in body
    assert press.requests == []


def test_nothing_is_saved_before_a_person_confirms_it(house, bring, press):
    bring(url=f"{press.url}/es")
    with house.open():
        assert db.session.scalar(select(func.count()).select_from(Article)) == 0


def test_an_article_confirmed_twice_is_saved_once_and_cited_as_chosen(house, alice, bring, press):
    with house.open() as make:
        campaign = make.campaign()
    path, body = bring(url=f"{press.url}/en")
    data = typed_in(body) | {"subject": f"campaign:{campaign.id}", "headline": "Corrected by a person"}
    first = alice.post(f"{path}/keep", data | {"idempotency_key": "k1"})
    again = alice.post(f"{path}/keep", data | {"idempotency_key": "k2"})
    assert first.location == again.location
    assert alice.get(path).location == first.location
    with house.open():
        article = db.session.scalars(select(Article)).one()
        intake = db.session.scalars(select(Intake)).one()
        assert article.headline == "Corrected by a person"
        assert (intake.status, intake.article_id) == (IntakeStatus.KEPT, article.id)
        assert db.session.scalars(select(Citation.campaign_id)).all() == [campaign.id]


def test_corrections_survive_a_validation_error(alice, bring, press):
    path, body = bring(url=f"{press.url}/en")
    answer = alice.post(f"{path}/keep", typed_in(body) | {"headline": "", "authors": "Ana Ruiz"})
    assert answer.status_code == 422
    assert 'value="Ana Ruiz"' in text(answer)
    assert "This field is required." in text(answer)


def test_a_pasted_text_is_read_at_once_and_its_language_detected(alice):
    path = alice.post("/articles/paste", {"pasted": SENTENCES["en"].format(7) * 8}).location
    assert '<option selected value="en">' in text(alice.get(path))


def test_a_text_in_an_unknown_language_is_not_stored(house, bring):
    status, body = bring(pasted="xyz")
    assert status == 422
    assert "The language could not be detected. Choose it." in body
    with house.open():
        assert db.session.scalars(select(Intake)).all() == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("{press}/none", "This page does not exist. Check the address."),
        ("http://10.0.0.1.nip.test/", "The page cannot be reached right now."),
        ("http://10.0.0.1/", "This address cannot be fetched:"),
    ],
)
def test_a_page_that_cannot_be_read_shows_the_reason_and_its_text_can_be_pasted(alice, bring, press, address, message):
    url = address.format(press=press.url)
    path, body = bring(url=url)
    assert message in body
    assert f'value="{url}"' in body
    assert 'http-equiv="refresh"' not in body  # it would discard what the user is typing
    assert alice.post(f"{path}/text", {"url": url, "pasted": ""}).status_code == 422
    assert alice.post(f"{path}/text", {"url": url, "pasted": newspaper.text("es")}).location == path
    body = text(alice.get(path))
    assert "18 choferes llevaron su equipaje" in body
    assert f'value="{url}"' in body


def test_a_page_without_an_article_is_reported(bring, press):
    press.pages["/empty"] = newspaper.answer(b"<html><body></body></html>")
    assert "No article was found on this page. Paste the text." in bring(url=f"{press.url}/empty")[1]


def test_internal_servers_are_not_requested_by_default(house, bring, press):
    house.with_settings(fetch_loopback="")
    assert "This address cannot be fetched:" in bring(url=f"{press.url}/es")[1]
    assert press.requests == []


def test_an_address_or_a_text_is_required(bring):
    status, body = bring()
    assert status == 422
    assert "Enter its address, paste its text, or do both." in body


def test_near_duplicates_are_shown(house, bring, press):
    with house.open() as make:
        make.article("Kept before", in_language="es", text=newspaper.text("es"))
    body = bring(url=f"{press.url}/es")[1]
    assert "A nearly identical text is already saved:" in body
    assert "Kept before" in body


@pytest.mark.parametrize("kept_as", ["{}/en", "{}/en/", "{}/en?utm_source=letter", "{}/en#top", "HTTP{}/en"])
def test_a_saved_address_is_shown_and_not_fetched_again(house, alice, press, kept_as):
    url = kept_as.format(press.url) if "HTTP" not in kept_as else f"{press.url}/en".replace("http", "HTTP")
    with house.open() as make:
        article = make.article("Kept before", url=url)
    answer = alice.post("/articles/paste", {"url": f"{press.url}/en"})
    assert "This article is already saved:" in text(answer)
    assert f'href="/articles/{article.id}"' in text(answer)
    with house.open():
        fetch_due_articles()
        assert db.session.scalars(select(Intake)).all() == []
    assert press.requests == []


def test_an_article_kept_between_pasting_and_fetching_is_not_fetched(house, alice, press):
    path = alice.post("/articles/paste", {"url": f"{press.url}/en"}).location
    with house.open() as make:
        make.article("Kept meanwhile", url=f"{press.url}/en/")
        fetch_due_articles()
    assert press.requests == []
    assert "Kept meanwhile" in text(alice.get(path))


def test_an_address_added_twice_while_it_waits_is_one_article(alice, press):
    first = alice.post("/articles/paste", {"url": f"{press.url}/en", "idempotency_key": "k1"})
    again = alice.post("/articles/paste", {"url": f"{press.url}/en?utm_medium=x", "idempotency_key": "k2"})
    assert first.location == again.location


def test_the_bookmarklet_fills_in_the_form_and_changes_nothing(house, alice, browse):
    address = "https://paper.example.org/a?b=c&d=é#e"
    body = text(alice.get("/articles/paste", query_string={"url": address}))
    assert f'value="{address}"' in body
    assert (
        "javascript:location.href='http://encuentro.test/articles/paste?url='+encodeURIComponent(location.href)" in body
    )
    with house.open():
        assert db.session.scalars(select(Intake)).all() == []


@pytest.mark.parametrize(
    "given", ["javascript:alert(1)", "ftp://example.org/x", "no address", "https://a.example.org/" + "x" * 9000]
)
def test_an_invalid_address_shows_an_error_on_its_field(alice, given):
    answer = alice.get("/articles/paste", query_string={"url": given})
    assert answer.status_code == 422
    assert 'id="url-error"' in text(answer)
    assert len(answer.get_data()) < 60_000


def test_the_address_from_the_bookmarklet_survives_signing_in(house, browse):
    with house.open() as make:
        user = make.user("Alice", password="correct horse battery", email="alice@example.org")
        make.grant(user, Role.ADMIN)
    stranger = browse()
    asked = stranger.get("/articles/paste", query_string={"url": "https://paper.example.org/a?b=c&d=e"})
    assert asked.status_code == 302
    page = text(stranger.get(asked.location))
    following = html.unescape(re.search(r'name="next"[^>]*value="([^"]*)"', page)[1])
    data = {"email": "alice@example.org", "password": "correct horse battery", "next": following}
    arrived = stranger.post("/sign-in", data)
    assert 'value="https://paper.example.org/a?b=c&d=e"' in text(stranger.get(arrived.location))
