"""An application that a browser can visit, and helpers for what users do: look, click and type."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.commands import story
from app.domain.campaigns import digests
from app.domain.mail import attempts, deliveries
from app.domain.press import feeds, intakes
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import DeliveryKind
from app.models.press.intakes import IntakeSource
from app.queries.accounts import accounts
from app.queries.campaigns import campaigns
from app.queries.mail.deliveries import due_ids
from app.reading.articles import from_text
from app.reading.feeds import Entry
from tests import press as newspaper
from tests.browser.serving import CHROMIUM, REQUIRED, Site, launched
from tests.claims import claim_email

PASSWORD = "a long sentence to sign in with"
DESK = {"width": 1280, "height": 900}
PATIENCE = 30_000
"""Milliseconds until a page is taken for one that does not come; a busy machine may need long for ways through the world."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def chromium():
    """The browser, started once; without one, these tests are skipped."""
    if CHROMIUM is None:
        word = "There is no `chromium` on the PATH: pages are not opened in a real browser."
        pytest.fail(word) if REQUIRED else pytest.skip(word)
    with launched() as browser:
        yield browser


@contextmanager
def opening(chromium):
    """Give a function that opens pages; close them afterwards."""
    contexts = []

    def open_page(site, *, locale="en-US", viewport=None, javascript=False, state=None):
        context = chromium.new_context(
            base_url=site.url, locale=locale, viewport=viewport or DESK, java_script_enabled=javascript,
            storage_state=state, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(chromium):
    """Open a page of a site in a separate browser profile, without JavaScript unless requested.

    Reduced motion saves the quarter of a second that each page transition takes.
    """
    with opening(chromium) as open_page:
        yield open_page


@pytest.fixture
def site(tmp_path):
    """An empty application in which Alice is an admin of everything."""
    with Site(tmp_path) as site:
        with site.open() as make:
            alice = make.user("Alice", email="alice@example.org", password=PASSWORD)
            make.grant(alice, Role.ADMIN)
        yield site


@pytest.fixture(scope="package")
def story_site(tmp_path_factory):
    """The application with the demo story, for tests that change nothing. `password` signs in to each of its accounts.

    It also contains what the story lacks: a digest that waits for approval, an email that cannot be sent, and incoming
    articles.
    """
    with Site(tmp_path_factory.mktemp("story")) as site:
        with site.app.app_context():
            site.password = story.load(site.app)
        with site.open() as make:
            make.call(campaigns.listing()[0])
            site.drafts = [digests.compose_now(campaigns.listing()[0])]
            assert site.drafts[0].campaign.slug
            user = accounts.by_email("ana@example.org")
            deliveries.queue(DeliveryKind.INVITATION, user=user, occasion="again", due_at=clock.now())
            stuck = due_ids(1)[0]
            attempts.postpone(stuck, claim_email(stuck, timedelta(0)), "451 Greylisted, try again later")
            _bring_in(accounts.by_email("admin@example.org"))
        yield site


def _bring_in(admin):
    """Add one article that is waiting, one that was read, one that failed, and one that is listed by a feed."""
    for number in range(3):
        intake = intakes.begin(IntakeSource.ADDRESS, by=admin, url=f"https://paper.example.org/{number}")
        if number == 1:
            intakes.note_text(intake, from_text(newspaper.text()), pasted=newspaper.text())
        if number == 2:
            intakes.note_failure(intake, intakes.claim(intake.id, timedelta(0)), "blocked")
    feed = feeds.add("https://paper.example.org/feed", by=admin)
    feeds.note_failure(feed, feeds.claim(feed.id), "gone", retry_after=None, over=True)
    entry = Entry(
        "1", "https://paper.example.org/entry", "Paro en el puerto", (), None, "Los estibadores pararon.", "es"
    )
    feeds.list_entries(feed, "The Paper", [entry], first=True)


def sign_in(page: Page, email, password=PASSWORD):
    """Sign in, on the current page or on the sign-in page."""
    if page.url == "about:blank":
        page.goto("/sign-in")
    page.locator("input[type=password]").fill(password)
    page.locator("input[type=email]").fill(email)
    page.locator("main button").click()
    expect(page.locator("input[type=password]")).to_have_count(0)


def field(page: Page, label):
    """The field with a label."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(.+\))?\s*$")).first


def fill_in(page: Page, values):
    """Fill in, choose or check fields by label."""
    for label, value in values.items():
        it = field(page, label)
        it.wait_for()
        if isinstance(value, bool):
            it.set_checked(value)
        elif it.locator("option").count():
            it.select_option(label=value)
        else:
            it.fill(value)


def press(page: Page, name):
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name):
    """Follow the first link with this name on the page."""
    page.get_by_role("link", name=name, exact=True).first.click()


def sees(page, *texts):
    """Check that texts are visible; the content of a closed fold is not."""
    for text in texts:
        expect(page.locator("body")).to_contain_text(text, use_inner_text=True)


def misses(page, *texts):
    """Check that texts are not on the page."""
    for text in texts:
        expect(page.locator("body")).not_to_contain_text(text, use_inner_text=True)


def is_titled(page: Page, title):
    """Check the heading of the page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def read_letter(page: Page, subject):
    """Open the latest email with this subject in the local mailbox, as an admin."""
    page.goto("/mailbox")
    follow(page, subject)
    is_titled(page, subject)


def link_in_letter(page: Page, part):
    """The address in the plain text of the open email."""
    return page.locator(f"pre a[href*='{part}']").get_attribute("href")
