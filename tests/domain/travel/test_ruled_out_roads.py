"""Roads that organizers rule out: at once for everybody, and lifted only by those who decide."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.travel import ruled_out_roads
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.accounts.house import CrossingRule, HouseSettings
from app.policy import Held
from app.queries.accounts.pending import may_lift
from app.queries.travel import ruled_out_roads as queries


def test_a_road_is_ruled_out_at_once_until_it_is_lifted_and_both_are_in_its_history(make):
    road = make.ruled_out_road()
    assert [(one.kind, one.country, one.way) for one in queries.closures()] == [("mode", "CO", "road")]
    ruled_out_roads.lift(road, by=make.user("Alice"))
    assert queries.closures() == []
    entries = select(AuditEntry.verb).where(AuditEntry.subject == "ruled_out_roads").order_by(AuditEntry.id)
    told = db.session.scalars(entries).all()
    assert told == ["recorded", "lifted"]


def test_it_closes_its_days_wherever_they_begin_and_end_and_is_forgotten_afterwards(make, at):
    at(clock.now())
    today = clock.now().date()
    make.ruled_out_road(since=today, until=today)
    (period,) = queries.closures()[0].periods
    assert period.ends_at - period.starts_at == timedelta(days=1, hours=26)
    at(clock.now() + timedelta(days=3))
    assert queries.closures() == []


def test_what_does_not_belong_to_its_kind_is_not_kept(make):
    road = make.ruled_out_road("between", one=make.place("BOG"), other=make.place("CUC"), country="CO")
    assert road.country is None
    assert len(queries.closures()[0].between) == 2
    assert queries.within({"CO"}) == [road]
    assert queries.within({"VE"}) == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("until", {"since": date(2026, 2, 2), "until": date(2026, 2, 1)}),
        ("other", {"kind": "between", "one": "BOG", "other": "BOG"}),
    ],
)
def test_days_and_places_that_make_no_sense_are_refused(make, field, changes):
    ends = {name: make.place(changes[name]) for name in ("one", "other") if name in changes}
    with pytest.raises(DomainError) as error:
        make.ruled_out_road(**changes | ends)
    assert error.value.field == field


def test_a_coordinator_lifts_alone_and_an_organizer_does_not(make):
    road, bob = make.ruled_out_road(), make.user("Bob")
    assert may_lift(road, bob, [Held(Role.COORDINATOR, None, None)])
    assert not may_lift(road, bob, [Held(Role.ORGANIZER, None, None)])


def test_between_two_people_the_second_one_lifts(make):
    db.session.merge(HouseSettings(id=1, crossing_rule=CrossingRule.TWO_PEOPLE))
    road, alice, bob = make.ruled_out_road(), make.user("Alice"), make.user("Bob")
    held = [Held(Role.ORGANIZER, None, None)]
    assert not may_lift(road, bob, held)
    ruled_out_roads.ask_to_lift(road, by=alice)
    assert not may_lift(road, alice, held)
    assert may_lift(road, bob, held)
    ruled_out_roads.keep(road)
    assert not may_lift(road, bob, held)
