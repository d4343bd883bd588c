"""The border card: on a page, as a file for old phones, and on the personal page."""

import re

import pytest
from flask import current_app

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Delegate
from app.models.oversight.lines import LogLine, LogVerb
from app.models.people.consents import ConsentPurpose
from app.models.travel.journeys import Leg, LegStatus
from app.tokens import sign_delegate_link
from tests.factories import going_on
from tests.views.pages import text


@pytest.fixture
def trip(house, browse):
    """Rosa flies to Caracas; Ana has done so before, and agreed to be called."""
    with house.open() as make:
        congress = make.congress("Secret congress", **going_on())
        alice, charlie = make.user("Alice"), make.user("Charlie")
        make.grant(alice, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.ADMIN, congress=make.congress("Other"))
        delegation = make.delegation(congress, delegates=0, organization=make.organization("Secret union"))
        rosa = make.seat(delegation, make.person("Rosa", congress=congress, nationality="MX"))
        make.seat(delegation, make.person("Inés", congress=congress, nationality="CU"))
        leg = make.leg(delegation, "BOG", "CCS")
        make.entry_rule("MX", "VE")
        make.country_contact("VE")
        before = make.delegation(congress, delegates=0)
        ana = make.person("Ana", congress=congress, phone="+58 212 5550142")
        make.seat(before, ana)
        make.leg(before, "MAD", "CCS", "2024-12-10 10:00", "2024-12-10 13:00", status=LegStatus.DONE)
        make.consent(ana, ConsentPurpose.CALLS_FROM_TRAVELERS)
        path = f"/congresses/{congress.id}/delegations/{delegation.id}/journeys/{leg.journey_id}/card"
        link = f"/here/{sign_delegate_link(current_app.config['SECRET_KEY'], rosa)}"
        own = f"{link}/card/{leg.journey_id}"
        others = f"{link}/card/{db.session.query(type(leg)).filter(type(leg).id != leg.id).one().journey_id}"
    return browse(alice), browse(charlie), path, own, others


def test_the_card_says_what_is_needed_and_whom_to_call_and_that_somebody_looked(house, trip):
    alice, charlie, path, *_rest = trip
    page = text(alice.get(path))
    for said in (
        "Colombia → Venezuela",
        "Passport of Mexico:",
        "no visa needed",
        "CHECK. Nothing is recorded",
        "tel:911",
        "Ana",
    ):
        assert said in page
    assert charlie.get(path).status_code == 404
    with house.open():
        looks = db.session.query(LogLine).filter_by(verb=LogVerb.READ, way="cards.of_journey").all()
        assert {one.table_name for one in looks} == {"delegations", "people"}


def test_the_file_needs_nothing_else_and_names_nobody(trip):
    alice, _charlie, path, *_rest = trip
    answer = alice.get(f"{path}.html")
    page = text(answer)
    assert answer.headers["Content-Disposition"] == "attachment; filename=card.html"
    assert "Passport of Mexico:" in page
    assert re.search(r"<script|<img|<link|src=|https?://", page) is None
    assert [name for name in ("Rosa", "Inés", "Ana", "Secret", "5550142", "Alice") if name in page] == []
    assert len(page) < 8_000


def test_the_file_names_whom_to_call_only_if_asked_and_is_in_any_language(trip):
    alice, _charlie, path, *_rest = trip
    assert "tel:+582125550142" in text(alice.get(f"{path}.html", query_string={"people": "1"}))
    said = {
        language: text(alice.get(f"{path}.html", query_string={"language": language}))
        for language in ("es", "pt", "fr", "xx")
    }
    assert [f'<html lang="{one}">' in said[one] for one in ("es", "pt", "fr")] == [True] * 3
    assert "Colômbia → Venezuela" in said["pt"]
    assert '<html lang="en">' in said["xx"]


def test_the_personal_card_is_about_the_own_passport_and_names_nobody(house, browse, trip):
    *_rest, own, others = trip
    stranger = browse()
    for path in (own, f"{own}/card.html"):
        page = text(stranger.get(path, query_string={"locale": "en"}))
        assert "Passport of Mexico:" in page
        assert [name for name in ("Passport of Cuba", "Ana", "5550142", "Inés") if name in page] == []
    assert stranger.get(others).status_code == 404
    assert f'href="{own}' in text(stranger.get(own.partition("/card")[0]))
    with house.open():
        db.session.query(Delegate).update({"link_number": 7})
        db.session.commit()
    assert stranger.get(own).status_code == 404


def test_a_journey_of_which_no_leg_stands_has_an_empty_card(house, trip):
    alice, _charlie, path, *_rest = trip
    with house.open():
        db.session.query(Leg).update({"status": LegStatus.CANCELLED})
        db.session.commit()
    assert "It crosses no border." in text(alice.get(path))


def test_a_way_of_the_search_has_a_card_and_one_that_is_not_found_has_none(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        congress = make.congress()
        make.place("CCS")
        delegation = make.delegation(congress, "CO", origin=make.place("BOG"))
        make.service("BOG", "CCS")
        path = f"/congresses/{congress.id}/delegations/{delegation.id}/ways"
    client = browse(alice)
    page = text(client.get(path, query_string={"preference": "fastest"}))
    links = re.findall(r'href="([^"]+/card[^"]*)"', page)
    assert links
    card = text(client.get(links[0].replace("&amp;", "&")))
    assert "Colombia → Venezuela" in card
    assert "3 travelers without a recorded passport" in card
    assert client.get(f"{path}/nothing/card").status_code == 302


def test_times_on_a_card_name_the_places_and_not_the_towns_of_their_zones(house, browse):
    with house.open() as make:
        alice, congress = make.user("Alice"), make.congress(**going_on())
        make.grant(alice, Role.ORGANIZER, congress=congress)
        leg = make.leg(make.delegation(congress), "CUC", "BOG")
        path = f"/congresses/{congress.id}/delegations/{leg.journey.delegation_id}/journeys/{leg.journey_id}/card"
    assert "(Cúcuta) –" in text(browse(alice).get(path))
