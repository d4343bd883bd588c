"""Paginated lists: searched and filtered in the database, with links that keep the search."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update

from app.domain.imports import imports
from app.domain.mail import deliveries
from app.domain.travel import help_calls, places
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import Approval
from app.models.campaigns.digests import Digest, DigestStatus
from app.models.congress.delegations import DelegationStatus
from app.models.mail.deliveries import Delivery, DeliveryKind, MailboxLetter
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.places import Mode, PlaceKind
from app.queries.paging import PAGE
from tests.databases import BOTH_DATABASES
from tests.factories import utc

MANY = PAGE + 3
NOON = utc("2025-12-01 12:00")


class Seeds:
    """Creates rows of each listed kind; the name of each row contains its number."""

    def __init__(self, make):
        make._done = lambda row: (db.session.flush(), row)[1]  # committed when the application is closed
        self.make = make
        self.admin = make.user("Ada", email="ada@example.org")
        make.grant(self.admin, Role.ADMIN)
        self.congress, self.union = make.congress(), make.organization("Dockers")
        self.campaign = make.campaign(slug="peace", public_archive=True)

    def follow_up(self, name):
        self.make.follow_up(self.congress, self.admin, title=name)

    def subscriber(self, name):
        self.make.subscription(self.campaign, f"{name.replace(' ', '').replace('ú', 'u').lower()}@example.org")

    def account(self, name):
        self.make.user(name, email=f"{name[-3:]}@example.org")

    def article(self, name):
        self.make.cite(self.make.article(name), self.campaign)

    def letter(self, name):
        letter = MailboxLetter(
            message_id=f"<{name[-3:]}@example.org>", recipient="one@example.org", subject=name, content=b"",
            received_at=NOON,
        )  # fmt: skip
        db.session.add(letter)

    def person(self, name):
        self.make.person("Rosa", name)

    def organization(self, name):
        self.make.organization(name)

    def template(self, name):
        self.make.template(title=name)

    def segment(self, name):
        self.make.segment(name=name)

    def mailing(self, name):
        self.make.mailing(subject=name)

    def resolution(self, name):
        self.make.resolution(self.congress, name)

    def tag(self, name):
        self.make.tag(name)

    def interaction(self, name):
        self.make.interaction(organization=self.union, congress=self.congress, subject=name)

    def imported(self, name):
        imports.begin(io.BytesIO(b"name\nAna"), name, by=self.admin)

    def delegation(self, name):
        self.make.delegation(self.congress, organization=self.make.organization(name), delegates=0)

    def absence(self, name):
        organization = self.make.organization(name)
        self.make.delegation(
            self.congress,
            organization=organization,
            delegates=0,
            status=DelegationStatus.UNABLE_TO_ATTEND,
            reason="No visa",
        )

    def crossing(self, name):
        self.make.crossing(name=name)

    def place(self, name):
        places.add_place(name=name, kind=PlaceKind.CITY, code=None, country="CO", timezone="America/Bogota")

    def service(self, name):
        place = places.add_place(
            name=name,
            kind=PlaceKind.CITY,
            code=None,
            country="CO",
            timezone="America/Bogota",
            latitude=None,
            longitude=None,
        )
        values = {"mode": Mode.ROAD, "carrier": None, "frequency": 1, "minutes": None, "cost": None, "note": None}
        places.add_service(values | {"origin": place, "destination": self.make.place("BOG")})

    def problem(self, name):
        self.make.problem(self.congress, kind="carrier", country=None, carrier=name)

    def more_congresses(self, name):
        self.make.congress(name)

    def more_campaigns(self, name):
        self.make.campaign(name)

    def feed(self, name):
        self.make.feed().title = name

    def help_call(self, name):
        delegation = self.make.delegation(self.congress, delegates=0)
        help_calls.call(self.make.seat(delegation, self.make.person("Rosa", name, congress=self.congress)))

    def intake(self, name):
        self.make.intake(self.admin, url=f"https://paper.example.org/{name[-3:]}").fields = {"headline": name}

    def call(self, name):
        self.make.call(self.campaign, titles={"en": name})

    def day_of_action(self, name):
        self.make.day_of_action(self.campaign, titles={"en": name})

    def letter_text(self, name):
        self.make.letter_text(self.campaign, name)

    def target(self, name):
        self.make.target(self.campaign, name)

    def mobilization(self, name):
        self.make.mobilization(self.campaign, title=name)

    def sign_up(self, name):
        self.make.sign_up(self.campaign, name=name)

    def statement(self, name):
        self.make.statement(self.campaign, titles={"en": name}, texts={"en": "We want peace."}, published=False)

    def brigade(self, name):
        self.make.brigade(self.campaign, name)

    def shift(self, name):
        if name.endswith("000"):
            self.brigade_of_shifts = self.make.brigade(self.campaign)
        self.make.shift(self.brigade_of_shifts, "2026-01-05T09:00", venue=name)

    def digest(self, name):
        day = utc("2025-01-01 12:00") + timedelta(days=int(name[-3:]))
        digest = Digest(
            campaign_id=self.campaign.id, period_start=day, period_end=day + timedelta(days=1),
            status=DigestStatus.SENT, approval=Approval.ONE_PERSON, revision=1, openings={}, with_calls=False,
            composed_at=day, sent_at=day,
        )  # fmt: skip
        db.session.add(digest)
        db.session.flush()
        deliveries.queue(DeliveryKind.DIGEST, occasion=name, due_at=day, user=self.admin, digest_id=digest.id)
        db.session.execute(update(Delivery).values(sent_at=day))

    def delegate(self, name):
        delegation = self.make.delegation(self.congress, delegates=0) if name.endswith("000") else self.seats
        self.seats = delegation
        self.make.seat(delegation, self.make.person("Rosa", name, congress=self.congress))

    def check_in(self, name):
        delegate = self.make.seat(
            self.make.delegation(self.congress, delegates=0), self.make.person("Rosa", name, congress=self.congress)
        )
        if name.endswith("000"):
            self.problem_asked_about = self.make.problem(self.congress)
        answer = (Answer.SAFE, None, Answer.NEED_HELP)[int(name[-3:]) % 3]
        db.session.add(
            CheckIn(
                congress_id=self.congress.id,
                problem_id=self.problem_asked_about.id,
                delegate_id=delegate.id,
                asked_at=NOON,
                answer=answer,
                answered_at=NOON if answer else None,
            )
        )

    def way(self, name):
        delegation = self.make.delegation(self.congress, organization=self.make.organization(name), delegates=0)
        self.make.leg(delegation)
        if name.endswith("000"):
            self.make.problem(self.congress)


LISTS = {
    "users.index": (Seeds.account, "/users"),
    "follow_up_lists.index": (Seeds.follow_up, "/follow-ups"),
    "follow_up_lists.of_congress": (Seeds.follow_up, "/congresses/1/follow-ups"),
    "subscribers": (Seeds.subscriber, "/campaigns/1/subscribers"),
    "cited": (Seeds.article, "/campaigns/1/articles"),
    "articles.index": (Seeds.article, "/articles"),
    "mailbox": (Seeds.letter, "/mailbox"),
    "people.index": (Seeds.person, "/people"),
    "organizations.index": (Seeds.organization, "/organizations"),
    "interactions.index": (Seeds.interaction, "/interactions"),
    "tags.index": (Seeds.tag, "/tags"),
    "templates.index": (Seeds.template, "/action-templates"),
    "segments.index": (Seeds.segment, "/segments"),
    "mailings.index": (Seeds.mailing, "/mailings"),
    "resolutions.index": (Seeds.resolution, "/congresses/1/resolutions"),
    "imports.index": (Seeds.imported, "/people/imports"),
    "congresses.index": (Seeds.more_congresses, "/congresses"),
    "delegations.index": (Seeds.delegation, "/congresses/1/delegations"),
    "absences": (Seeds.absence, "/congresses/1/absences"),
    "crossings.index": (Seeds.crossing, "/crossings"),
    "places.index": (Seeds.place, "/places"),
    "services.index": (Seeds.service, "/services"),
    "problems.index": (Seeds.problem, "/congresses/1/problems"),
    "ways.index": (Seeds.way, "/congresses/1/problems/1/ways"),
    "help_calls.index": (Seeds.help_call, "/congresses/1/help"),
    "campaigns.index": (Seeds.more_campaigns, "/campaigns"),
    "feeds.index": (Seeds.feed, "/feeds"),
    "intakes.index": (Seeds.intake, "/intakes?show=waiting"),
    "calls.index": (Seeds.call, "/campaigns/1/calls"),
    "days_of_action.index": (Seeds.day_of_action, "/campaigns/1/days-of-action"),
    "mobilizations.index": (Seeds.mobilization, "/campaigns/1/mobilizations"),
    "letter_texts.index": (Seeds.letter_text, "/campaigns/1/letters"),
    "targets.index": (Seeds.target, "/campaigns/1/targets"),
    "sign_ups.index": (Seeds.sign_up, "/campaigns/1/sign-ups"),
    "statements.index": (Seeds.statement, "/campaigns/1/statements"),
    "brigades.index": (Seeds.brigade, "/campaigns/1/brigades"),
    "shifts.index": (Seeds.shift, "/campaigns/1/brigades/1/shifts"),
    "digests.index": (Seeds.digest, "/campaigns/1/digests"),
    "archive.index": (Seeds.digest, "/c/peace/digests"),
    "today": (Seeds.follow_up, "/"),
    "delegates": (Seeds.delegate, "/congresses/1/delegations/1"),
    "personal links": (Seeds.delegate, "/congresses/1/delegations/1/links"),
    "check-in": (Seeds.check_in, "/congresses/1/problems/1/check-in"),
}
"""Each page with a list: the function that creates a row, and the address."""
UNSEARCHED = {
    "letter_texts.index",
    "absences",
    "imports.index",
    "ways.index",
    "calls.index",
    "days_of_action.index",
    "statements.index",
    "digests.index",
    "archive.index",
    "today",
    "delegates",
    "personal links",
    "shifts.index",
    "check-in",
}


@pytest.fixture
def seeds(house, at):
    """Return a function that creates many rows of one kind, and the admin who views them."""
    at(NOON)

    def seed(*kinds, rows=MANY):
        with house.open() as make:
            made = Seeds(make)
            for number, kind in enumerate(kind for kind in kinds for _row in range(rows)):
                kind(made, f"Búsqueda {number:03}")
        return made.admin

    return seed


def names_on(page):
    """Return the names of the rows on a page."""
    main = page[page.index("<main") : page.index("</main>")]
    rows = main[re.search('<ul class="rows">|<table class="records">', main).start() :]
    rows = rows[: rows.index('<nav class="pager"')]
    called = re.findall(r"<(?:li|th)[^>]*>\s*(?:<input[^>]*>\s*)?<b[^>]*>(.*?)</b>", rows, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", name).split()) for name in called]


def test_every_index_page_is_tested_as_a_list(app):
    indexes = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.endswith(".index")}
    # *Today*, the removed records and a search are pages with several short lists; fields, saved filters and periods
    # and countries are few, as are ruled-out roads; suppressed addresses and returned emails are only counted
    short = {
        "today.index",
        "border_facts.index",
        "ruled_out_roads.index",
        "pending.index",
        "removed.index",
        "search.index",
        "custom_fields.index",
        "saved_filters.index",
        "retention.index",
        "returned.index",
        "suppressions.index",
    }
    assert indexes - short == {name for name in LISTS if name.endswith(".index")}


@BOTH_DATABASES
@pytest.mark.parametrize("name", LISTS)
def test_every_row_is_on_exactly_one_page_and_links_keep_the_search(browse, seeds, name):
    kind, path = LISTS[name]
    reader, found = browse(seeds(kind)), []
    if name not in UNSEARCHED:
        path += f"{'&' if '?' in path else '?'}q=busqueda"
    for _page in range(3):
        page = reader.get(path)
        assert page.status_code == 200
        names = names_on(page.text)
        assert len(names) <= PAGE
        found += names
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        if not following:
            break
        path = unescape(following[1])
        assert name in UNSEARCHED or "q=busqueda" in path
    assert (len(found), len(set(found))) == (MANY, MANY)
    assert 'rel="prev"' in page.text
    if "at=" in path:
        assert reader.get(re.sub(r"at=[\w-]+", "at=nonsense", path)).text.count('rel="next"') == 1
        return
    assert reader.get(re.sub(r"page=\d+", "page=999", path)).text.count('rel="prev"') == 1
    assert reader.get(re.sub(r"page=\d+", "page=-7", path)).text.count('rel="next"') == 1


@pytest.mark.parametrize("name", sorted(LISTS.keys() - UNSEARCHED))
def test_a_search_without_results_says_so_and_links_back(browse, seeds, name):
    kind, path = LISTS[name]
    page = browse(seeds(kind, rows=1)).get(f"{path}{'&' if '?' in path else '?'}q=nowhere")
    assert page.status_code == 200
    assert "0 found." in page.text
    assert "None found." in page.text
    assert f'href="{path.partition("?")[0]}">Show all' in page.text


def test_lists_of_a_congress_or_campaign_show_no_rows_of_another(browse, house, seeds):
    kinds = {path: kind for kind, path in LISTS.values() if re.fullmatch(r"/(congresses|campaigns)/1/[^/]+", path)}
    del kinds["/campaigns/1/digests"]  # these are named after their dates; query tests cover their content
    reader = browse(seeds(*dict.fromkeys(kinds.values()), rows=1))
    with house.open() as make:
        other = {"congresses": make.congress("Another"), "campaigns": make.campaign("Another", slug="another")}
    for path in kinds:
        _, owners, _, rows = path.split("/")
        shown = [reader.get(f"/{owners}/{number}/{rows}").text for number in (1, other[owners].id)]
        assert [bool(re.search("b[úu]squeda", page, re.IGNORECASE)) for page in shown] == [True, False], path


def test_an_unknown_filter_shows_all_rows(browse, seeds):
    reader = browse(seeds(Seeds.follow_up, Seeds.subscriber, Seeds.account))
    for name in ("follow_up_lists.of_congress", "subscribers", "users.index"):
        page = reader.get(f"{LISTS[name][1]}?show=nonsense&page=-4")
        assert (page.status_code, 'rel="next"' in page.text) == (200, True), name
        assert 'aria-invalid="true"' in page.text


@pytest.mark.parametrize(
    "name", ["people", "organizations", "crossings", "feeds", "intakes", "delegations", "problems"]
)
def test_every_offered_filter_works(browse, seeds, name):
    kind, path = LISTS[f"{name}.index"]
    reader, path = browse(seeds(kind, rows=1)), path.partition("?")[0]
    offered = re.search(r'<select[^>]* name="show">(.*?)</select>', reader.get(path).text, re.DOTALL)[1]
    values = re.findall(r'value="([^"]*)"', offered)
    assert len(values) > 1
    for value in values:
        page = reader.get(f"{path}?show={value}&q=rosa")
        assert (page.status_code, 'aria-invalid="true"' in page.text) == (200, False), value


def test_lists_show_the_rows_of_the_chosen_filter(browse, seeds):
    reader = browse(seeds(Seeds.follow_up, Seeds.subscriber))
    assert f"1 to {PAGE} of {MANY}" in reader.get("/congresses/1/follow-ups?show=open").text
    assert "0 found." in reader.get("/congresses/1/follow-ups?show=closed").text
    assert "1 found." in reader.get("/users?q=ada").text
    assert "None found." in reader.get("/campaigns/1/subscribers?show=unsubscribed").text


@pytest.mark.parametrize("show", ["", "stuck", "failed", "sent", "nonsense"])
def test_emails_are_listed_in_every_state_including_those_to_delegates(browse, house, seeds, show):
    admin = seeds()
    with house.open() as make:
        delegate = make.seat(make.delegation(make.congress()), make.person("Zoila", "Paz", email="zoila@example.org"))
        deliveries.queue_links(delegate.delegation)
    page = browse(admin).get(f"/deliveries?show={show}&q=zoila")
    assert page.status_code == 200
    assert ("Zoila Paz" in page.text) == (show in ("", "nonsense"))


def test_services_are_found_by_place_and_mode(browse, house, seeds):
    admin = seeds()
    with house.open() as make:
        make.service("CUC", "BOG")
    reader = browse(admin)
    assert "<li>" in reader.get("/services?q=bogota&show=air").text
    assert "None found." in reader.get("/services?q=bogota&show=river").text


def test_crossings_are_found_by_town_and_country_and_filtered_by_status(browse, house, seeds):
    admin = seeds()
    with house.open() as make:
        places.verify_crossing(make.crossing(name="Puente Internacional"), admin)
        make.crossing(name="Otro paso")
    reader = browse(admin)
    for words in ("puente", "cucuta colombia", "VENEZUELA puente", "kolumbien"):
        assert ("Puente Internacional" in reader.get(f"/crossings?q={words}").text) == (words != "kolumbien"), words
    assert "Otro paso" not in reader.get("/crossings?show=usable").text
    assert "Puente" not in reader.get("/crossings?show=unverified").text


def test_people_are_filtered_by_the_congress_they_are_recorded_for_or_attend(browse, house, seeds):
    admin = seeds()
    with house.open() as make:
        other = make.congress("Another")
        make.seat(make.delegation(other, delegates=0), make.person("Seated", "Elsewhere"))
        make.person("Kept", "There", congress=other)
        make.person("Nowhere", "Else")
    text = browse(admin).get(f"/people?show=congress:{other.id}").text
    assert [name in text for name in ("Seated Elsewhere", "Kept There", "Nowhere Else")] == [True, True, False]


def test_delegations_are_found_by_organization_and_country_and_filtered_by_standing(browse, house, seeds):
    admin = seeds()
    with house.open() as make:
        make.delegation(make.congress("Another"), "PE", organization=make.organization("Sindicato Único"))
    reader = browse(admin)
    for query in ("q=sindicato+peru", "q=unico&show=no_journey"):
        assert "Sindicato Único" in reader.get(f"/congresses/2/delegations?{query}").text, query
    assert "Sindicato" not in reader.get("/congresses/2/delegations?show=hit").text


def test_problems_are_found_by_affected_entities_and_filtered_by_status(browse, house, seeds):
    admin = seeds()
    with house.open() as make:
        make.problem(make.congress("Another"), reference="A0423/26")
    reader = browse(admin)
    for query in ("q=venezuela", "q=a0423", "q=venezuela+a0423&show=ahead"):
        assert "Airspace of Venezuela" in reader.get(f"/congresses/2/problems?{query}").text, query
    for query in ("q=peru", "show=over"):
        assert "Airspace of Venezuela" not in reader.get(f"/congresses/2/problems?{query}").text, query


def test_every_list_of_removable_records_links_to_the_removed_ones(app, browse, seeds):
    admin = browse(seeds())
    lists = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules() if rule.endpoint.endswith(".bring_back")}
    assert lists >= {"delegations", "feeds", "places", "users"}
    for name in lists - {"custom_fields"}:  # fields are retired, and brought back on their own page
        path = "/border-information" if name == "border_facts" else LISTS[f"{name}.index"][1]
        assert '<a href="/removed">' in admin.get(path).text, path
