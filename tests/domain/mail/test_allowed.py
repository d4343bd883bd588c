"""Quiet hours and the warm-up plan, at any time of any year, where clocks are set forward and back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mail.allowed import most_on, quiet_until
from app.mail_settings import QuietHours, WarmUp
from tests.factories import utc

ZONES = (
    "America/Bogota",
    "Europe/Madrid",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Beirut",
)
CHANGES = st.sampled_from(
    [
        utc("2026-03-29 01:00"),
        utc("2026-10-25 01:00"),
        utc("2026-04-04 15:00"),
        utc("2018-11-04 03:00"),
        utc("2026-09-06 04:00"),
    ]
)
INSTANTS = st.one_of(
    st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=UTC)),  # noqa: DTZ001
    st.builds(lambda at, minutes: at + timedelta(minutes=minutes), CHANGES, st.integers(-900, 900)),
)
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
HOURS = st.builds(QuietHours, TIMES, TIMES).filter(lambda one: one.begins != one.ends)


@given(HOURS, INSTANTS, st.sampled_from(ZONES))
def test_quiet_hours_end_at_the_first_instant_at_which_it_is_not_quiet(hours, now, zone):
    until = quiet_until(hours, now, zone)
    shown = now.astimezone(ZoneInfo(zone)).time()
    inside = (
        hours.begins <= shown < hours.ends if hours.begins < hours.ends else shown >= hours.begins or shown < hours.ends
    )
    assert (until is not None) == inside
    if until is None:
        return
    assert now < until <= now + timedelta(hours=26)
    assert quiet_until(hours, until, zone) is None
    between = (now + (until - now) * part / 40 for part in range(1, 40))
    assert all(quiet_until(hours, one, zone) is not None for one in between)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-28 22:00", "2026-03-29 06:00"),  # 23:00 to 8:00, an hour of which does not exist
        ("2026-10-24 21:00", "2026-10-25 07:00"),
        ("2026-06-01 12:00", None),
    ],
)
def test_a_night_in_madrid_in_which_clocks_change(now, until):
    hours = QuietHours(time(22), time(8))
    assert quiet_until(hours, utc(now), "Europe/Madrid") == (utc(until) if until else None)


@given(st.integers(1, 100_000), st.integers(0, 10_000))
def test_a_warm_up_doubles_until_it_limits_nothing(first, days):
    plan, begins = WarmUp(date(2026, 12, 1), first), date(2026, 12, 1)
    most, next_most = (most_on(plan, begins + timedelta(days=days + more)) for more in (0, 1))
    assert most_on(plan, begins) == first
    assert most_on(plan, begins - timedelta(days=1)) is None
    assert next_most in (None, most and 2 * most)
