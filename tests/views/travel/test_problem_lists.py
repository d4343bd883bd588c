"""Route problems in lists: those that affect someone are detailed, all others take one line."""

from html import unescape

import pytest

from app.models.accounts.accounts import Role
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


@pytest.mark.parametrize("path", ["/congresses/{}", "/congresses/{}/problems"])
def test_a_problem_that_affects_nobody_takes_one_line(congress, browse, path):
    ana, number = congress
    page = unescape(browse(ana).get(path.format(number)).get_data(as_text=True))
    assert page.count('<li class="line">') == 1
    line = page.partition('<li class="line">')[2].partition("</li>")[0]
    assert "Airspace of Brazil" in line
    assert "affects no one" in line
    assert page.count('<div class="alert') == (0 if path.endswith("problems") else 1)


def test_the_board_names_each_problem_once(congress, browse):
    ana, number = congress
    page = unescape(browse(ana).get(f"/congresses/{number}").get_data(as_text=True))
    assert "Other route problems" in page
    assert page.count("Airspace of Venezuela closed to all carriers") == 1
    assert page.count("Airspace of Brazil closed to all carriers") == 1
