"""The rules that people choose from belong to the day from which they follow."""

from datetime import date, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recurring.occurrences import Series
from app.recurring.patterns import Pattern, moved, offered, pattern_of, rule_of
from app.recurring.writing import parse, write

DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))


def days(rule, first):
    return Series(rule, first, time(9), ZoneInfo("UTC")).days()


@given(DAYS, st.sampled_from(list(Pattern)), st.integers(1, 12))
def test_a_day_is_the_first_of_each_pattern_that_is_offered_for_it(day, pattern, interval):
    if pattern not in offered(day):
        return
    rule = rule_of(pattern, day, interval)
    assert pattern_of(parse(write(rule))) is pattern
    assert next(days(rule, day)) == day


@given(DAYS, DAYS, st.sampled_from(list(Pattern)), st.sets(st.integers(0, 6)))
def test_a_rule_that_moves_to_another_day_names_it(day, to, pattern, weekdays):
    if pattern not in offered(day):
        return
    rule = moved(rule_of(pattern, day, 2, weekdays | {day.weekday()}), day, to)
    assert next(days(rule, to)) == to
    assert rule.interval == 2


@given(DAYS)
def test_every_month_has_one_day_of_each_monthly_pattern(day):
    for pattern in set(offered(day)) - {Pattern.DAY, Pattern.WEEK, Pattern.YEAR}:
        found = list(islice(days(rule_of(pattern, day), day), 24))
        months = [(one.year - day.year) * 12 + one.month - day.month for one in found]
        assert months == list(range(24))


@pytest.mark.parametrize(
    ("day", "pattern", "text"),
    [
        (date(2026, 12, 8), Pattern.MONTH_WEEKDAY, "FREQ=MONTHLY;BYDAY=2TU"),
        (date(2026, 12, 29), Pattern.MONTH_LAST_WEEKDAY, "FREQ=MONTHLY;BYDAY=-1TU"),
        (date(2026, 12, 31), Pattern.MONTH_LAST_DAY, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (date(2026, 12, 30), Pattern.MONTH_DAY, "FREQ=MONTHLY;BYMONTHDAY=-1,30;BYSETPOS=1"),
        (date(2028, 2, 29), Pattern.YEAR, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ],
)
def test_what_is_stored_for_a_pattern(day, pattern, text):
    assert write(rule_of(pattern, day)) == text


def test_a_fifth_weekday_is_offered_only_as_the_last():
    assert Pattern.MONTH_WEEKDAY not in offered(date(2026, 12, 29))
    assert Pattern.MONTH_LAST_WEEKDAY in offered(date(2026, 12, 29))


def test_weekdays_that_were_chosen_besides_stay_when_the_series_moves():
    tuesday, thursday = date(2026, 12, 8), date(2026, 12, 10)
    rule = rule_of(Pattern.WEEK, tuesday, 1, {0, 1})
    assert write(moved(rule, tuesday, thursday)) == "FREQ=WEEKLY;BYDAY=MO,TH"
    assert timedelta(7) == list(islice(days(rule_of(Pattern.WEEK, tuesday), tuesday), 2))[1] - tuesday
