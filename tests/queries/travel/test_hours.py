"""Daily hours, compared with a local clock minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.routing.hours import meets, next_within
from tests.factories import utc

MINUTE = timedelta(minutes=1)
ZONES = (
    "America/New_York", "Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Caracas",
)  # fmt: skip
CHANGES = {
    zone: [
        day
        for year in (2025, 2026)
        for day in (date(year, 1, 1) + timedelta(days=number) for number in range(365))
        if datetime.combine(day, time(), ZoneInfo(zone)).utcoffset()
        != datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).utcoffset()
    ]
    for zone in ZONES
}
"""The days of clock changes in each zone."""


def shown(instant, zone):
    """Return the local time of day."""
    return instant.astimezone(ZoneInfo(zone)).time()


def lies_within(instant, begins, ends, zone):
    """Return whether the local time is from `begins` up to but not including `ends`, past midnight if `ends` is earlier."""
    clock = shown(instant, zone)
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def minutes_from(instant, count):
    return (instant + number * MINUTE for number in range(count))


@st.composite
def moments(draw):
    """Return a zone and an instant, often near a clock change."""
    zone = draw(st.sampled_from(ZONES))
    days = st.integers(0, 729).map(lambda number: date(2025, 1, 1) + timedelta(days=number))
    if CHANGES[zone]:
        changed = st.tuples(st.sampled_from(CHANGES[zone]), st.integers(-1, 2))
        days = st.one_of(changed.map(lambda pair: pair[0] + timedelta(days=pair[1])), days)
    instant = datetime.combine(draw(days), time(), UTC) + draw(st.integers(-1440, 2880)) * MINUTE
    return zone, instant


HOURS = st.one_of(
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.builds(time, st.integers(0, 4), st.sampled_from([0, 15, 30, 45])),  # around clock changes
)


@settings(max_examples=250)
@given(moment=moments(), begins=HOURS, ends=HOURS)
def test_the_next_time_within_the_hours_is_the_first_minute_that_the_clock_shows_within_them(moment, begins, ends):
    zone, instant = moment
    expected = next(one for one in minutes_from(instant, 3 * 1440) if lies_within(one, begins, ends, zone))
    found = next_within(instant, begins, ends, zone)
    assert found == expected
    assert found.utcoffset() == timedelta(0)


@settings(max_examples=250)
@given(moment=moments(), begins=HOURS, ends=HOURS, length=st.integers(0, 1700))
def test_a_time_span_overlaps_with_the_hours_if_any_of_its_minutes_does(moment, begins, ends, length):
    zone, instant = moment
    expected = any(lies_within(one, begins, ends, zone) for one in minutes_from(instant, length))
    assert meets(instant, instant + length * MINUTE, begins, ends, zone) is expected


@pytest.mark.parametrize(
    ("zone", "begins", "ends", "instant", "found"),
    [
        ("America/Caracas", "22:00", "06:00", "2025-12-10 09:59", "2025-12-10 09:59"),  # 05:59: still within the hours
        ("America/Caracas", "22:00", "06:00", "2025-12-10 10:00", "2025-12-11 02:00"),  # 06:00: closed until 22:00
        ("America/Caracas", "06:00", "22:00", "2025-12-11 02:00", "2025-12-11 10:00"),
        ("Asia/Kathmandu", "06:00", "18:00", "2025-12-10 00:00", "2025-12-10 00:15"),
        ("Europe/Madrid", "02:00", "03:00", "2026-03-29 00:59", "2026-03-30 00:00"),  # skipped on that night
        ("Europe/Madrid", "02:30", "04:00", "2026-03-29 00:30", "2026-03-29 01:00"),  # begins at 03:00 on that night
        ("Europe/Madrid", "02:00", "02:30", "2025-10-26 00:30", "2025-10-26 01:00"),  # occurs twice on that night
        ("America/New_York", "01:00", "02:00", "2025-11-02 06:59", "2025-11-02 06:59"),
        ("Australia/Lord_Howe", "02:00", "02:30", "2025-10-04 15:29", "2025-10-05 15:00"),  # skipped by half an hour
    ],
)
def test_daily_hours_on_days_with_a_clock_change(zone, begins, ends, instant, found):
    hours = time.fromisoformat(begins), time.fromisoformat(ends)
    assert next_within(utc(instant), *hours, zone) == utc(found)


def test_hours_that_end_when_they_begin_last_all_day():
    instant = utc("2025-12-10 12:34")
    assert next_within(instant, time(8), time(8), "Europe/Madrid") == instant


def test_hours_that_begin_at_the_end_of_a_span_do_not_overlap_with_it():
    begins, ends = time(22), time(6)
    assert not meets(utc("2025-12-10 10:00"), utc("2025-12-11 02:00"), begins, ends, "America/Caracas")
    assert meets(utc("2025-12-10 10:00"), utc("2025-12-11 02:00") + MINUTE, begins, ends, "America/Caracas")


def test_seconds_within_a_minute_count_too():
    just_before = utc("2025-12-11 01:59") + timedelta(seconds=59, microseconds=999_999)
    assert next_within(just_before, time(22), time(6), "America/Caracas") == utc("2025-12-11 02:00")
