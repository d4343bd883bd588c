"""What waits for an account: late, today, this week, later, and with others."""

from datetime import timedelta

import pytest

from app.domain.actions import follow_ups
from app.queries.actions.spans import Span
from app.queries.actions.today import waiting_for
from tests.factories import utc

SATURDAY = utc("2025-12-06 15:00")
"""At 11:00 in Caracas."""


@pytest.fixture
def alice(make, at):
    at(SATURDAY)
    return make.user("Alice", timezone="America/Caracas")


@pytest.mark.parametrize(
    ("due_at", "span"),
    [
        (SATURDAY - timedelta(minutes=1), Span.LATE),
        (SATURDAY + timedelta(minutes=1), Span.TODAY),
        (utc("2025-12-07 03:59"), Span.TODAY),
        (utc("2025-12-07 04:00"), Span.WEEK),
        (utc("2025-12-08 03:59"), Span.WEEK),
        (utc("2025-12-08 04:00"), Span.LATER),
    ],
)
def test_an_action_is_counted_and_shown_by_the_days_of_its_assignee(make, alice, due_at, span):
    action = make.follow_up(make.congress(), alice, due_at)
    waiting = waiting_for(alice, "", 1, 1)
    assert {one: count for one, count in waiting.counts.items() if count} == {span: 1}
    assert waiting.groups == [(span, [action])]
    others = next(one for one in Span if one is not span)
    assert [waiting_for(alice, shown, 1, 1).page.total for shown in (span, others, "nonsense")] == [1, 0, 1]


def test_on_sunday_the_week_ends_with_the_day(make, alice, at):
    at(SATURDAY + timedelta(days=1))
    make.follow_up(make.congress(), alice, utc("2025-12-08 04:00"))
    assert waiting_for(alice, "", 1, 1).counts == {Span.LATE: 0, Span.TODAY: 0, Span.WEEK: 0, Span.LATER: 1}


def test_what_she_has_assigned_to_others_waits_for_them_until_it_is_done(make, alice):
    bob, rosa, congress = make.user("Bob"), make.person("Rosa"), make.congress()
    to_bob, to_rosa = (make.follow_up(congress, one, by=alice) for one in (bob, rosa))
    make.follow_up(congress, bob)
    make.follow_up(congress, alice, by=bob)
    waiting = waiting_for(alice, "", 1, 1)
    assert (waiting.total, waiting.others.rows) == (1, [to_bob, to_rosa])
    follow_ups.complete(to_bob)
    assert waiting_for(alice, "", 1, 1).others.rows == [to_rosa]


def test_beyond_the_end_it_is_the_last_page(make, alice):
    action = make.follow_up(make.congress(), alice)
    assert waiting_for(alice, "", 99, 99).page.rows == [action]
