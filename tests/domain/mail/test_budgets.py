"""Limits that all workers share."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.domain.mail import budgets
from app.extensions import db
from app.models.scoping import EVERYTHING, enter_scope
from tests import races

NAME = "domain:example.org"
NO_TIME = timedelta(0)
LIKE_THIS = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def take(count=10, rate=10, unused=NO_TIME, ahead=NO_TIME):
    return budgets.take(NAME, count, rate, unused=unused, ahead=ahead)


def test_portions_follow_one_another(make, at):
    budgets.open_budget(NAME)
    budgets.open_budget(NAME)
    assert [take(), take()] == [True, False]
    at(clock.now() + timedelta(seconds=1))
    assert [take(), take()] == [True, False]


@LIKE_THIS
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3000)), max_size=12), st.integers(1, 40))
def test_never_more_than_the_limit_is_taken_however_workers_ask(make, at, asked, rate):
    name, begun, given_out = f"domain:{rate}.example", clock.now(), []
    at(begun := begun + timedelta(hours=1))
    budgets.open_budget(name)
    for count, pause in asked:
        if budgets.take(name, count, rate, unused=timedelta(seconds=5), ahead=NO_TIME):
            given_out.append((clock.now(), count))
        at(clock.now() + timedelta(milliseconds=pause))
    for first in range(len(given_out)):
        for last in range(first, len(given_out)):
            seconds = (given_out[last][0] - given_out[first][0]).total_seconds()
            taken = sum(count for _when, count in given_out[first : last + 1])
            assert taken <= rate * (seconds + 5) + given_out[last][1] + 1


def test_workers_that_ask_at_the_same_time_get_one_portion(make, app):
    budgets.open_budget(NAME)
    db.session.commit()

    def ask():
        with app.app_context():
            enter_scope(EVERYTHING)
            found = budgets.take(NAME, 60, 1, unused=NO_TIME, ahead=NO_TIME)
            db.session.commit()
            return found

    assert sorted(races.together(ask, ask, ask, ask)) == [False, False, False, True]


def test_urgent_emails_are_taken_ahead_and_the_others_wait_for_them(make, at):
    budgets.open_budget(NAME)
    assert take()
    assert take(20, ahead=timedelta(minutes=1))
    at(clock.now() + timedelta(seconds=2))
    assert not take()
    at(clock.now() + timedelta(seconds=1))
    assert take()


def test_a_clock_that_is_set_back_does_not_stop_everything(make, at):
    budgets.open_budget(NAME)
    assert take()
    at(clock.now() - timedelta(hours=2))
    assert [take(), take()] == [True, False]


def test_a_day_is_shared_and_what_is_not_needed_is_given_back(make, at):
    at(clock.now().replace(hour=12))
    budgets.open_budget(NAME)
    assert [budgets.take_of_day(NAME, 25, 40) for _ in range(3)] == [25, 15, 0]
    budgets.give_back(NAME, 5)
    assert budgets.take_of_day(NAME, 25, 40) == 5
    at(clock.now() + timedelta(days=1))
    assert budgets.take_of_day(NAME, 25, 80) == 25
    at(clock.now() - timedelta(days=1))
    assert budgets.take_of_day(NAME, 25, 40) == 15
