"""An airspace closes: who is affected and why, whether they are safe, an alternative route, and how it ends."""

import re

import pytest
from playwright.sync_api import expect

from app.domain.travel import gazetteer, places
from app.models.actions.follow_ups import FollowUpKind
from app.models.travel.journeys import Direction
from app.models.travel.places import Mode
from app.queries.actions import follow_ups
from app.queries.travel import places as place_queries
from tests.browser.conftest import (
    fill_in,
    follow,
    is_titled,
    link_in_letter,
    misses,
    press,
    sees,
    sign_in,
)
from tests.factories import utc

CLOSURE = "Airspace of Venezuela closed to all carriers"
MEXICO = "Mexico · Sindicato del Valle"
BRIDGE = "Puente Internacional Simón Bolívar"
PHONE = {"width": 360, "height": 740}


def airport(code):
    return place_queries.search(code)[0]


@pytest.fixture
def congress(site):
    """A congress in Caracas with two delegations on their way: one flies all the way, one only within its country."""
    with site.open() as make:
        gazetteer.load()
        congress = make.congress()
        union = make.organization("Sindicato del Valle")
        flies = make.delegation(congress, "MX", seats=4, delegates=0, organization=union)
        for name in ("Rosa", "Luis"):
            person = make.person(
                name, "Prado", congress=congress, email=f"{name.lower()}@example.org", preferred_language="en"
            )
            make.seat(flies, person)
        make.leg(flies, "MEX", "BOG", "2025-12-10 02:00", "2025-12-10 07:00")
        make.leg(flies, "BOG", "CCS", "2025-12-10 09:00", "2025-12-10 12:00")
        make.leg(flies, "CCS", "BOG", "2025-12-15 08:00", "2025-12-15 09:00", direction=Direction.BACK)
        over = make.delegation(congress, "PA", seats=2, delegates=1, organization=make.organization("Portuarios", "PA"))
        make.leg(over, "PTY", "POS", "2025-12-10 08:00", "2025-12-10 12:00")
        for one, other in (("MEX", "BOG"), ("BOG", "CUC")):
            places.add_service(
                {
                    "origin": airport(one), "destination": airport(other), "mode": Mode.AIR, "carrier": "Avianca",
                    "frequency": 30, "minutes": None, "cost": None, "note": None,
                }
            )  # fmt: skip
        return congress.id


def test_a_closure_can_be_recorded_answered_bypassed_and_lifted(site, congress, open_page, at):
    at(utc("2025-12-05 12:00"))
    alice = open_page(site)
    sign_in(alice, "alice@example.org")
    board = f"/congresses/{congress}"

    record_the_closure(alice, board)
    assign_what_it_calls_for(site, alice)
    ask_whether_they_are_safe(site, alice, open_page)
    no_way_before_somebody_answers_for_a_crossing(alice)
    answer_for_the_bridge(alice)
    take_the_way_over_the_bridge(site, alice, board, congress)
    lift_the_closure(site, alice, board, congress, at)


def record_the_closure(page, board):
    page.goto(board)
    follow(page, "Record a route problem")
    fill_in(page, {"What is affected": "a country’s airspace"})
    expect(page.get_by_label("Crossing")).to_be_hidden()
    expect(page.get_by_label("Country", exact=True)).to_be_visible()
    fill_in(page, {"Country": "Venezuela", "Starts": "2025-12-09T00:00", "Ends": "2025-12-20T00:00"})
    fill_in(
        page,
        {
            "The end is an estimate": True,
            "Reference number": "A0099/25",
            "Quotation from the source": "CLSD TO ALL ACFT",
        },
    )
    press(page, "Save and see which legs it concerns")
    is_titled(page, CLOSURE)
    sees(
        page,
        "Affects 1 delegation, 2 travelers and 2 legs, return journeys included; 4 seats at risk.",
        "CLSD TO ALL ACFT",
    )
    sees(page, "It flies to or from Venezuela while that airspace is closed.", MEXICO, "no action yet")
    sees(page, "Legs with this warning", "It flies over Venezuela while that airspace is closed: expect a detour.")
    page.goto(board)
    sees(page, "1 has a problem on its outbound journey.", "Bogotá → Caracas, ", "4 are at risk")


def assign_what_it_calls_for(site, page):
    follow(page, CLOSURE)
    follow(page, "Assign actions")
    fill_in(page, {"Suggested action": "Rebook", "Due": "2025-12-07T12:00", MEXICO: True})
    press(page, "Assign")
    is_titled(page, CLOSURE)
    sees(page, "Rebook", "in hand")


def ask_whether_they_are_safe(site, page, open_page):
    follow(page, "Ask if they are safe")
    sees(page, "Nobody has been asked yet.", "2 travelers are affected and have not been asked.")
    press(page, "Ask everyone affected")
    sees(page, "2 people have been asked.", "0 of 2 are safe.", "2 have not answered yet.")
    roll = page.url
    assert site.deliver() == 2
    for name, button, note in (("Rosa", "! I need help", "We are in Bogotá"), ("Luis", "✓ I am safe", "")):
        phone = open_page(site, viewport=PHONE)
        phone.goto(letter_to(page, name))
        sees(phone, f"Hello {name}", "Are you safe?", "Mexico City → Bogotá")
        phone.get_by_label("Comment").fill(note)
        press(phone, button)
        sees(phone, "Thank you. The coordinators can now see your answer.")
    page.goto(roll)
    sees(page, "1 of 2 are safe.", "1 needs help.", "We are in Bogotá")
    misses(page, "have not been asked")
    page.goto(roll.removesuffix("/check-in"))


def letter_to(page, name):
    page.goto("/mailbox")
    rows = page.locator("li, tr").filter(has_text=f"{name.lower()}@example.org")
    rows.first.get_by_role("link").first.click()
    misses(page, "Venezuela", "Bogotá")
    return link_in_letter(page, "/here/")


def no_way_before_somebody_answers_for_a_crossing(page):
    follow(page, "Find an alternative route to the congress")
    sees(page, "found for 0 of the 1 delegations", "no route found")
    follow(page, MEXICO)
    sees(page, "No route found.")


def answer_for_the_bridge(page):
    ways = page.url
    follow(page, "Border crossings")
    page.get_by_label("Country, town or name").fill("Cúcuta")
    press(page, "Search")
    follow(page, BRIDGE)
    sees(page, "Not verified, so no proposed route uses it.")
    press(page, "Verify")
    sees(page, "Verified by Alice on December 5, 2025. It can be proposed.")
    page.goto(ways)


def take_the_way_over_the_bridge(site, page, board, congress):
    sees(
        page,
        "1 route found.",
        f"via {BRIDGE} and Bogotá",
        "Encuentro has no timetables: all times are calculated and approximate, including the wait for each flight, train or bus.",
    )
    sees(
        page,
        "Crossing Puente Internacional Simón Bolívar, verified by Alice on December 5, 2025.",
        "Visas are not checked: find out which ones are needed.",
    )
    drawing = page.request.get(page.locator("figure img").get_attribute("src")).text()
    assert "other_way" in drawing
    expect(page.locator("figure img")).to_have_js_property("complete", value=True)
    follow(page, "Use this route…")
    press(page, "Use this route")
    is_titled(page, MEXICO)
    sees(
        page,
        "The route has been added to the journey. Booking it has been assigned to you as an action.",
        "Book the alternative route:",
        "Cúcuta",
        BRIDGE,
    )
    page.goto(board)
    sees(page, "1 has an alternative route.", "alternative route")
    drawing = page.request.get(f"{board}/map/drawing.svg").text()
    assert 'class="other_way"' in drawing
    assert 'class="lost"' in drawing
    assert re.search(r"class=\"[^\"]*hatch|url\(#[^)]*\)", drawing)
    page.goto(f"{board}/map")
    sees(
        page,
        "Closed now or soon: Venezuela.",
        "↷ Bogotá",
        "alternative route",
        "– Bogotá → Caracas",
        "canceled or missed",
    )
    with site.open():
        kinds = {one.kind: one.is_open for one in follow_ups.open_of_congress(congress)}
    assert kinds[FollowUpKind.BOOK]


def lift_the_closure(site, page, board, congress, at):
    page.goto(board)
    follow(page, CLOSURE)
    sees(page, "Affects 1 delegation, 2 travelers and 1 leg")  # the return journey
    at(utc("2025-12-09 12:00"))
    page.reload()
    follow(page, "Mark as ended")
    press(page, "Mark as ended")
    sees(page, "The problem is now marked as ended.", "No upcoming legs are affected.")
    page.locator("#history summary").click()
    sees(page, "History", "Ended")
    page.get_by_text("legs were affected at some point").click()
    sees(page, "Bogotá → Caracas", "Caracas → Bogotá")
    page.goto(board)
    sees(page, "6 are on track and 0 are at risk.")
    misses(page, "has a problem on its outbound journey")
    page.goto(f"{board}/delegations")
    follow(page, MEXICO)
    follow(page, "Restore the previous route")
    press(page, "Restore the previous route")
    sees(page, "The previous route has been restored, and the planned one has been removed.", "Bogotá → Caracas")
    misses(page, BRIDGE)
    with site.open():
        assert not [one for one in follow_ups.open_of_congress(congress) if one.kind]
