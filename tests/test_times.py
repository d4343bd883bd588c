"""Local times, compared with the time zones: they occur once, twice, or never."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain_errors import DomainError, UndecidedError
from app.times import Local, as_shown, to_instant, to_local, to_span, to_typed
from tests.factories import local

ZONES = (
    "America/New_York", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "America/Caracas",
    "Africa/Casablanca",
)  # fmt: skip
MINUTE = timedelta(minutes=1)


def changes(zone):
    """Return the instants of clock changes in a zone in 2025 and 2026, and one in 2011."""
    starts = [datetime(year, 1, 1, tzinfo=UTC) for year in (2011, 2025, 2026)]
    hours = (start + timedelta(hours=hour) for start in starts for hour in range(365 * 24))
    offset = None
    found = []
    for hour in hours:
        here = hour.astimezone(ZoneInfo(zone)).utcoffset()
        if offset is not None and here != offset:
            found.append(hour)
        offset = here
    return found


CHANGES = {zone: changes(zone) for zone in ZONES}


@st.composite
def typed(draw):
    """Return a typed time, often near a clock change."""
    zone = draw(st.sampled_from(ZONES))
    anchors = [*CHANGES[zone], datetime(2026, 5, 5, tzinfo=UTC)]
    near = draw(st.sampled_from(anchors)) + draw(st.integers(-300, 300)) * MINUTE
    return near.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) + draw(st.integers(-90, 90)) * MINUTE, zone


def shown_at(clock, zone):
    """Return all instants at which the local time is `clock`, searched minute by minute around the day."""
    around = clock.replace(tzinfo=UTC)
    minutes = (around + number * MINUTE for number in range(-26 * 60, 26 * 60))
    return [one for one in minutes if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == clock]


@given(typed())
def test_a_local_time_has_the_instants_at_which_clocks_show_it(given_):
    clock, zone = given_
    expected = shown_at(clock, zone)
    if not expected:
        with pytest.raises(DomainError):
            to_instant(clock, zone, "at")
    elif len(expected) == 1:
        assert to_instant(clock, zone, "at") == expected[0]
    else:
        with pytest.raises(UndecidedError) as asked:
            to_instant(clock, zone, "at")
        assert [to_instant(reading, zone, "at") for reading in asked.value.choices] == expected


@given(typed(), st.integers(0, 1))
def test_a_time_shown_again_in_a_form_means_the_same_instant(given_, number):
    clock, zone = given_
    for instant in shown_at(clock, zone)[number : number + 1]:
        assert to_instant(to_typed(instant, zone), zone, "at") == instant
        assert to_instant(as_shown(instant, zone), zone, "at") == instant
        assert to_local(instant, zone) == clock


@given(typed(), st.integers(1, 300))
def test_a_span_is_the_only_plausible_one_or_must_be_chosen(given_, minutes):
    clock, zone = given_
    begins, ends = shown_at(clock, zone), shown_at(clock + minutes * MINUTE, zone)
    if not begins or not ends:
        return
    pairs = [(begin, end) for begin in begins for end in ends if begin < end]
    span = (Local(clock, zone, "begins"), Local(clock + minutes * MINUTE, zone, "ends"))
    if len(pairs) == 1:
        assert to_span(*span) == pairs[0]
    elif pairs:
        with pytest.raises(UndecidedError):
            to_span(*span)


def test_a_skipped_hour_is_rejected_with_the_times_around_it():
    with pytest.raises(DomainError) as refused:
        to_instant(local("2026-03-29 02:30"), "Europe/Madrid", "departs")
    assert refused.value.field == "departs"
    assert (refused.value.values["before"], refused.value.values["after"]) == (
        local("2026-03-29 01:59"),
        local("2026-03-29 03:00"),
    )


def test_a_skipped_day_is_rejected_with_the_days_around_it():
    with pytest.raises(DomainError) as refused:
        to_instant(local("2011-12-30 12:00"), "Pacific/Apia", "departs")
    assert (refused.value.values["before"], refused.value.values["after"]) == (
        local("2011-12-29 23:59"),
        local("2011-12-31 00:00"),
    )


def test_the_only_plausible_reading_is_used_without_asking():
    """Clocks in New York go back from 02:00 to 01:00 on November 1, 2026."""
    zone = "America/New_York"
    departs, arrives = local("2026-11-01 01:30"), local("2026-11-01 01:10")
    begin, end = to_span(Local(departs, zone, "departs"), Local(arrives, zone, "arrives"))
    assert (begin, end) == (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 10, tzinfo=UTC))


def test_if_no_reading_is_plausible_the_widest_span_is_returned_for_rejection():
    zone = "America/New_York"
    begin, end = to_span(
        Local(local("2026-11-01 03:00"), zone, "departs"), Local(local("2026-11-01 01:30"), zone, "arrives")
    )
    assert begin > end


def test_an_offset_that_does_not_exist_there_is_asked_again():
    reading = datetime.fromisoformat("2026-11-01T01:30+03:00")
    with pytest.raises(UndecidedError):
        to_instant(reading, "America/New_York", "at")
