"""What moves, cancellations and reports do to them."""

import pytest

from app.domain.mobilizing import mobilizations
from app.domain_errors import DomainError
from app.models.mobilizing.days_of_action import Synchronization
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.queries.mobilizing import mobilizations as mobilization_queries
from tests.databases import ONE_DATABASE
from tests.factories import local, utc

REPORT = {"turnout_least": None, "turnout_most": None, "not_counted": False, "turnout_by": None, "turnout_source": None}


@pytest.fixture(autouse=True)
def today(at):
    at(utc("2026-03-01 12:00"))


def refused(act):
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


def test_a_mobilization_begins_with_its_day_and_moves_with_it_unless_it_has_its_own_time(make):
    campaign = make.campaign()
    day = make.day_of_action(campaign, local("2026-03-20 18:00"))
    bogota, madrid, own, gone = (
        make.mobilization(campaign, day), make.mobilization(campaign, day, place=make.place("MAD")),
        make.mobilization(campaign, day, starts=local("2026-03-20 10:00")), make.mobilization(campaign, day),
    )  # fmt: skip
    assert [bogota.starts_at, madrid.starts_at] == [utc("2026-03-20 23:00"), utc("2026-03-20 17:00")]
    mobilizations.cancel(gone, None)
    values = {"titles": day.titles, "texts": {}, "timezone": None, "is_public": True}
    values |= {"synchronized_by": Synchronization.SAME_LOCAL_HOUR, "starts": local("2026-03-30 18:00")}
    mobilizations.change_day(day, values)
    assert [bogota.starts_at, madrid.starts_at] == [utc("2026-03-30 23:00"), utc("2026-03-30 16:00")]
    assert [one.sequence for one in (bogota, madrid, own, gone)] == [1, 1, 0, 1]
    assert own.starts_at == utc("2026-03-20 15:00")
    assert [one.id for one in mobilization_queries.of_day(day)] == [own.id, gone.id, madrid.id, bogota.id]
    skipped = values | {"starts": local("2026-03-29 02:30")}  # Madrid puts its clocks forward at 02:00
    assert refused(lambda: mobilizations.change_day(day, skipped)).values == {"place": "Madrid"}


@ONE_DATABASE
def test_the_sequence_rises_when_time_place_or_status_changes_and_only_then(make):
    march = make.mobilization(make.campaign(), starts=local("2026-03-20 18:00"), status=MobilizationStatus.PROPOSED)
    placed = {
        "place": march.place, "address": None, "timezone": None, "starts": local("2026-03-20 18:00"),
        "duration_minutes": 120,
    }  # fmt: skip
    said = {"title": "March", "languages": ["es", "qu"], "contact": "Ana", "notes": None, "expected_turnout": 500}
    seen = []
    for act in (
        lambda: mobilizations.update(march, said),
        lambda: mobilizations.move(march, placed, "Nothing changes"),
        lambda: mobilizations.confirm(march),
        lambda: mobilizations.move(march, placed | {"address": "Plaza Bolívar"}, "Rain"),
        lambda: mobilizations.move(march, placed | {"starts": local("2026-03-21 18:00")}, "Rain"),
        lambda: mobilizations.cancel(march, "Ban"),
        lambda: mobilizations.reinstate(march),
    ):
        act()
        seen.append((march.sequence, march.status.value))
    assert seen == [
        (0, "proposed"), (0, "proposed"), (1, "confirmed"), (2, "moved"), (3, "moved"), (4, "cancelled"),
        (5, "confirmed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reported", "field"),
    [
        ({"turnout_least": -1}, "turnout_least"), ({"turnout_least": 10**12}, "turnout_least"), ({}, "turnout_least"),
        ({"turnout_least": 5, "not_counted": True}, "not_counted"),
        ({"turnout_least": 50, "turnout_most": 5}, "turnout_most"), ({"turnout_least": 5, "turnout_most": 10**12}, "turnout_least"),
    ],
)  # fmt: skip
def test_an_impossible_turnout_is_refused_at_its_field(reported, field):
    given = REPORT | reported
    assert (
        refused(
            lambda: mobilizations.check_turnout(given["turnout_least"], given["turnout_most"], given["not_counted"])
        ).field
        == field
    )


@ONE_DATABASE
def test_a_turnout_is_reported_as_a_number_a_range_or_not_counted_once_it_has_begun(make, at):
    march = make.mobilization(make.campaign(), starts=local("2026-03-20 18:00"))
    assert refused(lambda: mobilizations.report(march, REPORT | {"not_counted": True})).field is None
    at(utc("2026-03-21 12:00"))
    for reported, stored in (
        ({"turnout_least": 300}, (300, 300, False)), ({"turnout_least": 300, "turnout_most": 500}, (300, 500, False)),
        ({"not_counted": True}, (None, None, True)),
    ):  # fmt: skip
        mobilizations.report(march, REPORT | reported)
        assert (march.turnout_least, march.turnout_most, march.not_counted) == stored
    assert (march.status, march.sequence) == (MobilizationStatus.HELD, 1)
    refused(lambda: mobilizations.cancel(march, None))


@ONE_DATABASE
def test_a_day_in_the_past_and_a_zone_that_does_not_exist_any_more_are_refused(make):
    campaign = make.campaign()
    assert refused(lambda: make.day_of_action(campaign, local("2026-02-28 18:00"))).field == "starts"
    assert make.day_of_action(campaign, local("2026-03-01 08:00")).id  # it is still ahead in Honolulu
    assert refused(lambda: make.mobilization(campaign, timezone="US/Pacific-New")).field == "timezone"


@ONE_DATABASE
def test_a_host_is_named_once(make):
    union = make.organization("Dockers")
    march = make.mobilization(make.campaign(), host=union)
    assert refused(lambda: mobilizations.add_host(march, union)).field == "organization"
    mobilizations.add_host(march, make.organization("Miners"))
    assert [one.organization.name for one in march.hosts] == ["Dockers", "Miners"]
