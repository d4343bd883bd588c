"""How public pages are passed on: a text message with the address, in the reader's language, and a code."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from app.web.sharing import LONGEST, share
from tests.factories import utc

ADDRESS = "https://encuentro.example.org/c/water"


@pytest.mark.parametrize("call", ["Take part.", "Take part in a campaign with a very long name. " * 9, ""])
def test_text_and_address_fit_into_one_message_and_the_address_stays_whole(call):
    shared = share(call, ADDRESS)
    assert len(shared.text) <= LONGEST
    assert shared.text.endswith(f" {ADDRESS}")


def test_an_address_that_is_longer_than_a_message_is_passed_on_alone():
    address = f"{ADDRESS}/{'x' * 200}"
    assert share("Take part.", address).text == address


def test_nothing_in_a_title_adds_to_the_links():
    shared = share('Peace & land? #1 "now" <b>', ADDRESS)
    assert re.fullmatch(r"[\w%./:?=&~-]+", shared.sms)
    assert unquote(shared.whatsapp.partition("text=")[2]) == shared.text
    assert "<b>" not in shared.code


def test_every_public_page_is_passed_on_in_the_language_of_its_reader_without_asking_other_servers(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign("Water", slug="water", open_to_sign_ups=True)
        day = make.day_of_action(campaign, titles={"en": "Day for water", "pt": "Dia da água"})
        march, statement = make.mobilization(campaign), make.statement(campaign)
        paths = {
            "/c/water": "Participe de “Water”:",
            f"/c/water/days-of-action/{day.id}": "Quando e onde: “Dia da água”",
            f"/c/water/mobilizations/{march.id}": "March for water: ",
            f"/c/water/statements/{statement.id}": "Leia e assine “Por la paz”:",
        }
    visitor = browse(None)
    for path, begins in paths.items():
        page = visitor.get(f"{path}?locale=pt").text
        body = unquote(unescape(re.search(r'href="sms:\?&amp;body=([^"]+)"', page)[1]))
        assert body.startswith(begins)
        assert body.endswith(path)
        assert len(body) <= LONGEST
        assert "<svg" in page
        assert not re.search(r'(src|action)="https?://', page)
