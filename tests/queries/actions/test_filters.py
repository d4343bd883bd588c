"""Which actions a filter of a list shows, and in which order."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.actions import follow_ups as writing
from app.domain.actions import repeating, template_uses
from app.models.actions.follow_ups import FollowUpStatus, Priority
from app.models.actions.templates import Anchor
from app.queries.actions import filters, follow_ups
from app.queries.actions.filters import FollowUpFilter, Holder, Part, Show, Sorting, SubjectKind
from app.queries.actions.spans import Days, Span
from app.recurring.patterns import Pattern
from tests.factories import utc

SATURDAY = utc("2025-12-06 15:00")
"""At 11:00 in Caracas."""


@pytest.fixture
def alice(make, at):
    at(SATURDAY)
    return make.user("Alice", timezone="America/Caracas")


def titles(**given):
    page = follow_ups.find(FollowUpFilter(**given), 1)
    assert list(follow_ups.numbers(FollowUpFilter(**given))) == [one.id for one in page.rows]
    return [one.title for one in page.rows]


def test_each_filter_shows_the_actions_of_which_it_is_true(make, alice):
    congress, campaign, bob, rosa = make.congress(), make.campaign(), make.user("Bob"), make.person("Rosa")
    union = make.organization()
    make.follow_up(congress, bob, title="Call", priority=Priority.HIGH, by=alice, organization=union)
    make.follow_up(campaign, rosa, title="Print", by=bob)
    done = make.follow_up(None, alice, title="Sweep")
    writing.complete(done)
    expected = {
        "Call": [
            {"congress_id": congress.id}, {"priority": Priority.HIGH}, {"holder": Holder(user_id=bob.id)},
            {"about": SubjectKind.ORGANIZATION}, {"typed": "bob"}, {"congress_id": congress.id, "show": Show.OPEN},
        ],
        "Print": [{"campaign_id": campaign.id}, {"holder": Holder(person_id=rosa.id)}, {"created_by_id": bob.id}, {"typed": "rosa"}],
        "Sweep": [{"is_of_house": True}, {"show": Show.CLOSED}, {"show": FollowUpStatus.COMPLETED}],
    }  # fmt: skip
    assert {name: [titles(**one) for one in given] for name, given in expected.items()} == {
        name: [[name]] * len(given) for name, given in expected.items()
    }
    assert titles(about=SubjectKind.NOTHING) == ["Print", "Sweep"]
    assert titles() == ["Call", "Print", "Sweep"]
    assert titles(holder=Holder()) == titles(show=FollowUpStatus.IN_PROCESS) == []


def test_what_is_due_in_a_span_follows_from_the_days_of_the_reader(make, alice):
    congress, days = make.congress(), Days.around(SATURDAY, alice.timezone)
    dues = {
        "late": SATURDAY - timedelta(hours=1), "soon": SATURDAY + timedelta(hours=1), "sunday": utc("2025-12-07 12:00"),
        "monday": utc("2025-12-08 04:00"), "done": SATURDAY - timedelta(hours=1),
    }  # fmt: skip
    actions = {name: make.follow_up(congress, alice, due, title=name) for name, due in dues.items()}
    writing.complete(actions["done"])
    found = {span: set(titles(due=span, days=days)) for span in Span}
    assert found == {
        Span.LATE: {"late"}, Span.TODAY: {"soon", "done"}, Span.WEEK: {"soon", "sunday", "done"}, Span.LATER: {"monday"},
    }  # fmt: skip
    assert titles(since=dues["sunday"], until=dues["monday"]) == ["sunday"]


def test_actions_of_a_series_and_of_a_template_are_found(make, alice):
    congress = make.congress()
    single = make.follow_up(congress, alice, title="Once")
    repeated = make.follow_up(congress, alice, title="Again")
    weekly = {"pattern": Pattern.WEEK, "interval": 1, "weekdays": (), "until": None, "count": None}
    repeating.repeat(repeated, weekly, timezone=alice.timezone)
    template = make.template(congress, before_1="Prepare")
    plan = template_uses.plan(template, Anchor.START, clock.now().date() + timedelta(days=9), alice.timezone)
    where = {"congress_id": congress.id}
    [prepared] = template_uses.apply(template, plan, {None: alice}, by=alice, where=where, about={})
    use = prepared.template_use
    assert titles(part=Part.SERIES) == titles(series_id=repeated.series_id) == ["Again"]
    assert titles(part=Part.TEMPLATE) == titles(template_use_id=use.id) == ["Prepare"]
    assert single.title in titles()
    assert list(filters.template_uses(FollowUpFilter(congress_id=congress.id))) == [use]


def test_a_list_is_sorted_as_it_says_with_open_actions_first(make, alice, at):
    congress, now = make.congress(), clock.now()
    for number, (title, priority) in enumerate({"a": Priority.LOW, "b": Priority.HIGH, "c": Priority.NORMAL}.items()):
        at(now + timedelta(minutes=number))
        make.follow_up(congress, alice, now + timedelta(days=3 - number), title=title, priority=priority)
    writing.cancel(make.follow_up(congress, alice, now, title="over", priority=Priority.HIGH))
    orders = {one: "".join(titles(sorting=one)).removesuffix("over") for one in Sorting}
    assert orders == {Sorting.DUE: "cba", Sorting.LATEST_DUE: "abc", Sorting.PRIORITY: "bca", Sorting.NEWEST: "cba"}


def test_people_and_accounts_are_offered_if_they_have_actions_of_the_place(make, alice):
    congress, bob, rosa = make.congress(), make.user("Bob"), make.person("Rosa")
    make.follow_up(congress, bob, by=alice)
    make.follow_up(congress, rosa, by=alice)
    make.follow_up(make.campaign(), make.user("Eve"))
    of = FollowUpFilter(congress_id=congress.id)
    assert sorted((row.name, *map(bool, row[2:])) for row in filters.users(of)) == [
        ("Alice", False, True),
        ("Bob", True, False),
    ]
    assert list(filters.people(of)) == [rosa]
