"""Actions in columns by status and by assignee, and the workload of each assignee."""

from datetime import timedelta

import pytest

from app.domain.actions import follow_ups as writing
from app.models.actions.follow_ups import FollowUpStatus
from app.queries.actions import board
from app.queries.actions.filters import FollowUpFilter, Holder, Show
from app.queries.actions.spans import Days
from tests.factories import utc

SATURDAY = utc("2025-12-06 15:00")
NEEDS_ACTION, IN_PROCESS, COMPLETED, CANCELLED = FollowUpStatus


@pytest.fixture
def alice(make, at):
    at(SATURDAY)
    return make.user("Alice", timezone="America/Caracas")


def loads(shown, user):
    found = board.workload(shown, Days.around(SATURDAY, user.timezone))
    return [(one.who and one.who.id, one.open, one.late, one.week) for one in found]


def test_each_status_has_a_column_with_its_first_actions_and_their_number(make, alice):
    congress = make.congress()
    some = [
        make.follow_up(congress, alice, SATURDAY + timedelta(hours=number), title=f"{number}")
        for number in range(board.CARDS + 2)
    ]
    writing.begin(some[0])
    for one in some[1:3]:
        writing.complete(one)
        one.completed_at += timedelta(minutes=one.id)
    columns = board.by_status(FollowUpFilter(congress_id=congress.id))
    assert [(column.key, column.total, column.more) for column in columns] == [
        (NEEDS_ACTION, board.CARDS - 1, 0), (IN_PROCESS, 1, 0), (COMPLETED, 2, 0), (CANCELLED, 0, 0),
    ]  # fmt: skip
    assert [[card.title for card in column.cards] for column in columns[1:3]] == [["0"], ["2", "1"]]
    writing.reopen(some[2])
    writing.reopen(some[1])
    first = board.by_status(FollowUpFilter(congress_id=congress.id, show=Show.OPEN))
    assert [(column.key, column.total, len(column.cards)) for column in first] == [
        (NEEDS_ACTION, board.CARDS + 1, board.CARDS), (IN_PROCESS, 1, 1),
    ]  # fmt: skip
    assert [card.title for card in first[0].cards] == [f"{number}" for number in range(1, board.CARDS + 1)]


def test_the_workload_counts_open_late_and_this_week_for_each_assignee(make, alice):
    congress, bob, rosa = make.congress(), make.user("Bob"), make.person("Rosa")
    for due in (SATURDAY - timedelta(hours=1), SATURDAY + timedelta(hours=1), SATURDAY + timedelta(days=5)):
        make.follow_up(congress, alice, due)
    make.follow_up(congress, rosa, SATURDAY + timedelta(days=1), by=alice)
    writing.complete(make.follow_up(congress, bob))
    assert loads(FollowUpFilter(), alice) == [(alice.id, 3, 1, 1), (rosa.id, 1, 0, 1)]
    assert loads(FollowUpFilter(holder=Holder(person_id=rosa.id)), alice) == [(rosa.id, 1, 0, 1)]
    assert loads(FollowUpFilter(congress_id=make.congress().id), alice) == []


def test_each_assignee_has_a_column_of_open_actions_the_busiest_first(make, alice):
    congress, bob = make.congress(), make.user("Bob")
    for number in range(board.CARDS_OF_ASSIGNEE + 2):
        make.follow_up(congress, bob, SATURDAY + timedelta(days=number + 1), by=alice)
    mine = make.follow_up(congress, alice)
    writing.cancel(make.follow_up(congress, alice))
    shown = FollowUpFilter(congress_id=congress.id)
    columns = board.by_assignee(shown, board.workload(shown, Days.around(SATURDAY, alice.timezone)))
    assert [(column.key.who, column.total, column.more) for column in columns] == [(bob, 7, 2), (alice, 1, 0)]
    assert list(columns[1].cards) == [mine]
    dues = [card.due_at for card in columns[0].cards]
    assert dues == sorted(dues)
    assert dues[0] == SATURDAY + timedelta(days=1)
