"""Pages opened by emailed links, in a browser that blocks cookies."""

import json

import pytest

from app import tokens
from app.domain.travel import check_ins
from app.emails.campaigns.confirmations import preferences_token
from app.extensions import db
from app.models.travel.check_ins import Answer, CheckIn
from tests.browser.conftest import PATIENCE, fill_in, follow, press, sees
from tests.browser.serving import ARGUMENTS, CHROMIUM
from tests.factories import going_on

BLOCKED = {"profile": {"default_content_setting_values": {"cookies": 2}}}


@pytest.fixture
def page(site, chromium, tmp_path):
    """A page of the site in a browser that blocks cookies."""
    profile = tmp_path / "profile"
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=ARGUMENTS, base_url=site.url, locale="en-US", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_the_browser_stores_no_cookies(page):
    page.goto("/sign-in")
    fill_in(page, {"Email address": "alice@example.org", "Password": "a long sentence to sign in with"})
    press(page, "Sign in")
    sees(page, "allow this site to set a cookie")


def test_a_delegate_calls_for_help_and_reports_an_arrival(site, page):
    with site.open() as make:
        congress = make.congress(**going_on())
        delegation = make.delegation(congress, delegates=0)
        rosa = make.seat(delegation, make.person("Rosa", congress=congress, preferred_language="en"))
        make.leg(delegation)
        check_ins.ask(make.problem(congress))
        link = f"/here/{tokens.sign_delegate_link(site.app.config['SECRET_KEY'], rosa)}"
    page.goto(link)
    follow(page, "Español")
    sees(page, "Hola, Rosa")
    follow(page, "English")
    fill_in(page, {"Comment": "The bus is stopped"})
    press(page, "! I need help")
    sees(page, "Thank you. The coordinators can now see your answer.")
    page.get_by_role("button", name="I have arrived in").first.click()
    sees(page, "Recorded: arrived in Caracas")
    with site.open():
        asked = db.session.query(CheckIn).one()
        assert (asked.answer, asked.note) == (Answer.NEED_HELP, "The bus is stopped")


def test_a_member_changes_the_time_and_unsubscribes(site, page):
    with site.open() as make:
        member = make.subscription(make.campaign("Winter"), "ana@example.org")
        with site.app.test_request_context():
            link = f"/preferences/{preferences_token(member)}"
    page.goto(link)
    fill_in(page, {"Time of day": "07:00"})
    press(page, "Save")
    sees(page, "Saved. Your changes take effect with the next digest.")
    follow(page, "Unsubscribe from this digest")
    press(page, "Unsubscribe")
    sees(page, "You have unsubscribed")
