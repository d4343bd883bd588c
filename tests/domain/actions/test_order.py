"""Actions that are parts of others, or wait until another one is closed."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.accounts import audit
from app.domain.actions import follow_ups, order
from app.domain.actions.order import Order
from app.domain.recording import recording
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import MailboxLetter as Letter
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.actions import order as order_queries
from app.queries.actions import reminders as reminder_queries
from app.queries.actions.today import waiting_for
from tests.factories import utc
from tests.races import meet, together

MONDAY = utc("2025-12-01 14:00")
DUE = utc("2025-12-04 22:00")
NUMBERS = st.integers(0, 4)
MOVES = st.lists(st.tuples(NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS), max_size=8)


@pytest.fixture
def place(make, at):
    at(MONDAY)
    return make.congress()


@pytest.fixture
def alice(make, place):
    alice = make.user("Alice", timezone="America/Bogota")
    make.grant(alice, Role.ORGANIZER)
    return alice


@pytest.fixture
def bob(make, place):
    return make.user("Bob", timezone="America/Bogota")


def letters(at, instant):
    at(instant)
    deliver_due()
    return [(letter.recipient, letter.subject) for letter in db.session.query(Letter).order_by(Letter.id)]


def refused(*given):
    """Return the field whose rule a change of the order violates; None if it is allowed."""
    try:
        order.check(*given)
    except DomainError as error:
        return error.field
    return None


def test_an_action_is_neither_part_of_itself_nor_after_itself(make, place, alice):
    action = make.follow_up(place, alice)
    assert (refused(action, action, None), refused(action, None, action)) == ("parent", "after")


def test_a_circle_through_a_long_chain_is_refused_also_where_the_session_sees_none_of_it(make, place, alice):
    chain = [make.follow_up(place, alice) for _ in range(30)]
    for whole, part in pairwise(chain):
        order.change(part, Order(whole, None))
    assert refused(chain[0], chain[-1], None) == "parent"
    order.change(chain[0], Order(None, chain[15]))  # a part may have to be done before its whole begins
    assert refused(chain[20], chain[19], chain[0]) == "after"
    assert order_queries.goes_before(chain[29].id, chain[0].id, moved_id=chain[0].id)


def test_a_part_cannot_wait_for_its_whole_nor_two_for_each_other(make, place, alice):
    one, other, third = (make.follow_up(place, alice) for _ in range(3))
    order.change(one, Order(other, None))
    assert refused(one, other, other) == "after"
    order.change(other, Order(None, third))
    assert refused(third, None, other) == "after"
    assert refused(third, None, one) is None


def test_what_is_changed_does_not_stand_in_its_own_way(make, place, alice):
    one, other = make.follow_up(place, alice), make.follow_up(place, alice)
    order.change(one, Order(other, None))
    order.change(one, Order(None, other))
    assert (one.parent, one.after) == (None, other)


def test_only_actions_of_the_same_place_belong_together(make, place, alice):
    one, elsewhere, of_house = (make.follow_up(where, alice) for where in (place, make.campaign(), None))
    assert (refused(one, elsewhere, None), refused(one, None, of_house)) == ("parent", "after")
    with pytest.raises(DomainError) as error:
        make.follow_up(place, alice, parent=elsewhere)
    assert error.value.field == "parent"


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_is_tried_no_action_goes_before_itself(make, place, alice, moves):
    actions = [make.follow_up(place, alice) for _ in range(5)]
    edges = {}
    for moved, parent, after in moves:
        wanted = edges | {moved: (parent, after)}
        given = (actions[moved], *(None if one is None else actions[one] for one in (parent, after)))
        if _has_circle(wanted):
            assert refused(*given) in ("parent", "after")
        else:
            order.change(given[0], Order(*given[1:]))
            edges = wanted


def _has_circle(edges):
    """Return whether an action goes before itself, if each is part of one and waits for another."""
    before = {number: set() for number in range(5)}
    for number, (parent, after) in edges.items():
        if parent is not None:
            before[parent].add(number)
        if after is not None:
            before[number].add(after)
    reached = {number: set(found) for number, found in before.items()}
    for _ in range(5):
        for found in reached.values():
            found |= {deeper for one in list(found) for deeper in reached[one]}
    return any(number in found for number, found in reached.items())


def test_of_two_changes_at_once_that_would_make_a_circle_one_is_refused(make, place, alice, app, monkeypatch):
    one, other = make.follow_up(place, alice), make.follow_up(place, alice)
    meet(monkeypatch, order, "check")

    def move(part_id, whole_id):
        with app.app_context():
            enter_scope(EVERYTHING)
            try:
                part, whole = (db.session.get_one(FollowUp, number) for number in (part_id, whole_id))
                order.change(part, Order(whole, None))
                db.session.commit()
                return "changed"
            except DomainError as error:
                db.session.rollback()
                return error.field

    db.session.commit()
    outcomes = together(partial(move, one.id, other.id), partial(move, other.id, one.id))
    assert sorted(outcomes) == ["changed", "parent"]


def test_an_action_that_waits_is_not_late_but_with_others_until_the_first_is_closed(make, place, alice, bob):
    first = make.follow_up(place, bob, DUE)
    second = make.follow_up(place, alice, MONDAY - timedelta(days=1), after=first)
    waiting = waiting_for(alice, "", 1, 1)
    assert (second.waits, waiting.total, waiting.others.rows) == (True, 0, [second])
    follow_ups.cancel(first)
    waiting = waiting_for(alice, "", 1, 1)
    assert (second.waits, waiting.page.rows, waiting.others.total) == (False, [second], 0)


def test_no_letter_mentions_an_action_that_waits_and_the_day_that_has_passed_is_not_made_up_for(
    make, place, alice, bob, at
):
    first = make.follow_up(place, bob, DUE + timedelta(days=20))
    second = make.follow_up(place, alice, DUE, after=first)
    assert [one for one in letters(at, utc("2025-12-04 13:01")) if one[0] == alice.email] == []
    assert second.next_reminder_at == utc("2025-12-05 13:00")
    assert reminder_queries.waiting_for(alice, DUE + timedelta(days=30)).follow_ups == []
    follow_ups.complete(first)
    db.session.commit()
    assert [one for one in letters(at, utc("2025-12-05 13:01")) if one[0] == alice.email] == [
        (alice.email, "You can begin 1 action now"), (alice.email, "1 action is waiting for you, 1 overdue"),
    ]  # fmt: skip


def test_the_assignee_is_told_when_it_can_begin_unless_she_has_closed_the_first_herself(make, place, alice, bob, at):
    first = make.follow_up(place, bob)
    for _ in range(2):
        make.follow_up(place, alice, after=first)
    make.follow_up(place, bob, after=first)
    audit.act_as(bob)
    follow_ups.complete(first)
    audit.act_as(None)
    db.session.commit()
    assert letters(at, MONDAY + timedelta(minutes=1)) == [(alice.email, "You can begin 2 actions now")]


def test_if_the_first_is_reopened_before_the_letter_leaves_nobody_is_told(make, place, alice, bob, at):
    first = make.follow_up(place, bob)
    second = make.follow_up(place, alice, after=first)
    with recording("follow_ups.close", first.title, by=bob) as entry:
        follow_ups.complete(first)
    undo(entry, by=bob)
    db.session.commit()
    assert second.waits
    assert letters(at, MONDAY + timedelta(minutes=1)) == []


def test_an_action_that_no_longer_has_to_wait_is_announced(make, place, alice, bob, at):
    first = make.follow_up(place, bob)
    second = make.follow_up(place, alice, after=first)
    follow_ups.change(second, make.follow_up_values(alice, DUE), by=bob, among=Order(None, None))
    db.session.commit()
    assert letters(at, MONDAY + timedelta(minutes=1)) == [(alice.email, "You can begin 1 action now")]


def test_parts_are_counted_without_those_that_were_dropped(make, place, alice):
    whole = make.follow_up(place, alice)
    done, dropped, _open = (make.follow_up(place, alice, parent=whole) for _ in range(3))
    follow_ups.complete(done)
    follow_ups.cancel(dropped)
    parts = order_queries.parts_of(whole.id)
    assert (parts.done, parts.left, parts.total, len(parts.rows)) == (1, 1, 2, 3)


def test_what_waits_for_an_action_that_is_deleted_can_begin(make, place, alice):
    first = make.follow_up(place, alice)
    second = make.follow_up(place, alice, after=first, parent=first)
    db.session.delete(first)
    db.session.commit()
    db.session.refresh(second)
    assert (second.after_id, second.parent_id, second.waits) == (None, None, False)
    assert waiting_for(alice, "", 1, 1).page.rows == [second]
