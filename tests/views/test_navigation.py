"""The navigation: every page belongs to a section, and every section can be reached by users who may open it."""

import re

import pytest

from app.models.accounts.accounts import Role
from app.views import SECTIONS
from app.web.access import Access, required_by
from app.web.navigation import IN_BAR, IN_FOOTER, IN_HEADER, Place, owner_of, section_of, sections

LINK = re.compile(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>\s*([^<]+?)\s*</a>')


@pytest.fixture
def situation(house):
    with house.open() as make:
        congress, campaign = make.congress(title="Congress of Quito"), make.campaign(title="Peace letters")
        delegation = make.delegation(congress=congress)
        admin, organizer, member = make.user(), make.user(), make.user()
        make.grant(admin, Role.ADMIN)
        make.grant(organizer, Role.ORGANIZER, congress=congress)
        make.grant(member, Role.MEMBER, congress=congress)
    return {
        "congress": congress,
        "campaign": campaign,
        "delegation": delegation,
        "admin": admin,
        "organizer": organizer,
        "member": member,
    }


def links(page, name):
    """Return the address, mark and name of each link in the navigation with a name."""
    found = re.search(rf'<nav[^>]* aria-label="{name}">(.*?)</nav>', page.text, re.DOTALL)
    return LINK.findall(found[1]) if found else []


def test_no_section_is_registered_twice():
    assert len({section.endpoint for section in SECTIONS}) == len(SECTIONS)


def test_every_page_that_requires_signing_in_belongs_to_a_section(app):
    with app.app_context():
        lost = {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if required_by(rule.endpoint) not in (Access.PUBLIC, Access.LINK, Access.MACHINE)
            and section_of(rule.endpoint) is None
        }
    assert lost == set()


def test_every_page_of_a_congress_or_campaign_belongs_to_a_section_of_it(app):
    with app.app_context():
        astray = {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if owner_of(rule.endpoint) and owner_of(section_of(rule.endpoint).endpoint) != owner_of(rule.endpoint)
        }
    assert astray == set()


def test_every_section_names_existing_pages_and_has_a_unique_position(app):
    with app.app_context():
        known = set(app.view_functions) | set(app.blueprints)
        assert {name for one in sections() for name in (one.endpoint, *one.holds)} - known == set()
        positions = [(one.place, owner_of(one.endpoint), one.rank) for one in sections()]
    assert len(positions) == len(set(positions))


def test_every_main_place_is_reachable_on_every_screen_size():
    assert set(IN_HEADER) | set(IN_FOOTER) == set(Place) - {Place.ACCOUNT}
    assert set(IN_BAR) | set(IN_FOOTER) == set(Place) - {Place.ACCOUNT}


def test_an_admin_can_reach_every_section_by_navigation_links(app, browse, situation):
    reader = browse(situation["admin"])
    congress, campaign = f"/congresses/{situation['congress'].id}", f"/campaigns/{situation['campaign'].id}"
    waiting, seen = ["/", "/account", congress, campaign], set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            page = reader.get(path)
            assert page.status_code == 200, path
            waiting += [
                url for name in ("Main navigation", "Section navigation") for url, _current, _name in links(page, name)
            ]
            footer = page.text[page.text.index("<footer>") :]
            waiting += [url for url, _current, _name in LINK.findall(footer)]
    adapter = app.url_map.bind("")
    assert {one.endpoint for one in app.extensions["navigation"]} <= {adapter.match(path)[0] for path in seen}


def test_every_page_of_a_congress_shows_its_sections_with_the_current_one_marked(browse, situation):
    congress, delegation = situation["congress"], situation["delegation"]
    reader = browse(situation["admin"])
    board = links(reader.get(f"/congresses/{congress.id}"), "Section navigation")
    names = [name for _url, _current, name in board]
    assert [one for one in ("Overview", "Delegations", "Route problems", "Actions", "Map", "Unable to attend") if one in names] == [
        "Overview", "Delegations", "Route problems", "Actions", "Map", "Unable to attend",
    ]  # fmt: skip
    assert [(name, current) for _url, current, name in board if current] == [("Overview", "page")]
    page = reader.get(f"/congresses/{congress.id}/delegations/{delegation.id}/legs/new")
    local = links(page, "Section navigation")
    assert [name for _url, _current, name in local] == names
    assert [(name, current) for _url, current, name in local if current] == [("Delegations", "true")]
    assert ("/congresses", "true", "Congresses") in links(page, "Main navigation")


def test_users_see_only_the_sections_that_they_may_open(browse, situation):
    board = f"/congresses/{situation['congress'].id}"
    seen = links(browse(situation["member"]).get(board), "Section navigation")
    assert [name for _url, _current, name in seen] == ["Overview", "Resolutions"]
    local = links(browse(situation["organizer"]).get(board), "Section navigation")
    assert local
    assert all(browse(situation["organizer"]).get(url).status_code == 200 for url, _current, _name in local)
    front = browse(situation["organizer"]).get("/").text
    assert "Administration" not in front


def test_a_campaign_shows_its_sections(browse, situation):
    campaign = situation["campaign"]
    page = browse(situation["admin"]).get(f"/campaigns/{campaign.id}/subscribers")
    assert ("Subscribers", "page") in [(name, current) for _url, current, name in links(page, "Section navigation")]
    assert "Overview" in [name for _url, _current, name in links(page, "Section navigation")]


def test_the_breadcrumb_trail_names_home_congress_section_and_record(browse, situation):
    congress, delegation = situation["congress"], situation["delegation"]
    reader = browse(situation["admin"])
    here = f"/congresses/{congress.id}/delegations/{delegation.id}"
    trail = links(reader.get(f"{here}/legs/new"), "You are here")
    assert [url for url, _current, _name in trail] == [
        "/", "/congresses", f"/congresses/{congress.id}", f"/congresses/{congress.id}/delegations", here,
    ]  # fmt: skip
    assert trail[2][2] == "Congress of Quito"
    assert [url for url, _current, _name in links(reader.get("/congresses"), "You are here")] == ["/"]
    assert links(reader.get("/"), "You are here") == []


def test_every_page_except_home_and_error_pages_has_a_breadcrumb_trail(browse, situation):
    reader = browse(situation["admin"])
    for path in (
        "/people",
        "/organizations/new",
        "/articles",
        "/feeds",
        "/mailbox",
        "/users",
        "/account",
        "/crossings",
    ):
        assert links(reader.get(path), "You are here"), path
    assert links(reader.get("/congresses/999999"), "You are here") == []
