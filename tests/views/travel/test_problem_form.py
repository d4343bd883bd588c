"""The form of a route problem: short for a simple closure, and without defaults that nobody has chosen."""

import re

import pytest

from app.extensions import db
from app.models.travel.problems import Cause, RouteProblem
from tests.views.pages import text

CLOSURE = {"kind": "place", "place": "BOG", "effect": "no_service", "starts": "2025-12-09T00:00"}


@pytest.fixture
def path(house):
    with house.open() as make:
        congress = make.congress()
        make.place("BOG"), make.place("CUC")
        return f"/congresses/{congress.id}/problems/new"


def fold(page):
    """Return the opening tag of the daily hours."""
    return re.search(r"<details[^>]*>(?=\s*<summary>Only at certain hours)", page).group()


def chosen(page, name):
    """Return the chosen options of a select."""
    options = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL).group()
    return re.findall(r'<option selected value="([^"]*)">', options)


def test_a_new_problem_has_no_cause_and_no_entity_and_its_daily_hours_are_collapsed(alice, path):
    page = text(alice.get(path))
    assert chosen(page, "kind") == chosen(page, "cause") == [""]
    assert fold(page) == "<details>"
    for wanted in ('name="timezone" type="text" value=""', "– choose for me –"):
        assert wanted in page


def test_the_affected_entity_is_required(alice, path):
    answer = alice.post(path, data=CLOSURE | {"kind": ""})
    assert answer.status_code == 422
    assert re.search(r'id="kind-error">Choose one\.', answer.text)


def test_a_closed_airport_is_saved_with_that_cause(alice, path, house):
    location = alice.post(path, data=CLOSURE).location
    with house.open():
        assert [one.cause for one in db.session.query(RouteProblem)] == [Cause.AIRPORT_CLOSED]
    edit = text(alice.get(f"{location}/edit"))
    assert chosen(edit, "cause") == ["airport_closed"]
    assert fold(edit) == "<details>"
    assert alice.edit(f"{location}/edit", cause="").status_code == 302
    assert alice.post(path, data=CLOSURE | {"cause": "strike"}).status_code == 302
    with house.open():
        assert [one.cause for one in db.session.query(RouteProblem).order_by(RouteProblem.id)] == [
            Cause.AIRPORT_CLOSED, Cause.STRIKE,
        ]  # fmt: skip


@pytest.mark.parametrize("hours", [{"daily_from": "20:00"}, {"timezone": "Nowhere"}, {"daily_from": "x"}])
def test_daily_hours_are_expanded_if_they_have_a_value_or_an_error(alice, path, hours):
    answer = alice.post(path, data=CLOSURE | hours)
    assert answer.status_code == 422
    assert fold(text(answer)) == "<details open>"
    period = path.replace("/new", f"/{alice.post(path, data=CLOSURE).location.rsplit('/', 1)[1]}/periods/new")
    assert fold(text(alice.get(period))) == "<details>"
    assert fold(text(alice.post(period, data=CLOSURE | hours))) == "<details open>"


def test_daily_hours_without_a_zone_are_in_the_congresss_time_zone(alice, path, house):
    location = alice.post(path, data=CLOSURE | {"daily_from": "20:00", "daily_until": "05:00"}).location
    with house.open():
        (problem,) = db.session.query(RouteProblem)
        assert [one.timezone for one in problem.active_periods] == ["America/Caracas"]
    assert fold(text(alice.get(f"{location}/edit"))) == "<details open>"
