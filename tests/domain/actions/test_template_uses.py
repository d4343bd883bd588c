"""Actions of templates are created around a date and move with it, with their reminders."""

from datetime import date, time, timedelta

import pytest

from app.domain.actions import follow_ups, template_uses, templates
from app.domain.campaigns import campaigns
from app.domain.congress import congresses
from app.domain.recording import recording
from app.domain.undo import undo
from app.extensions import db
from app.models.actions.follow_ups import FollowUp
from app.models.actions.templates import Anchor, TemplateItem
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.times import to_local
from tests.factories import utc

NOW = utc("2025-10-01 12:00")
ZONE = "America/Caracas"
"""Four hours behind, all year."""


@pytest.fixture
def congress(make, at):
    at(NOW)
    return make.congress(start_date=date(2025, 12, 9), end_date=date(2025, 12, 11))


@pytest.fixture
def alice(make):
    return make.user("Alice")


def use(template, place, by, anchor=Anchor.START, *, noun="congress", assignees=None):
    day = place.start_date if anchor is Anchor.START else place.end_date
    plan = template_uses.plan(template, anchor, day, place.timezone)
    where = {f"{noun}_id": place.id}
    created = template_uses.apply(template, plan, assignees or {None: by}, by=by, where=where, about={})
    db.session.commit()
    return created


def due():
    found = db.session.query(FollowUp).order_by(FollowUp.due_at)
    return [f"{one.title}: {to_local(one.due_at, ZONE):%Y-%m-%d %H:%M}" for one in found]


def move(congress, days, **changes):
    values = {name: getattr(congress, name) for name in congresses.CongressValues.__annotations__}
    to = {"start_date": congress.start_date + timedelta(days), "end_date": congress.end_date + timedelta(days)}
    return congresses.update(congress, values | to | changes)


def test_actions_are_created_at_their_distance_from_the_date(make, congress, alice):
    template = make.template(before_14="Book rooms", after_0="Open the doors", after_3="Write to everyone")
    use(template, congress, alice)
    assert due() == [
        "Book rooms: 2025-11-25 09:00",
        "Open the doors: 2025-12-09 09:00",
        "Write to everyone: 2025-12-12 09:00",
    ]


def test_they_move_with_the_congress_and_so_do_their_reminders(make, congress, alice):
    [action] = use(make.template(before_14="Book rooms"), congress, alice)
    reminded_at = action.next_reminder_at
    assert move(congress, 7) == (1, 0)
    assert due() == ["Book rooms: 2025-12-02 09:00"]
    assert action.next_reminder_at == reminded_at + timedelta(7)


def test_they_move_with_its_last_day_or_time_zone(make, congress, alice):
    use(make.template(after_1="Say thanks"), congress, alice, Anchor.END)
    move(congress, 0, end_date=date(2025, 12, 12))
    assert due() == ["Say thanks: 2025-12-13 09:00"]
    move(congress, 0, timezone="America/Lima")
    assert due() == ["Say thanks: 2025-12-13 10:00"]


def test_a_due_date_that_someone_has_changed_stays(make, congress, alice):
    by_hand, other = use(make.template(before_14="Book rooms", before_7="Print"), congress, alice)
    follow_ups.change(by_hand, make.follow_up_values(alice, by_hand.due_at + timedelta(hours=1), title="Book rooms"))
    assert move(congress, 7) == (1, 1)
    assert due() == ["Book rooms: 2025-11-25 10:00", "Print: 2025-12-09 09:00"]
    assert not by_hand.template_use.moves(by_hand)
    assert other.template_use.moves(other)


def test_what_is_done_stays(make, congress, alice):
    done, dropped = use(make.template(before_14="Book rooms", before_7="Print"), congress, alice)
    follow_ups.complete(done)
    follow_ups.cancel(dropped)
    assert move(congress, 7) == (0, 0)
    assert due() == ["Book rooms: 2025-11-25 09:00", "Print: 2025-12-02 09:00"]


def test_moving_there_and_back_leaves_everything_as_it_was(make, congress, alice):
    use(make.template(before_14="Book rooms"), congress, alice)
    move(congress, 7)
    move(congress, -7)
    assert due() == ["Book rooms: 2025-11-25 09:00"]


def test_they_move_with_the_last_day_of_a_campaign_if_it_has_one(make, at, alice):
    at(NOW)
    campaign = make.campaign(end_date=date(2025, 12, 20))
    use(make.template(before_2="Count"), campaign, alice, Anchor.END, noun="campaign")
    values = {name: getattr(campaign, name, []) for name in campaigns.CampaignValues.__annotations__}
    assert campaigns.update(campaign, values | {"end_date": date(2025, 12, 27)}) == (1, 0)
    assert due() == ["Count: 2025-12-25 09:00"]
    assert campaigns.update(campaign, values | {"end_date": None}) == (0, 0)
    assert due() == ["Count: 2025-12-25 09:00"]


def test_a_date_of_ones_own_moves_with_nothing(make, congress, alice):
    template = make.template(after_2="Write to the consulate")
    plan = template_uses.plan(template, Anchor.DAY, date(2025, 11, 1), ZONE)
    template_uses.apply(template, plan, {None: alice}, by=alice, where={"congress_id": congress.id}, about={})
    move(congress, 7)
    assert due() == ["Write to the consulate: 2025-11-03 09:00"]


def test_each_role_gets_its_assignee_who_is_told_once(make, congress, alice):
    bob, template = make.user("Bob"), make.template(before_9="Decide")
    for days in (-8, -7):
        make.template_item(template, f"Call {-days}", days, role="press")
    created = use(template, congress, alice, assignees={None: alice, "press": bob})
    assert [one.assignee.name for one in created] == ["Alice", "Bob", "Bob"]
    told = db.session.query(Delivery).filter_by(kind=DeliveryKind.ASSIGNMENT)
    assert [one.user.name for one in told] == ["Bob"]


def test_what_is_past_is_marked_in_the_plan(make, congress, alice):
    template = make.template(before_90="Too late", before_9="In time")
    plan = template_uses.plan(template, Anchor.START, congress.start_date, ZONE)
    assert [one.is_past for one in plan.actions] == [True, False]


def test_a_use_is_undone_as_a_whole(make, congress, alice):
    with recording("template_uses.new", "Before a congress", by=alice) as entry:
        use(make.template(before_14="Book rooms", before_7="Print"), congress, alice)
    db.session.commit()
    undo(entry, by=alice)
    assert due() == []


def test_a_changed_or_removed_template_leaves_its_actions_and_their_dates(make, congress, alice):
    template = make.template(before_14="Book rooms")
    use(template, congress, alice)
    item = db.session.query(TemplateItem).one()
    values = {name: getattr(item, name) for name in templates.ItemValues.__annotations__}
    templates.update_item(item, values | {"offset_days": -3, "at": time(17)})
    templates.remove(template)
    db.session.commit()
    assert move(congress, 7) == (1, 0)
    assert due() == ["Book rooms: 2025-12-02 09:00"]
