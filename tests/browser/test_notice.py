"""A pasted NOTAM closes an airport: it is confirmed, a delegation is split, its card printed."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from app import clock
from app.domain.travel import gazetteer, places
from app.extensions import db
from app.models.travel.places import Crossing, Mode
from app.queries.travel import places as place_queries
from tests.browser.conftest import fill_in, follow, is_titled, misses, press, sees, sign_in
from tests.factories import utc

NOTAM = """(A0512/25 NOTAMN
Q) SVZM/QFALC/IV/NBO/A/000/999/1036N06659W005
A) SVMI B) 2512091200 C) 2512201200 EST
E) AD CLSD DUE TO STRIKE)"""
CLOSURE = "Caracas closed"
MEXICO = "Mexico · Sindicato del Valle"
FLIGHTS = {("MEX", "BOG"): 30, ("BOG", "CUC"): 30, ("MEX", "MAO"): 1, ("MAO", "BVB"): 1}
"""The quick way through Colombia, and a long one through Brazil; flights a week."""


def airport(code):
    return place_queries.search(code)[0]


@pytest.fixture
def congress(site, at):
    """A congress in Caracas, and a delegation with two Mexicans and a Spaniard, whom Colombia refuses."""
    at(utc("2025-12-05 12:00"))
    with site.open() as make:
        gazetteer.load()
        db.session.execute(update(Crossing).values(verified_at=clock.now(), verified_by="Alice"))
        congress = make.congress()
        delegation = make.delegation(
            congress, "MX", seats=3, delegates=2, organization=make.organization("Sindicato del Valle")
        )
        make.seat(delegation, make.person("Luz", "Prado", congress=congress, nationality="ES"))
        make.leg(delegation, "MEX", "BOG", "2025-12-10 02:00", "2025-12-10 07:00")
        make.leg(delegation, "BOG", "CCS", "2025-12-10 09:00", "2025-12-10 12:00")
        make.problem(congress, "2025-12-01 00:00", kind="nationality", nationality="ES", country="CO")
        for (one, other), frequency in FLIGHTS.items():
            places.add_service(
                {
                    "origin": airport(one), "destination": airport(other), "mode": Mode.AIR, "carrier": "Avianca",
                    "frequency": frequency, "minutes": None, "cost": None, "note": None,
                }
            )  # fmt: skip
        return f"/congresses/{congress.id}"


def test_a_pasted_notam_leads_to_a_way_for_each_part_of_a_delegation(site, congress, open_page):
    alice = open_page(site)
    sign_in(alice, "alice@example.org")
    paste_the_notam(alice, congress)
    go_apart(alice)
    bring_the_others(alice)
    print_the_card(alice)


def paste_the_notam(page, congress):
    page.goto(f"{congress}/problems")
    follow(page, "Paste a NOTAM or another message")
    fill_in(page, {"Message": NOTAM})
    press(page, "Preview")
    sees(page, "Check before you save", CLOSURE, "A0512/25", "estimated end")
    press(page, "Record and see which legs it concerns")
    is_titled(page, CLOSURE)
    sees(page, "Affects 1 delegation, 3 travelers and 1 leg", "3 seats at risk.", "AD CLSD DUE TO STRIKE")
    sees(page, MEXICO, "Bogotá → Caracas, ", "no action yet")


def go_apart(page):
    follow(page, "Find an alternative route to the congress")
    follow(page, MEXICO)
    sees(page, "Split the delegation", "For 2 people", "For 1 person: Luz Prado", "Refused entry by: Colombia.")
    hers = page.locator("h3:has-text('Luz Prado') ~ ul").first
    hers.get_by_role("link", name="Use this route…").first.click()
    sees(page, "for Luz Prado?", "They get a separate itinerary")
    press(page, "Use this route")
    is_titled(page, MEXICO)
    sees(page, "The separate itinerary has been added.", "Boa Vista")


def bring_the_others(page):
    follow(page, "Find an alternative route to the congress")
    misses(page, "Split the delegation")
    follow(page, "Use this route…")
    press(page, "Use this route")
    is_titled(page, MEXICO)
    sees(page, "The route has been added to the journey.", "Cúcuta")


def print_the_card(page):
    follow(page, "Border card")
    saved = page.get_by_role("link", name="Save for offline use")
    expect(saved).to_be_visible()
    page.emulate_media(media="print")
    expect(saved).to_be_hidden()
    sees(page, "Cúcuta", "San Antonio", "Venezuela")
    paper = page.pdf()
    assert paper.startswith(b"%PDF")
    assert b"/Font" in paper
