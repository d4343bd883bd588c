"""The search for alternative routes: no input is ignored silently."""

import html
import re

import pytest

from app.models.accounts.accounts import Role
from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import LegStatus
from tests.factories import utc


@pytest.fixture
def page(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        delegation = make.delegation(make.congress())
    path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/ways"
    client = browse(alice)
    return lambda **asked: client.get(path, query_string=asked)


@pytest.mark.parametrize("text", ["US", "usa", "Estados Unidos, Panamá", "United States; GB", "États-Unis"])
def test_a_country_may_be_named_by_code_or_by_name(page, text):
    assert page(avoid=text, preference="fastest").status_code == 200


@pytest.mark.parametrize(("field", "text"), [("avoid", "US, Ruritania"), ("carriers", "NoSuchCarrier")])
def test_an_unknown_name_shows_an_error_on_its_field(page, field, text):
    response = page(**{field: text, "preference": "fastest"})
    assert response.status_code == 422
    body = html.unescape(response.get_data(as_text=True))
    assert f'id="{field}-error"' in body
    assert f'value="{text}"' in body


def test_a_search_changes_nothing_and_can_be_repeated(page):
    assert page().status_code == page().status_code == 200


def test_without_a_known_route_crossings_that_would_open_one_are_offered(house, browse, at):
    at(utc("2025-12-04 12:00"))
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        make.place("CCS")
        make.place("BOG")
        crossing = make.crossing()
        delegation = make.delegation(make.congress())
    path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/ways"
    body = browse(alice).get(path, query_string={"origin": "BOG", "preference": "fastest"}).get_data(as_text=True)
    assert f'<a href="/crossings/{crossing.id}">Cúcuta – San Antonio</a>' in body


def test_a_route_that_arrives_after_the_start_offers_to_leave_a_day_earlier(house, browse, at):
    at(utc("2025-12-09 12:00"))
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        make.service("BOG", "CCS")
        delegation = make.delegation(make.congress())
    path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/ways"
    asked = {"origin": "BOG", "starts": "2025-12-11T05:00", "preference": "fastest"}
    client = browse(alice)
    body = html.unescape(client.get(path, query_string=asked).get_data(as_text=True))
    link = re.search(r'href="([^"]+starts=2025-12-10T05(?:%3A|:)00[^"]*)"', body)
    assert link
    assert 'class="due"' in body
    body = html.unescape(client.get(link[1]).get_data(as_text=True))
    assert 'class="due"' not in body
    assert "starts=2025-12-09" not in body


@pytest.fixture
def with_a_refused_one(house, browse, at):
    """A delegation with a Spaniard, whom Venezuela refuses, and the page of its routes from Bogotá."""
    at(utc("2025-12-05 12:00"))
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        make.service("BOG", "CCS")
        congress = make.congress()
        delegation = make.delegation(congress)
        make.seat(delegation, make.person("Luz", "Vidal", congress=congress, nationality="ES"))
        make.problem(congress, "2025-12-01 00:00", None, kind="nationality", nationality="ES", country="VE")
    return browse(alice), f"/congresses/{congress.id}/delegations/{delegation.id}/ways"


def test_routes_for_those_who_are_refused_and_for_the_others_stand_apart(with_a_refused_one):
    client, path = with_a_refused_one
    asked = {"origin": "BOG", "preference": "fastest"}
    body = html.unescape(client.get(path, query_string=asked).get_data(as_text=True))
    assert "For 2 people" in body
    assert "For 1 person: Luz Vidal" in body
    assert "Refused entry by: Venezuela." in body
    link = re.search(r'href="([^"]+part=rest[^"]*)"', body)
    assert "Use the route Bogotá" in html.unescape(client.get(link[1]).get_data(as_text=True))
    gone = link[1].replace("part=rest", "part=XX")
    assert client.get(gone).status_code == 302


def test_a_delegation_that_has_arrived_needs_no_route_unless_one_from_elsewhere_is_asked_for(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        delegation = make.delegation(make.congress(), status=DelegationStatus.ARRIVED)
        make.leg(delegation, "BOG", "CCS", status=LegStatus.DONE)
    path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/ways"
    assert "This delegation has arrived." in browse(alice).get(path).text
    asked = browse(alice).get(path, query_string={"origin": "BOG", "preference": "fastest"}).text
    assert "This delegation has arrived." not in asked
