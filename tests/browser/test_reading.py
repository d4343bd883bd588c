"""From web pages to emails in two languages: imported, linked as versions, composed, approved, sent by SMTP, and checked."""

import re
from html import unescape

import pytest
from playwright.sync_api import expect

from app.jobs.press.fetch_articles import fetch_due_articles
from tasks.versions import compare
from tests.browser.conftest import fill_in, follow, is_titled, press, read_letter, sees, sign_in
from tests.conftest import SHARED
from tests.fetching.webserver import WebServer

SPANISH = (
    (
        "El Primer Congreso de los Puertos reunió en Cartagena a 214 delegados de 31 sindicatos entre el 3 y el 5 de noviembre de"
        " 2025, según informó la secretaria general Marisol Ibarra ante la prensa local."
    ),
    (
        "La Autoridad Portuaria de Valmar cerró la terminal norte durante 9 días, y la empresa Tranex canceló 18 salidas; por eso 47"
        " delegados viajaron por carretera desde Quibdó y llegaron con 36 horas de retraso."
    ),
    (
        "«Nadie se quedó solo en el camino», dijo Ibarra, que agradeció a la Federación Nacional de Transportistas y a 120 familias"
        " de Montería que abrieron sus casas durante dos noches a las delegaciones."
    ),
    (
        "La resolución final pide que el 28 de febrero de 2026 las asambleas de cada puerto discutan una jornada común, y que la"
        " comisión presidida por Ernesto Palacín presente un informe antes del 15 de marzo."
    ),
)
ENGLISH = (
    (
        "The First Congress of the Ports brought 214 delegates of 31 unions together in Cartagena between 3 and 5 November 2025,"
        " general secretary Marisol Ibarra told the local press."
    ),
    (
        "The Valmar Port Authority closed the north terminal for 9 days, and the company Tranex canceled 18 departures; that is"
        " why 47 delegates traveled by road from Quibdó and arrived 36 hours late."
    ),
    (
        "“Nobody was left alone on the way,” said Ibarra, who thanked the National Federation of Transport Workers and 120 families of"
        " Montería who opened their homes to the delegations for two nights."
    ),
    (
        "The final resolution asks that on 28 February 2026 the assemblies of each port discuss a common day, and that the commission"
        " chaired by Ernesto Palacín present a report before 15 March."
    ),
)
HEADLINES = {"es": "Los puertos se reunieron en Cartagena", "en": "The ports met in Cartagena"}
FOUNDING = SHARED / "seeds"
PASTED = """The Road to the Congress

This article by Elena Prado originally appeared in the January 5, 2026 edition of El Muelle. The views expressed in this article are the author’s own and do not necessarily reflect those of The Paper of Record.

In the middle of December a congress of workers met in the capital, although several delegations were unable to attend and others were forced to undertake long journeys over the land borders of neighboring countries. Carriers had withdrawn one after the other, and nobody could say when they would come back.

Most of those who arrived had spent days on buses. They were met at the bridge by drivers who carried their luggage, and by families who had prepared beds and food for them. The assemblies that had prepared the congress, 1,200 in all, had asked for nothing less.

The congress ended with a call to coordinate: unions in many countries are to meet, to agree on dates, and to let their members know in their own languages what was decided and why.
"""


def page(language, publisher, paragraphs, *, day, before=""):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = HEADLINES[language]
    html = (
        f'<!doctype html><html lang="{language}"><head><title>{head} | {publisher}</title>'
        f'<meta property="og:title" content="{head}"><meta property="og:site_name" content="{publisher}">'
        f'<meta property="article:published_time" content="{day}T09:00:00-05:00"><meta name="author" content="Elena Prado">'
        f"</head><body><article><h1>{head}</h1>{before}{text}</article></body></html>"
    ).encode()
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
        + f"Content-Length: {len(html)}\r\n\r\n".encode()
        + html
    )


@pytest.fixture
def press_server():
    again = ("<p>Publicado originalmente en El Muelle.</p>", (*SPANISH[:3], SPANISH[3].replace("común", "conjunta")))
    with WebServer() as server:
        server.pages["/original"] = page("es", "El Muelle", SPANISH, day="2025-11-07")
        server.pages["/translation"] = page("en", "The Quay", ENGLISH, day="2025-11-10")
        server.pages["/again"] = page("es", "La Dársena", again[1], day="2025-11-12", before=again[0])
        yield server


def founding_text():
    found = sorted(FOUNDING.glob("*.txt")) if FOUNDING.is_dir() else []
    return found[0].read_text(encoding="utf-8") if found else None


@pytest.mark.parametrize("founding", [False, True], ids=["invented", "founding article"])
def test_web_pages_become_digest_emails_in_two_languages(site, press_server, mail_server, open_page, founding):
    pasted = founding_text() if founding else PASTED
    if pasted is None:
        pytest.skip("the founding article does not lie beside the repository")
    site.with_settings(fetch_loopback=f"127.0.0.1:{press_server.port}")
    alice, rosa = open_page(site), open_page(site, locale="es-VE")
    sign_in(alice, "alice@example.org")
    begin_a_campaign(alice)
    headline = paste_an_article(alice, pasted)
    for path in ("original", "translation", "again"):
        link_a_page(site, alice, f"{press_server.url}/{path}")
    tie_the_versions(site, alice)
    subscribe(site, alice, rosa, "rosa@example.org", "es")
    subscribe(site, alice, open_page(site), "john@example.org", "en")
    compose_and_approve(alice, headline)
    site.with_settings(mail_url=mail_server.url)
    assert site.deliver() == 2
    letters = {message["To"]: message for message in mail_server.messages}
    disclaimer = " ".join(re.search(r"The views expressed.+?\.(?=\s)", pasted)[0].split())
    check(letters["rosa@example.org"], "es", headline, disclaimer, site)
    check(letters["john@example.org"], "en", headline, disclaimer, site)
    assert site.deliver() == 0


def begin_a_campaign(page):
    follow(page, "Campaigns")
    follow(page, "Start a campaign")
    fill_in(page, {"Title": "Ports", "First day": "2025-12-01"})
    press(page, "Save")
    is_titled(page, "Ports")


def paste_an_article(page, pasted):
    follow(page, "Articles")
    follow(page, "Paste an article")
    fill_in(page, {"Text": pasted})
    press(page, "Split into fields")
    headline = pasted.split("\n", 1)[0].strip()
    fill_in(page, {"Cite this article in": "Campaign: Ports"})
    press(page, "Save")
    is_titled(page, headline)
    sees(page, "Ports", "The views expressed in this article are the author’s own")
    return headline


def link_a_page(site, page, url):
    page.goto(f"/articles/paste?url={url}")
    press(page, "Split into fields")
    is_titled(page, "The page is being fetched")
    with site.open():
        assert fetch_due_articles() == 1
    page.reload()
    is_titled(page, "Check the article")
    fill_in(page, {"Cite this article in": "Campaign: Ports"})
    press(page, "Save")
    sees(page, "Ports")


def tie_the_versions(site, page):
    with site.open():
        compare.run()
    follow(page, "Articles")
    page.get_by_role("link", name=HEADLINES["en"]).first.click()
    asked = page.locator("form", has_text="El Muelle")
    expect(asked).to_contain_text(HEADLINES["es"])
    asked.get_by_role("button", name="It is a translation").click()
    sees(page, "translation", "El Muelle")
    follow(page, "Articles")
    page.locator("main li", has_text="La Dársena").get_by_role("link").first.click()
    page.locator("form", has_text="El Muelle").get_by_role(
        "button", name="It is the same text, published again"
    ).first.click()
    sees(page, "republication")


def subscribe(site, alice, member, address, language):
    follow(alice, "Campaigns")
    follow(alice, "Ports")
    member.goto(alice.locator("main a[href^='/c/']").first.inner_text())
    fill_in(member, {site.says(language, "Email address"): address})
    member.get_by_role("checkbox").check()
    press(member, site.says(language, "Subscribe"))
    assert site.deliver() == 1
    read_letter(alice, site.says(language, "Please confirm: %(title)s", title="Ports"))
    member.goto(alice.locator("pre a[href*='/confirm/']").get_attribute("href"))
    press(member, site.says(language, "Confirm"))
    is_titled(member, site.says(language, "You are subscribed"))


def compose_and_approve(page, headline):
    follow(page, "Campaigns")
    follow(page, "Ports")
    press(page, "Compose a digest now")
    sees(page, "It will go to 2 members.")
    page.get_by_text("Edit before sending").click()
    fill_in(page, {"Introduction in Spanish": "Compañeras:", "Introduction in English": "Friends:"})
    press(page, "Save and preview")
    for locale, words in (("es", "Compañeras:"), ("en", "Friends:")):
        page.goto(f"{page.url.partition('?')[0]}?locale={locale}")
        letter = page.frame_locator("iframe").locator("body")
        for text in (words, headline, HEADLINES[locale]):
            expect(letter).to_contain_text(text)
        expect(page.frame_locator("iframe").get_by_role("heading", level=2)).to_have_count(2)
    page.goto(page.url.partition("?")[0])
    page.get_by_role("button", name="Approve and send").press("Enter")  # by keyboard: see test_story
    sees(page, "0 sent, 0 in flight, 2 waiting.")


def check(message, language, headline, disclaimer, site):
    """Check a received email: everything is in the member's language, and each article is contained once."""
    opening, other = ("Compañeras:", "Friends:") if language == "es" else ("Friends:", "Compañeras:")
    publisher = {"es": "El Muelle", "en": "The Quay"}[language]
    foreign = HEADLINES["en" if language == "es" else "es"]
    assert message["Content-Language"] == language
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Subject"].startswith("Ports: ")
    bodies = [unescape(message.get_body((kind,)).get_content()) for kind in ("plain", "html")]
    for body in bodies:
        told = " ".join(re.sub(r"<[^>]+>", " ", body).split())
        for text in (opening, headline, HEADLINES[language], publisher, disclaimer, "Elena Prado"):
            assert text in told, (language, text)
        assert (other in told, foreign in told, told.count(HEADLINES[language])) == (False, False, 1)
        assert site.says(language, "Also in:") in told
        assert "La Dársena" in told
        assert {"es": "inglés", "en": "English"}[language] in told
        assert message["List-Unsubscribe"].strip("<>") in body
        assert "/wishes/" in body
    assert len(bodies[1].encode()) < 80_000
