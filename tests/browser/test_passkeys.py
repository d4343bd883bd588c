"""Second factors in a real browser, with a device that Chromium imitates."""

import base64
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from app import clock, one_time
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.sessions import UserSession
from app.web.confirming import FRESH_FOR
from tests.browser.conftest import PASSWORD, field, fill_in, follow, is_titled, misses, press, sees
from tests.browser.serving import Site

ALICE = "alice@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(tmp_path):
    """An empty application at a name, in which Alice is an admin of everything."""
    with Site(tmp_path, "localhost") as site:
        with site.open() as make:
            make.grant(make.user("Alice", email=ALICE, password=PASSWORD), Role.ADMIN)
        yield site


def type_password(page):
    page.goto("/sign-in")
    fill_in(page, {"Email address": ALICE, "Password": PASSWORD})
    press(page, "Sign in")
    expect(field(page, "Password")).to_have_count(0)


def sign_out(page):
    page.goto("/")
    press(page, "Sign out")


def with_device(page):
    """Give the browser a device that keeps passkeys; return the session that controls it, and its id."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def test_a_passkey_and_codes_are_turned_on_and_used_and_another_device_is_ended(site, open_page):
    page, faults = open_page(site, javascript=True), []
    page.on("console", lambda message: "Security Policy" in message.text and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    tools, device = with_device(page)
    type_password(page)
    page.goto("/account/second-factor")
    follow(page, "Add a passkey")
    misses(page, "scripts are off")
    fill_in(page, {"Name of the passkey": "Phone"})
    press(page, "Make a passkey")
    sees(page, "The passkey was added.", "Recovery codes", "Phone")
    press(page, "I have written them down")
    [kept] = tools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert kept["rpId"] == "localhost"

    follow(page, "Add another passkey")
    press(page, "Make a passkey")
    sees(page, "This device has a passkey of your account already.")

    sign_out(page)
    type_password(page)
    is_titled(page, "Use your passkey")
    press(page, "Use the passkey")
    expect(page).to_have_url(re.compile("/$"))

    sign_out(page)
    page.goto("/sign-in?next=/account/second-factor")
    press(page, "Use a passkey")
    press(page, "Use the passkey")
    is_titled(page, "Second factor")
    misses(page, "never used")

    with site.open():
        db.session.execute(update(UserSession).values(confirmed_at=clock.now() - FRESH_FOR))
    press(page, "Make new recovery codes")
    is_titled(page, "Confirm that it is you")
    press(page, "Use the passkey")
    sees(page, "These are your new recovery codes.")
    recovery = page.locator("ol code").first.inner_text()

    press(page, "Turn on one-time codes")
    letters = page.locator("section > p > code").inner_text().replace(" ", "")
    fill_in(page, {"Code": code(letters)})
    press(page, "Turn on one-time codes")
    sees(page, "One-time codes are on.")

    other = open_page(site)
    type_password(other)
    sees(other, "Type a code instead")
    fill_in(other, {"Code": recovery})
    press(other, "Sign in with the code")
    expect(other).to_have_url(re.compile("/$"))
    page.goto("/account")
    press(page, "Sign out on all other devices")
    sees(page, "You are signed out on all other devices.")
    other.goto("/account")
    is_titled(other, "Sign in")

    type_password(other)
    fill_in(other, {"Code": code(letters, steps=1)})
    press(other, "Sign in with the code")
    expect(other).to_have_url(re.compile("/$"))
    assert faults == []


def test_a_device_that_does_not_recognize_its_user_makes_the_page_say_so_and_offer_the_button_again(site, open_page):
    page = open_page(site, javascript=True)
    tools, device = with_device(page)
    type_password(page)
    page.goto("/account/passkeys/add")
    press(page, "Make a passkey")
    sees(page, "The passkey was added.")
    sign_out(page)
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/sign-in/passkey")
    press(page, "Use the passkey")
    sees(page, "No passkey was used.")
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    press(page, "Use the passkey")
    expect(page).to_have_url(re.compile("/$"))


def code(letters, steps=0):
    """Return the code that the phone shows, some steps from now."""
    return one_time.code_at(base64.b32decode(letters), one_time.step_at(clock.now()) + steps)
