"""The complete workflow of one user, by clicking and typing only, in a browser without JavaScript."""

from playwright.sync_api import expect

from tests.browser.conftest import (
    PASSWORD,
    field,
    fill_in,
    follow,
    is_titled,
    link_in_letter,
    misses,
    press,
    read_letter,
    sees,
    sign_in,
)
from tests.factories import utc

CONGRESS = "Congress for the Defense of Peace"
DELEGATION = "Mexico · Sindicato de Prueba"
CLOSURE = "Airspace of Venezuela closed to all carriers"
ACTION = "Find a way over land"
NOTE = "Ask for Pedro at the bridge"
CAMPAIGN = "Open the way"
HEADLINE = "Dockers open the bridge for the delegations"
NOTICE = "This article by Elena Prado first appeared in the December 2, 2025 edition of El Muelle."
DISCLAIMER = "The views expressed here do not necessarily reflect the views of Puente Noticias."
CAPTION = "Buses wait at the bridge on Tuesday morning."
TEXT = """
Members of the dockers’ union stood at the bridge from the early morning and carried the luggage of everybody who came \
on foot. They had brought coffee, water and a list of the buses that leave for the capital during the day.

The airlines had stopped their flights a week before, and most of the delegations had to look for another way. The \
union of bus drivers put four buses at their disposal, each with two drivers and a nurse for the long road.

Whoever arrives after dark sleeps in the hall of the teachers’ union, two streets from the bridge. The next buses \
leave at six in the morning, and those who organize the journey ask everybody to bring a blanket.
""".strip().split("\n\n")
PASTED = "\n\n".join((HEADLINE, NOTICE, TEXT[0], CAPTION, *TEXT[1:], DISCLAIMER))


def test_the_complete_workflow_works_without_javascript(site, open_page, at):
    at(utc("2025-12-01 12:00"))
    alice, clara, rosa = open_page(site), open_page(site, locale="es-ES"), open_page(site, locale="es-ES")
    sign_in(alice, "alice@example.org")
    sees(alice, "No open actions are assigned to you, and you have nothing to approve.", "Mon, Dec 1, 08:00 (Caracas)")

    record_a_congress(alice)
    record_a_delegation(alice)
    record_its_people(alice)
    record_its_way(alice)
    record_the_closure(alice)
    invite_a_coordinator(site, alice, clara)
    assign_an_action(alice)
    remind_the_coordinator(site, alice, at)
    complete_the_action(site, clara, alice, at)
    keep_an_article(alice)
    cite_it(alice)
    subscribe(site, alice, rosa)
    send_a_digest(site, alice)
    unsubscribe(site, alice, rosa)
    lift_the_closure(alice, at)
    read_it_in_spanish(site, alice)


def record_a_congress(page):
    follow(page, "Record a congress")
    fill_in(
        page,
        {
            "Title": CONGRESS, "Town": "Caracas", "Country": "Venezuela", "Time zone of the place": "America/Caracas",
            "First day": "2025-12-11", "Last day": "2025-12-13",
        },
    )  # fmt: skip
    press(page, "Save")
    is_titled(page, CONGRESS)
    sees(page, "Recorded. Next: its delegations.", "Caracas, Venezuela · December 11–13, 2025 · starts in 10 days")
    sees(page, "No delegations have been recorded yet.")


def record_a_delegation(page):
    follow(page, "Add a delegation")
    fill_in(
        page,
        {
            "Organization": "Sindicato de Prueba",
            "Traveling from": "Mexico",
            "Seats": "3",
            "Status": "invitation accepted",
        },
    )
    press(page, "Save")
    expect(page.get_by_label("Record it: Sindicato de Prueba")).to_be_checked()
    expect(page.locator("[name=organization-new-country]")).to_have_value("MX")
    press(page, "Save")
    is_titled(page, DELEGATION)
    sees(
        page,
        "Status: invitation accepted. 3 seats, 0 people recorded.",
        "Nobody yet.",
        "No legs have been recorded yet.",
    )


def record_its_people(page):
    for given, family, head in (("ليلى", "حدّاد", True), ("Sinéad", "O’Brien-d'Arc", False)):
        follow(page, "Add")
        expect(field(page, "Organization")).to_have_value("Sindicato de Prueba (Mexico)")
        fill_in(page, {"Given names": given, "Family names": family, "Head of delegation": head})
        press(page, "Save")
        is_titled(page, DELEGATION)
        sees(page, f"{given} {family}")
    sees(page, "delegate · head of delegation", "3 seats, 2 people recorded.")
    follow(page, "ليلى حدّاد")
    is_titled(page, "ليلى حدّاد")
    follow(page, DELEGATION)


def record_place(page, field, country, code=""):
    """Choose to create the place that was typed, with its country and code."""
    expect(page.locator(f"[name={field}-choice][value=new]")).to_be_checked()
    page.locator(f"[name={field}-new-country]").select_option(country)
    page.locator(f"[name={field}-new-code]").fill(code)


def record_its_way(page):
    follow(page, "Add a leg")
    fill_in(
        page,
        {
            "From": "Bogotá", "Departs": "2025-12-10T10:00", "To": "Maiquetía", "Arrives": "2025-12-10T13:00",
            "Carrier": "Avianca", "Status": "booked",
        },
    )  # fmt: skip
    press(page, "Save")
    record_place(page, "origin", "CO", "BOG")
    record_place(page, "destination", "VE", "CCS")
    press(page, "Save")
    sees(page, "Leg saved.", "Bogotá → Maiquetía", "by air · Avianca")
    sees(page, "Wed, Dec 10, 10:00 (Bogotá) – Wed, Dec 10, 13:00 (Maiquetía)")
    follow(page, "Add a leg")
    fill_in(
        page,
        {
            "Journey": "return (whole delegation)", "Mode of travel": "on foot", "From": "San Antonio del Táchira", "Departs": "2025-12-15T08:00",
            "To": "Cúcuta", "Arrives": "2025-12-15T08:30",
        },
    )  # fmt: skip
    press(page, "Save")
    record_place(page, "origin", "VE")
    record_place(page, "destination", "CO")
    press(page, "Save")
    sees(page, "Return", "San Antonio del Táchira → Cúcuta", "on foot")


def record_the_closure(page):
    go_to_board(page)
    sees(
        page,
        "1 of 1 delegations are on track or have arrived.",
        "Of 3 seats, 3 are on track and 0 are at risk.",
    )
    follow(page, "Record a route problem")
    fill_in(page, {"What is affected": "a country’s airspace"})
    expect(field(page, "Country").locator("option:checked")).to_have_text("Venezuela")
    fill_in(
        page,
        {
            "Starts": "2025-12-09T00:00", "Ends": "2025-12-20T00:00", "The end is an estimate": True,
            "Description": "Every flight is canceled until further notice.", "Verification": "verified",
            "Reference number": "NOTAM A0012/25",
        },
    )  # fmt: skip
    press(page, "Save and see which legs it concerns")
    is_titled(page, CLOSURE)
    sees(page, "Recorded. Everyone affected is listed below.")
    sees(page, "from Tue, Dec 9, 00:00 (Caracas), estimated end: Sat, Dec 20, 00:00 (Caracas)")
    sees(page, "Affects 1 delegation, 2 travelers and 1 leg, return journeys included; 3 seats at risk.")
    sees(page, DELEGATION, "no action yet")
    sees(
        page,
        "Bogotá → Maiquetía, departure Wed, Dec 10, 10:00 (Bogotá), arrival Wed, Dec 10, 13:00 (Maiquetía).",
        "It flies to or from Venezuela while that airspace is closed.",
    )
    misses(page, "San Antonio del Táchira → Cúcuta")
    go_to_board(page)
    sees(page, "0 of 1 delegations are on track or have arrived. 1 has a problem on its outbound journey.")
    sees(page, "Of 3 seats, 0 are on track and 3 are at risk.", "Delegations that need attention")
    sees(page, "3 seats: at risk")


def invite_a_coordinator(site, alice, clara):
    follow(alice, "Administration")
    follow(alice, "Create an account")
    fill_in(
        alice,
        {"Name": "Clara", "Email address": "clara@example.org", "Language": "Español", "Time zone": "Europe/Madrid"},
    )
    press(alice, "Create and invite")
    is_titled(alice, "Clara")
    fill_in(alice, {"Role": "coordinator", "Access to": f"Congress: {CONGRESS}"})
    press(alice, "Grant")
    sees(alice, "Role granted.", f"{CONGRESS} · since December 1, 2025")

    assert site.deliver() == 1
    read_letter(alice, site.says("es", "Your account in Encuentro"))
    clara.goto(link_in_letter(alice, "/password/"))
    is_titled(clara, site.says("es", "Choose a password"))
    field(clara, site.says("es", "New password")).fill(PASSWORD)
    press(clara, site.says("es", "Set password"))
    sees(clara, site.says("es", "Your password has been set. Sign in with it."))
    sign_in(clara, "clara@example.org")
    is_titled(clara, site.says("es", "Waiting for you"))
    sees(clara, "lun 1 dic 13:0", "(Madrid)", CONGRESS)
    expect(clara.locator("html")).to_have_attribute("lang", "es")
    assert site.says("es", "Waiting for you") != "Waiting for you"


def assign_an_action(page):
    go_to_board(page)
    follow(page, "Who is affected, and why")
    follow(page, "Assign actions")
    sees(page, "The due date is in your time zone: Caracas.")
    fill_in(
        page,
        {
            "Action title": ACTION, "Assignee": "Clara", "Due": "2025-12-05T18:00", "Priority": "high",
            DELEGATION: True, "Note": NOTE,
        },
    )  # fmt: skip
    press(page, "Assign")
    is_titled(page, CLOSURE)
    sees(page, "Assigned. The daily letter mentions it when it is due.", "in hand")
    sees(page, "due Fri, Dec 5, 18:00 (Caracas)")
    misses(page, "no action yet")


def remind_the_coordinator(site, page, at):
    assert site.deliver() == 1
    read_letter(page, site.says("es", "%(num)d new action for you", "%(num)d new actions for you", num=1))
    at(utc("2025-12-04 06:59"))  # her letter comes at 08:00 in Madrid
    assert site.deliver() == 0
    at(utc("2025-12-04 07:01"))
    assert site.deliver() == 1
    assert site.deliver() == 0
    waits = "%(num)d action is waiting for you", "%(num)d actions are waiting for you"
    read_letter(page, site.says("es", *waits, num=1))
    sees(page, "clara@example.org", ACTION, "vie 5 dic 23:00 (Madrid) = 18:00 (Caracas)")
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("link", name=ACTION)).to_be_visible()
    misses(page, NOTE)


def complete_the_action(site, clara, alice, at):
    clara.goto("/")
    follow(clara, ACTION)
    sees(clara, NOTE, "México · Sindicato de Prueba")
    press(clara, site.says("es", "Mark as done"))
    sees(clara, site.says("es", "Marked as done. The daily letter no longer mentions it."))
    at(utc("2025-12-05 23:00"))
    assert site.deliver() == 0
    go_to_board(alice)
    sees(alice, "No open actions.")


def keep_an_article(page):
    follow(page, "Articles")
    follow(page, "Paste an article")
    fill_in(page, {"Language of the text": "English", "Address": "https://example.org/bridge", "Text": PASTED})
    press(page, "Split into fields")
    is_titled(page, "Check the article")
    for label, value in {
        "Headline": HEADLINE,
        "Written by": "Elena Prado",
        "Publisher": "Puente Noticias",
        "First published in": "El Muelle",
        "First published on": "2025-12-02",
        "Republication notice": NOTICE,
        "Disclaimer": DISCLAIMER,
        "Captions": CAPTION,
        "Text": "\n\n".join(TEXT),
    }.items():
        expect(field(page, label)).to_have_value(value)
    expect(field(page, "Excerpt")).to_have_value(TEXT[0])
    fill_in(page, {"Publication date": "2025-12-04"})
    press(page, "Save")
    is_titled(page, HEADLINE)
    sees(
        page,
        "Saved. Next: cite it where it is relevant.",
        "Puente Noticias, December 4, 2025",
        "El Muelle, December 2, 2025",
    )
    sees(page, NOTICE, DISCLAIMER, CAPTION, "Not cited in any congress or campaign that you have access to.")


def cite_it(page):
    follow(page, "Campaigns")
    follow(page, "Start a campaign")
    fill_in(page, {"Title": CAMPAIGN, "Goal": "That whoever is invited can come.", "First day": "2025-12-01"})
    press(page, "Save")
    is_titled(page, CAMPAIGN)
    sees(
        page,
        "0 people are subscribed. 0 articles have been added.",
        "The next digest is composed",
        "Subscribers have chosen when they get it; the earliest time is Fri, Dec 12, 08:00 (Caracas).",
    )
    follow(page, "Articles")
    follow(page, HEADLINE)
    fill_in(page, {"Cite this article in": f"Campaign: {CAMPAIGN}"})
    press(page, "Cite")
    sees(page, "Cited.")
    follow(page, CAMPAIGN)
    sees(page, "1 article has been added.")
    go_to_board(page)
    follow(page, CLOSURE)
    follow(page, "Cite an article")
    fill_in(page, {"Article": HEADLINE})
    press(page, "Cite")
    is_titled(page, CLOSURE)
    sees(page, "Cited.", HEADLINE, "first published in El Muelle, December 2, 2025")


def subscribe(site, alice, rosa):
    follow(alice, "Campaigns")
    follow(alice, CAMPAIGN)
    rosa.goto(alice.locator("a[href^='/c/']").inner_text())
    is_titled(rosa, CAMPAIGN)
    fill_in(rosa, {site.says("es", "Email address"): "rosa@example.org"})
    press(rosa, site.says("es", "Subscribe"))
    sees(rosa, site.says("es", "Nothing can be sent without your consent."))
    expect(field(rosa, site.says("es", "Email address"))).to_have_value("rosa@example.org")
    rosa.get_by_role("checkbox").check()
    press(rosa, site.says("es", "Subscribe"))
    is_titled(rosa, site.says("es", "Check your email"))

    assert site.deliver() == 1
    read_letter(alice, site.says("es", "Please confirm: %(title)s", title=CAMPAIGN))
    rosa.goto(link_in_letter(alice, "/confirm/"))
    is_titled(rosa, site.says("es", "Do you want to receive this digest?"))
    press(rosa, site.says("es", "Confirm"))
    is_titled(rosa, site.says("es", "You are subscribed"))


def send_a_digest(site, page):
    follow(page, "Campaigns")
    follow(page, CAMPAIGN)
    sees(page, "1 person is subscribed.")
    press(page, "Compose a digest now")
    sees(
        page,
        "Waiting for approval. It will go to 1 member.",
        "It was composed outside the schedule and goes to all of them immediately.",
    )
    page.get_by_text("Edit before sending").click()
    fill_in(page, {"Introduction in Spanish": "Dear friends, this is how they came."})
    press(page, "Save and preview")
    sees(page, "Saved. The current email is shown below.")
    letter = page.frame_locator("iframe").locator("body")
    for text in (HEADLINE, "Dear friends, this is how they came.", DISCLAIMER, TEXT[0], "Elena Prado"):
        expect(letter).to_contain_text(text)
    expect(letter).to_contain_text(site.says("es", "Unsubscribe from this digest"))
    expect(letter).not_to_contain_text(CAPTION)
    follow(page, "English")
    expect(letter).to_contain_text("First published in El Muelle, December 2, 2025.")
    # by keyboard: right after scrolling, a click may still reach the previous frame of the preview
    page.get_by_role("button", name="Approve and send").press("Enter")
    sees(page, "Approved. See below when the emails will be sent.", "0 sent, 0 in flight, 1 waiting.")
    assert site.deliver() == 1
    page.reload()
    sees(page, "Of 1 email: 1 sent.")


def unsubscribe(site, alice, rosa):
    alice.goto("/mailbox")
    alice.locator("main li", has_text="rosa@example.org").get_by_role("link").first.click()
    sees(alice, HEADLINE, "Dear friends, this is how they came.")
    alice.get_by_text("Technical headers").click()
    sees(alice, "List-Unsubscribe=One-Click")
    expect(alice.frame_locator("iframe").get_by_role("link", name=HEADLINE)).to_have_attribute(
        "href", "https://example.org/bridge"
    )
    rosa.goto(link_in_letter(alice, "/unsubscribe/"))
    is_titled(rosa, site.says("es", "Unsubscribe from this digest?"))
    press(rosa, site.says("es", "Unsubscribe"))
    is_titled(rosa, site.says("es", "You have unsubscribed"))
    follow(alice, "Campaigns")
    follow(alice, CAMPAIGN)
    sees(alice, "0 people are subscribed.")
    follow(alice, "View list")
    sees(alice, "rosa@example.org", "unsubscribed")


def lift_the_closure(page, at):
    at(utc("2025-12-09 12:00"))
    go_to_board(page)
    sees(page, "1 has a problem on its outbound journey.")
    follow(page, CLOSURE)
    follow(page, "Mark as ended")
    press(page, "Mark as ended")
    sees(page, "The problem is now marked as ended.", "This problem has ended. No upcoming legs are affected.")
    go_to_board(page)
    sees(
        page,
        "1 of 1 delegations are on track or have arrived.",
        "Of 3 seats, 3 are on track and 0 are at risk.",
    )
    sees(page, "1 has ended.")
    misses(page, "on its outbound journey", "Delegations that need attention")
    sees(page, "3 seats: route clear")


def read_it_in_spanish(site, page):
    press(page, "Español")
    is_titled(page, CONGRESS)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    sees(page, "11–13 de diciembre de 2025", site.says("es", "Delegations"))
    sees(
        page,
        site.says("es", "%(coming)d of %(total)d delegations are on track or have arrived.", coming=1, total=1),
    )
    press(page, "English")
    press(page, "Sign out")
    is_titled(page, "Sign in")
    page.goto("/congresses")
    is_titled(page, "Sign in")


def go_to_board(page):
    page.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Congresses").click()
    follow(page, CONGRESS)
    is_titled(page, CONGRESS)
