"""Every page of the demo: valid, small, legible and accessible."""

import re
from collections import defaultdict
from functools import partial
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from sqlalchemy import select

from app import clock, tokens
from app.config import MEMBER_LOCALES
from app.emails.congress.personal import personal_page
from app.emails.mobilizing.decisions import host_page
from app.emails.mobilizing.shifts import my_shifts_page
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegate
from app.models.mobilizing.shifts import ShiftPlace
from app.models.mobilizing.sign_ups import SignUp
from app.queries.accounts import accounts
from tests.browser.conftest import opening, press, sign_in
from tests.browser.crawling import Crawler

TARGETS = {"target-size": {"enabled": True}}
"""The only rule of WCAG 2.2 that axe does not check by default."""
VIOLATIONS = """options => axe.run(options)
    .then(({violations}) => violations.map(it => [it.id, it.help, it.nodes[0].html]))"""
BROWSER_LOCALE = {"es": "es-ES", "en": "en-US"}
FIRST_LOAD = 14 * 1024
LETTERS = {"previewing.letter", "mail.letter_html", "mailings.letter"}
"""These are shown in a sandboxed frame and therefore checked separately."""
OF_STRANGERS = {
    "accounts.sign_in", "accounts.forgotten", "accounts.choose_password", "codes.ask", "passkeys.sign_in", "factor_resets.cancel", "subscriptions.asked", "personal.show", "personal_cards.file", "personal_cards.show", "sign_up_links.asked", "my_shifts.show",
    "hosting.show", "hosting.edit", "hosting.move", "hosting.turnout", "host_coverage.picture", "host_coverage.press_link", "host_coverage.file",
    "my_shifts.swap", "shared_actions.handed_back", "action_links.begin", "calendar_feeds.actions", "calendar_feeds.our_mobilizations",
    "personal_calendars.my_shifts_feed", "signs.alive", "signs.ready",
}  # fmt: skip
"""No link leads there from within."""
BEGIN_FORMS = ("/new", "/add", "/paste", "/sign-in", "/forgotten")
"""How the paths of forms end that create something and have required fields."""

UNFOLD = "() => document.querySelectorAll('details').forEach(it => it.open = true)"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SAID = "() => [document.documentElement.lang, document.title, document.querySelectorAll('h1').length]"
WITHOUT_LABEL = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter(it => it.checkVisibility() && !it.ariaLabel && ![...it.labels].some(label => label.textContent.trim()))
    .map(it => it.name)"""
TOO_LOW = """() => [...document.querySelectorAll(
        "button, .btn, header a, nav a, footer a, summary, select, textarea, label:has(> [type=radio])," +
        "input:not([type=hidden], [type=checkbox], [type=radio])"
    )].filter(it => it.checkVisibility()).map(it => [it.getBoundingClientRect().height, it.outerHTML])
    .filter(([height]) => height < 43.9).map(([height, html]) => `${height} px: ${html.slice(0, 90)}`)"""

UNBALANCED = """() => [...document.querySelectorAll(".cols")].map(cols => {
        const ends = {}, top = cols.getBoundingClientRect().top, middle = innerWidth / 2;
        for (const it of cols.querySelectorAll("h2, p, li, dd, td, figure, input, select, button")) {
            if (!it.checkVisibility()) continue;
            const box = it.getBoundingClientRect(), side = box.left < middle ? "left" : "right";
            ends[side] = Math.max(ends[side] ?? 0, Math.round(box.bottom - top));
        }
        return ends;
    }).filter(({left, right}) => Math.max(left ?? 0, right ?? 0) > innerHeight)
    .filter(({left, right}) => Math.min(left ?? 0, right ?? 0) < Math.max(left ?? 0, right ?? 0) / 2)
    .map(ends => JSON.stringify(ends))"""
"""Columns of which one extends below the fold while the other ends before half of its height."""
HALF_EMPTY = """() => [...document.querySelectorAll("main > form.sheet, main > div > form.sheet")].filter(form => {
        const typed = form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea");
        const ends = [...typed].map(it => it.getBoundingClientRect().right);
        if ([...typed].every(it => it.type === "number")) return false;
        return ends.length && Math.max(...ends) < form.getBoundingClientRect().left + 0.8 * form.clientWidth;
    }).map(form => form.action)"""
"""Forms whose fields leave one side of the page empty; a number is never wide."""
TWO_STOPS = re.compile(r"\S*[^.\s]\.\.(?!\.)")
ADDRESS = re.compile(r"https?://\S+")
NO_SPACE = re.compile(r"\w[a-záéíóúñ)][.!?][A-ZÁÉÍÓÚÑ¿¡0-9]\w*|\w \.(?!\.)|\w ,")
"""A sentence that begins right after the one before it, or a space before a period or comma."""
HEIGHT = "() => document.querySelector('table').offsetHeight"


class Tour:
    """The pages to visit: the largest of each kind, and the smallest if it differs; and public ones.

    `examples` are one of each kind: for axe, which takes longest. Every fourth is also opened in English and in the dark.
    """

    def __init__(self, site, browser):
        self.states = {}
        context = browser.new_context(base_url=site.url)
        page = context.new_page()
        sign_in(page, "admin@example.org", site.password)
        for locale, name in (("es", None), ("en", "English")):
            if name:
                press(page, name)
            self.states[locale] = context.storage_state()
        self.fetched = Crawler(site, context.cookies()).follow_all(
            "/", at_most=10, whole={"delegations.show", "mail.letter"}
        )
        context.close()
        self.by_endpoint = defaultdict(list)
        for one in self.fetched:
            if one.status == 200:
                self.by_endpoint[one.endpoint].append(one)
        extremes, self.examples = {}, {"/no-such-page"}
        for endpoint, found in self.by_endpoint.items():
            by_weight = sorted(found, key=lambda one: one.weight)
            extremes[by_weight[-1].path] = endpoint
            self.examples.add(by_weight[-1].path)
            if by_weight[0].weight < 0.9 * by_weight[-1].weight:
                extremes[by_weight[0].path] = endpoint
        self.letters = [path for path, endpoint in extremes.items() if endpoint in LETTERS]
        others = LETTERS | {
            "days_of_action.hours", "days_of_action.places", "days_of_action.turnout", "campaign_reports.as_table", "campaign_reports.turnout", "mobilizations.as_calendar",
            "public_statements.signatures", "public_statements.text", "public_days.feed", "public_mobilizations.as_calendar", "public_mobilizations.picture", "coverage.picture", "public_days.hours", "public_days.places", "follow_ups.as_calendar", "personal_calendars.action_feed", "personal_calendars.my_shifts_feed", "attachments.download", "shared_actions.download", "absences.as_table", "notices.binary", "notices.readable", "atom.articles", "imports.refused", "affiliations.drawing", "maps.drawing", "ways.drawing", "cards.journey_file", "cards.way_file",
        }  # fmt: skip
        self.inside = [(path, 200) for path, endpoint in extremes.items() if endpoint not in others]
        self.inside.append(("/no-such-page", 404))
        with site.open(), site.app.test_request_context():
            user = accounts.by_email("ana@example.org")
            word = tokens.sign_password_link(site.app.config["SECRET_KEY"], user)
            to_come = select(Congress.id).where(Congress.end_date >= clock.now().date())  # links of others are over
            found = select(Delegate).where(Delegate.congress_id.in_(to_come)).order_by(Delegate.id)
            delegate = db.session.scalars(found).first()
            mine = urlsplit(personal_page(delegate)).path
            place = db.session.scalars(select(ShiftPlace).order_by(ShiftPlace.id)).first()
            my_shifts = urlsplit(my_shifts_page(place.member)).path
            hosted = db.session.scalars(select(SignUp).where(SignUp.decision.is_not(None)).order_by(SignUp.id)).first()
            hosting = urlsplit(host_page(hosted)).path
        slug = self.by_endpoint["subscriptions.subscribe"][0].path
        signing = self.by_endpoint["public_mobilizations.attend"][0].path.partition("/mobilizations/")[0]
        self.outside = [
            (mine, 200), ("/here/none", 404),
            *((f"{hosting}{page}", 200) for page in ("", "/edit", "/move", "/turnout", "/pictures", "/press")),
            (my_shifts, 200), (f"{my_shifts}/places/{place.id}/swap", 200),
            ("/sign-in", 200), ("/forgotten", 200), (f"/password/{word}", 200), ("/password/none", 410), (slug, 200),
            (f"{slug}/asked", 200), (f"{signing}/signed-up", 200), ("/c/no-such-campaign", 404),
            *((self.by_endpoint[f"subscriptions.{name}"][0].path, 200) for name in ("confirm", "unsubscribe")),
        ]  # fmt: skip
        self.examples.update(path for path, _ in self.outside)


@pytest.fixture(scope="module")
def tour(story_site, chromium):
    return Tour(story_site, chromium)


def pages(site, open_page, tour, locale, *, watch=lambda _page: None, among=lambda _path: True):
    """Visit all pages in one language, or some of them; yield each path and the page with all folds open."""
    common = {"locale": BROWSER_LOCALE[locale], "javascript": True}
    inside = open_page(site, state=tour.states[locale], **common)
    outside = open_page(site, **common)
    for page, stops in ((inside, tour.inside), (outside, tour.outside)):
        watch(page)
        for path, status in stops:
            if among(path):
                response = page.goto(path)
                assert response.status == status, f"{path} answers {response.status}"
                page.evaluate(UNFOLD)
                yield path, page


class Report:
    """The faults found on all pages in one language."""

    def __init__(self, site, open_page, tour, locale):
        self.wrong_heads, self.wide, self.low, self.odd, self.complaints, self.barriers = [], [], {}, [], [], []
        self._site, self._locale = site, locale
        self._missing = {f"{site.url}{path}" for path, status in tour.inside + tour.outside if status != 200}
        self.visited = 0
        fourth = set(sorted(tour.examples)[::4])
        among = fourth.__contains__ if locale == "en" else lambda _path: True  # sentences in Spanish are longer
        for path, page in pages(site, open_page, tour, locale, watch=self._watch, among=among):
            self.visited += 1
            self._read_head(path, page)
            if locale == "es" and path in tour.examples:  # barriers are the same in every language
                self._find_barriers(path, page, in_the_dark=path in fourth)
            self._measure(path, page)

    def _watch(self, page):
        page.on("request", lambda it: it.url.startswith(self._site.url) or self.complaints.append(it.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._complain)

    def _complain(self, message):
        if message.location["url"] not in self._missing:
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _read_head(self, path, page):
        lang, title, headings = page.evaluate(SAID)
        own = (
            path.startswith(BY_LINK) or "locale=" in path
        )  # in the language of its recipient, or as the query string says
        right = lang in MEMBER_LOCALES if own else lang == self._locale
        if not (right and headings == 1 and title.partition("–")[0].strip()):
            self.wrong_heads.append(f"{path}: {lang!r}, {title!r}, {headings} first headings")
        self.wrong_heads += [f"{path}: {name} has no label" for name in page.evaluate(WITHOUT_LABEL)]

    def _find_barriers(self, path, page, in_the_dark):
        self.barriers += barriers(page, path)
        if in_the_dark:  # all pages have the same colors
            page.emulate_media(color_scheme="dark")
            self.barriers += barriers(page, f"{path}, dark", only=["color-contrast"])
            page.emulate_media(color_scheme="light")

    def _measure(self, path, page):
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            if over := page.evaluate(TOO_WIDE):
                self.wide.append(f"{path} is {over} px too wide at {width} px")
            if width == 360:
                self.low |= dict.fromkeys(page.evaluate(TOO_LOW), path)
        self.odd += [f"{path}: {found} ends twice" for found in TWO_STOPS.findall(page.inner_text("main"))]
        self.odd += [
            f"{path}: space around {found}" for found in NO_SPACE.findall(ADDRESS.sub("", page.inner_text("main")))
        ]
        self.odd += [f"{path}: columns end at {ends}" for ends in page.evaluate(UNBALANCED)]
        self.odd += [f"{path}: the form to {where} fills half of the page" for where in page.evaluate(HALF_EMPTY)]


@pytest.fixture(scope="module", params=["es", "en"])
def report(request, story_site, chromium, tour):
    with opening(chromium) as open_page:
        return Report(story_site, open_page, tour, request.param)


@pytest.fixture
def walk(story_site, open_page, tour):
    """Visit all pages in one language, or some of them; yield each path and the page with all folds open."""
    return partial(pages, story_site, open_page, tour)


UNREACHED_IN_THE_STORY = {
    "passkeys.offer",  # browsers offer no passkeys at the address of the story, which has no name
    "shared_actions.download",
    "public_mobilizations.picture",
    "stages.sheets",  # no file of the story has several sheets
    "saved_filters.edit",  # nobody has saved a filter
    "scheduled_exports.edit",  # nobody has scheduled an export
    "scheduled_exports.file",
    "mailings.approve",  # nobody in the segment of the story has agreed to emails
    "mailing_sending.show",  # so no mailing of the story has been sent
    "unsubscribing.ask",
    "other_names.edit",  # not among the people visited
    "relations.edit",
    "consents.withdraw",
    "organization_tags.new",  # an unknown tag has to be typed first
    "person_tags.new",
    "selected.choose",  # the form around the list leads to it
    "public_brigades.join",  # the campaign that has the brigade of the story is not open to sign-ups
    "taking_over.accept",
    "taking_over.decline",
    "statements.publish",  # the statement of the story has not been changed since it was published
    "public_statements.sign_anew",
    "quick_entry.new",  # the forms on other pages lead to it
    "assigning.assign",
    "selected_actions.assign",
    "selected_actions.choose",
    "selected_actions.complete",
    "selected_actions.drop",
    "selected_actions.move",
    "selected_actions.prioritize",
    "enrolling.invite",
    "enrolling.subscribe",
    "selected.move",
    "selected.tag",
    "selected.untag",
    "selected_organizations.choose",
    "selected_organizations.tag",
    "selected_organizations.untag",
    "interactions.of_person",  # nobody has more interactions than the page of a person shows
    "interactions.of_organization",
    "accounts.first_admin",  # only without any account
    "locks.opening",  # only in a house that is locked
    "subscriptions.preferences",  # no link to the preferences has been asked for
    "address_changes.new",
    "address_changes.confirm",  # no change of address is pending
    "address_changes.undo",
    "follow_ups.moved",  # older emails lead there
    "follow_ups.book",  # no alternative route has been chosen
    "ways.undo",
    "help_calls.close",  # no call for help is open
    "texts.show",  # every article has an address
    "places.edit",  # all places of the story are built in
    "problems.lift",  # the closures of the story have no end yet, or are over
}
BY_LINK = (
    "/here/", "/shifts/", "/hosting/", "/sign-up/", "/do/", "/confirm/", "/preferences/", "/wishes/", "/unsubscribe/", "/no-emails/", "/password/", "/address/",
)  # fmt: skip
"""The beginnings of the paths that signed links open."""


def test_links_reach_every_kind_of_page_and_no_other_site(story_site, tour):
    drafts = {f"/c/{one.campaign.slug}/digests/{one.id}" for one in story_site.drafts}
    missing = {urlsplit(one.path).path for one in tour.fetched if one.status != 200}  # in any language
    assert missing == drafts  # their emails link to where they will be
    rules = story_site.app.url_map.iter_rules()
    pages = {rule.endpoint for rule in rules if "GET" in rule.methods and rule.endpoint != "static"}
    assert pages - set(tour.by_endpoint) == OF_STRANGERS | UNREACHED_IN_THE_STORY


def test_every_page_is_at_most_14_kilobytes_including_its_style(tour):
    assert {one.path: one.weight for one in tour.fetched if one.kind == "text/html" and one.weight > FIRST_LOAD} == {}
    assert all("<style>" in one.html for one in tour.fetched if one.kind == "text/html")


def test_every_page_has_a_title_one_heading_a_language_and_a_label_for_each_field(report):
    assert not report.wrong_heads, listed(report.wrong_heads)


def test_no_page_is_too_wide_half_empty_or_has_double_periods_and_all_touch_targets_are_large_enough(report):
    assert not report.wide, listed(report.wide)
    assert not report.odd, listed(report.odd)
    assert not report.low, listed(f"{target}, as on {path}" for target, path in report.low.items())


def test_no_page_requests_another_host_or_logs_console_errors(report):
    assert report.visited > 40
    assert not report.complaints, listed(report.complaints)


def test_every_page_is_accessible_in_light_and_dark_mode(report):
    assert not report.barriers, listed(report.barriers)


def test_emails_are_shown_completely_in_their_frames(walk):
    faults = []
    for path, page in walk(
        "es", among=re.compile(r"/(campaigns/\d+/digests|mailbox)/\d+(\?(?!.*scheme=text).*)?$").match
    ):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            shown = page.locator(".letter iframe").evaluate("it => it.clientHeight")
            if (height := page.frames[1].evaluate(HEIGHT)) > shown:
                faults.append(f"{path}: {shown} of {height} px of the letter are shown at {width} px")
    assert not faults, listed(faults)


def test_the_errors_of_an_empty_form_are_accessible(walk):
    faults, tried = [], set()

    def once(path):
        kind = re.sub(r"\d+|\?.*", "", path)
        return kind.endswith(BEGIN_FORMS) and not (kind in tried or tried.add(kind))

    for path, page in walk("es", among=once):
        page.locator("form.sheet button").last.click()
        expect(page.locator(".errors")).to_be_visible()
        faults += barriers(page, path)
        for link in page.locator(".errors a").all():
            wrong = page.locator(link.get_attribute("href"))
            expect(wrong).to_have_attribute("aria-invalid", "true")
            expect(wrong).to_have_accessible_description(re.compile(r"\w"))
    assert len(tried) >= 10
    assert not faults, listed(faults)


def test_emails_fit_a_phone_and_are_accessible(story_site, open_page, tour):
    faults = []
    page = open_page(story_site, javascript=True, state=tour.states["es"])
    for path in tour.letters:
        html = page.request.get(path).text()
        page.set_content(html)
        assert len(html.encode()) < 100_000
        assert page.locator("html").get_attribute("lang") in MEMBER_LOCALES
        assert page.locator("img, script, link, iframe, form").count() == 0
        for width in (320, 360, 640):
            page.set_viewport_size({"width": width, "height": 740})
            if over := page.evaluate(TOO_WIDE):
                faults.append(f"{path} is {over} px too wide at {width} px")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += barriers(page, f"{path}, {scheme}", only=["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])
    assert not faults, listed(faults)


def listed(faults):
    """One fault per line, without duplicates."""
    return "\n".join(["", *dict.fromkeys(faults)])


def barriers(page, path, only=None):
    """The violations that axe finds: the rule, and the first element that violates it."""
    which = {"runOnly": only} if only else {"rules": TARGETS}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], **which})
    return [f"{path}: {name}: {words}: {html[:150]}" for name, words, html in found]
