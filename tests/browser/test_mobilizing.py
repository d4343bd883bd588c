"""What a campaign calls for: a day of action in five time zones across a clock change, and a statement that is signed."""

import pytest

from app.domain.travel import gazetteer
from tests.browser.conftest import fill_in, follow, is_titled, link_in_letter, misses, press, read_letter, sees, sign_in
from tests.browser.shots import PHONE
from tests.factories import utc

DAY = "Everywhere at eleven"
TOWNS = ("Caracas", "Madrid", "Johannesburg", "New York")
HOSTED = "Sydney"


@pytest.fixture
def campaign(site, at):
    """The path of a campaign that is open to sign-ups."""
    at(utc("2026-03-20 12:00"))
    with site.open() as make:
        gazetteer.load()
        campaign = make.campaign("Water for all", slug="water", open_to_sign_ups=True)
        return f"/campaigns/{campaign.id}"


def test_a_day_of_action_in_five_zones_is_called_hosted_moved_over_a_clock_change_and_reported(
    site, campaign, open_page, at
):
    alice, phone = open_page(site), open_page(site, viewport={"width": PHONE[0], "height": PHONE[1]})
    sign_in(alice, "alice@example.org")
    call_the_day(alice, campaign)
    for town in TOWNS:
        record_a_mobilization(alice, campaign, town)
    host_one(site, alice, phone, campaign, at)
    sign_up_to_attend(site, alice, phone, at)
    move_the_day(site, alice, campaign, at)
    report_it(alice, campaign, at)


def call_the_day(page, campaign):
    page.goto(campaign)
    follow(page, "Days of action")
    follow(page, "Call a day of action")
    fill_in(
        page, {"Title in English": DAY, "Call in English": "We meet in every town.", "Day and time": "2026-03-28T11:00"}
    )
    fill_in(page, {"Anyone can read its page": True})
    press(page, "Save")
    is_titled(page, DAY)


def record_a_mobilization(page, campaign, town):
    page.goto(f"{campaign}/days-of-action/1")
    follow(page, "Record a mobilization")
    fill_in(page, {"Title": f"March in {town}", "Town": town})
    press(page, "Save")
    is_titled(page, f"March in {town}")


def host_one(site, page, phone, campaign, at):
    phone.goto("/c/water/days-of-action/1")
    follow(phone, "Host a mobilization")
    at(utc("2026-03-20 12:03"))
    fill_in(phone, {"Title": f"March in {HOSTED}", "Town": HOSTED, "Union or organization": "Wharf Workers"})
    fill_in(phone, {"Your name": "Joan Lee", "Email address": "joan@example.org"})
    phone.get_by_role("checkbox").last.check()
    press(phone, "Propose it")
    site.deliver()
    read_letter(page, "Please confirm: Water for all")
    phone.goto(link_in_letter(page, "/sign-up/"))
    press(phone, "Confirm")
    page.goto(f"{campaign}/mobilizations/5")
    follow(page, "Approve")
    press(page, "Approve")
    page.get_by_label("Record it: Wharf Workers").check()
    fill_in(page, {"Country": "Australia"})
    press(page, "Approve")
    is_titled(page, "March in Sydney")
    at(utc("2026-03-20 12:20"))
    site.deliver()
    read_letter(page, "Accepted: Water for all")
    phone.goto(link_in_letter(page, "/host"))
    follow(phone, "Edit")
    fill_in(phone, {"Expected turnout": "250"})
    press(phone, "Save")
    sees(phone, "250")


def sign_up_to_attend(site, page, phone, at):
    phone.goto("/c/water/days-of-action/1")
    is_titled(phone, DAY)
    sees(phone, "Sat, Mar 28, 11:00 (Sydney)", "Sat, Mar 28, 11:00 (Madrid)", "Sat, Mar 28, 11:00 (New York)")
    fill_in(phone, {"Time zone": "Tokyo"})
    press(phone, "Show times in this zone")
    sees(phone, "= 09:00 (Tokyo)", "= 19:00 (Tokyo)", "= Sun, Mar 29, 00:00 (Tokyo)")
    phone.locator("li", has_text="Madrid").get_by_role("link", name="I will attend").first.click()
    at(utc("2026-03-20 12:22"))
    fill_in(phone, {"Your name": "Rosa Luz", "Email address": "rosa@example.org"})
    phone.get_by_role("checkbox").check()
    press(phone, "Sign up")
    site.deliver()
    read_letter(page, "Please confirm: Water for all")
    phone.goto(link_in_letter(page, "/sign-up/"))
    press(phone, "Confirm")
    sees(phone, "Rosa Luz")


def move_the_day(site, page, campaign, at):
    page.goto(f"{campaign}/days-of-action/1")
    follow(page, "Edit")
    fill_in(page, {"Day and time": "2026-03-29T11:00"})
    press(page, "Save")
    sees(page, "Sun, Mar 29, 11:00 (Madrid)")
    at(utc("2026-03-20 12:40"))
    site.deliver()
    read_letter(page, "Changed: March in Madrid")
    sees(page, "Sun, Mar 29, 11:00 (Madrid)")


def report_it(page, campaign, at):
    at(utc("2026-03-30 12:00"))
    for number, (least, most) in enumerate([("400", ""), ("2500", "4000"), ("120", ""), ("90", ""), ("300", "")], 1):
        page.goto(f"{campaign}/mobilizations/{number}")
        follow(page, "Report the turnout")
        fill_in(page, {"How many came": least, "At most": most, "Who counted": "the organizers"})
        press(page, "Save")
    page.goto(f"{campaign}/days-of-action/1")
    follow(page, "Report")
    sees(page, "5 mobilizations, 5 countries. Turnout was reported for 5 of them: 3,410–4,910.")
    page.emulate_media(media="print")
    assert not any(one.is_visible() for one in page.locator("nav, button, header form").all())
    sees(page, "5 mobilizations, 5 countries.")


def test_a_statement_is_published_signed_and_withdrawn(site, campaign, open_page, at):
    alice, rosa = open_page(site), open_page(site, viewport={"width": PHONE[0], "height": PHONE[1]})
    sign_in(alice, "alice@example.org")
    publish_the_statement(alice, campaign)
    sign_it(site, alice, rosa, at)
    withdraw_the_signature(rosa)


def publish_the_statement(page, campaign):
    page.goto(f"{campaign}/statements")
    follow(page, "Write a statement")
    fill_in(page, {"Title, in English": "Water is a right", "Text, in English": "We ask for water in every house."})
    press(page, "Save")
    follow(page, "Publish")
    press(page, "Publish")
    sees(page, "published on")


def sign_it(site, page, rosa, at):
    rosa.goto("/c/water/statements/1")
    follow(rosa, "Sign this statement")
    at(utc("2026-03-20 12:05"))
    fill_in(rosa, {"Your name": "Rosa Luz", "Email address": "rosa@example.org"})
    rosa.get_by_role("checkbox").last.check()
    press(rosa, "Sign")
    site.deliver()
    read_letter(page, "Please confirm: Water for all")
    rosa.goto(link_in_letter(page, "/sign-up/"))
    press(rosa, "Confirm")
    rosa.goto("/c/water/statements/1")
    sees(rosa, "Rosa Luz")


def withdraw_the_signature(page):
    page.go_back()
    follow(page, "Withdraw")
    sees(page, "It will no longer count, and your name will no longer be shown.")
    press(page, "Withdraw")
    page.goto("/c/water/statements/1")
    sees(page, "withdrawn on")
    misses(page, "Rosa Luz")
