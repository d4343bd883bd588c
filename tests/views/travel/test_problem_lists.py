"""Route problems in lists: those that affect someone are detailed, all others take one line."""

from html import unescape

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from tests.factories import utc


@pytest.fixture
def congress(house, at):
    """A congress with a closure that affects a leg and one that affects none."""
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        ana = make.user("Ana")
        congress = make.congress()
        make.grant(ana, Role.COORDINATOR, congress=congress)
        make.leg(make.delegation(congress))
        make.problem(congress, country="VE")
        make.problem(congress, country="BR")
    return ana, congress.id


def test_a_problem_that_affects_nobody_takes_one_line(congress, browse):
    ana, number = congress
    page = unescape(browse(ana).get(f"/congresses/{number}/problems").get_data(as_text=True))
    assert page.count('<li class="line">') == 1
    line = page.partition('<li class="line">')[2].partition("</li>")[0]
    assert "Airspace of Brazil" in line
    assert "affects no one" in line


def test_the_board_names_problems_that_affect_nobody_in_one_line(house, congress, browse):
    ana, number = congress
    with house.open() as make:
        for country in ("AR", "CL", "PE"):
            make.problem(db.session.get_one(Congress, number), country=country)
    page = unescape(browse(ana).get(f"/congresses/{number}").get_data(as_text=True))
    line = page.partition("4 affect no one:")[2].partition("</p>")[0]
    assert (line.count("<a "), "and 1 more" in line) == (3, True)
    assert page.count('<div class="alert') == 1


def test_the_board_names_each_problem_once(congress, browse):
    ana, number = congress
    page = unescape(browse(ana).get(f"/congresses/{number}").get_data(as_text=True))
    assert "Other route problems" in page
    assert page.count("Airspace of Venezuela closed to all carriers") == 1
    assert page.count("Airspace of Brazil closed to all carriers") == 1
