"""Occurrences, compared with dateutil over random rules, first days and zones."""

from calendar import monthrange
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule, tz
from hypothesis import assume, given
from hypothesis import strategies as st

from app.recurring import days as engine
from app.recurring.occurrences import Series
from app.recurring.rules import Day, Frequency, Refusal, Rule, RuleRefused
from app.recurring.writing import parse, write
from benchmarks.follow_ups_cases import refused_rules

ZONES = (
    "America/New_York",
    "Europe/Madrid",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Caracas",
)
NEVER_ONES = (
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20360101",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
    "FREQ=YEARLY;BYMONTH=4,6,9,11;BYMONTHDAY=31",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO,WE,TH,FR,SA,SU",
    "FREQ=DAILY;INTERVAL=2;BYMONTHDAY=30,-1;BYMONTH=2;UNTIL=20260801",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYMONTHDAY=1,31;BYSETPOS=3",
    "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=10",
    "FREQ=WEEKLY;UNTIL=20260901",
)  # fmt: skip
TUESDAY = date(2026, 9, 15)


def series(text, first=TUESDAY, at=time(9), zone="America/Caracas"):
    return Series(parse(text), first, at, ZoneInfo(zone))


numbers = {
    "by_month": st.sets(st.integers(1, 12), max_size=3),
    "by_month_day": st.sets(st.integers(-31, 31).filter(bool), max_size=4),
}


@st.composite
def rules(draw):
    """Rules of which dateutil takes no second view: it wants a weekday with its number and one without both to fit."""
    frequency = draw(st.sampled_from(list(Frequency)))
    chosen = {name: tuple(sorted(draw(values))) for name, values in numbers.items()}
    if frequency is Frequency.WEEKLY:
        chosen["by_month_day"] = ()
    most = {Frequency.MONTHLY: 5, Frequency.YEARLY: 5 if chosen["by_month"] else 53}.get(frequency, 0)
    ordinals = draw(st.sampled_from([st.just(0), st.integers(-most, most).filter(bool)] if most else [st.just(0)]))
    chosen["by_day"] = tuple(sorted(draw(st.sets(st.builds(Day, st.integers(0, 6), ordinals), max_size=4))))
    if frequency is Frequency.MONTHLY and (chosen["by_day"] or chosen["by_month_day"]):
        chosen["by_set_position"] = tuple(sorted(draw(st.sets(st.integers(-5, 5).filter(bool), max_size=2))))
    end = draw(st.sampled_from(["count", "until", None]))
    if end == "count":
        chosen["count"] = draw(st.integers(1, 30))
    elif end == "until":
        chosen["until"] = date(2026, 1, 1) + timedelta(draw(st.integers(0, 4000)))
    return Rule(frequency, draw(st.integers(1, 20)), week_start=draw(st.integers(0, 6)), **chosen)


def as_dateutil(rule, first):
    weekdays = [rrule.weekday(day.weekday, day.ordinal or None) for day in rule.by_day]
    return rrule.rrule(
        getattr(rrule, rule.frequency.value),
        dtstart=datetime.combine(first, time()),
        interval=rule.interval,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byweekday=weekdays or None,
        bysetpos=rule.by_set_position or None,
        count=rule.count,
        until=rule.until and datetime.combine(rule.until, time()),
        wkst=rule.week_start,
    )


@given(rules(), st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_the_days_are_those_that_dateutil_finds(rule, first):
    found = list(islice(Series(rule, first, time(9), ZoneInfo("UTC")).days(), 12))
    assume(found)
    assert found == [moment.date() for moment in islice(as_dateutil(rule, first), len(found))]
    if rule.until and len(found) < 12:
        assert [moment.date() for moment in as_dateutil(rule, first).between(
            datetime.combine(first, time()), datetime.combine(rule.until, time()), inc=True)] == found  # fmt: skip


@given(rules(), st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_a_plain_reading_of_a_daily_rule_finds_the_same_days_or_none(rule, first):
    daily = replace(
        rule, frequency=Frequency.DAILY, by_set_position=(), by_day=tuple({Day(day.weekday) for day in rule.by_day})
    )

    def fits(day):
        from_end = day.day - 1 - monthrange(day.year, day.month)[1]
        return (
            (day - first).days % daily.interval == 0
            and (not daily.by_month or day.month in daily.by_month)
            and (not daily.by_month_day or {day.day, from_end} & {*daily.by_month_day})
            and (not daily.by_day or Day(day.weekday()) in daily.by_day)
            and (daily.until is None or day <= daily.until)
        )

    plainly = [day for day in (first + timedelta(days) for days in range(1500)) if fits(day)][: daily.count]
    found = takewhile(lambda day: day < first + timedelta(1500), Series(daily, first, time(9), ZoneInfo("UTC")).days())
    assert list(found) == plainly


@given(rules(), st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_the_day_after_an_occurrence_is_the_next_in_the_list(rule, first):
    of_rule = Series(rule, first, time(9), ZoneInfo("UTC"))
    found = list(islice(of_rule.days(), 6))
    assert [of_rule.day_after(day) for day in found[:-1]] == found[1:]


@given(st.sampled_from(ZONES), st.dates(date(2010, 1, 1), date(2027, 12, 31)), st.times())
def test_an_occurrence_keeps_its_local_time_over_changes_of_the_clocks(zone, day, at):
    here = Series(parse("FREQ=DAILY"), day, at, ZoneInfo(zone))
    expected = tz.resolve_imaginary(datetime.combine(day, at, tz.gettz(zone)))
    assert here.instant(day) == expected.astimezone(UTC)


@given(st.sampled_from(ZONES), st.integers(0, 800 * 24 * 60), rules())
def test_the_next_occurrence_after_an_instant_is_the_first_of_them(zone, minutes, rule):
    here = Series(rule, date(2026, 1, 1), time(2, 30), ZoneInfo(zone))
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    upcoming = here.next_after(instant)
    assert upcoming is None or here.instant(upcoming) > instant
    earlier = takewhile(lambda day: day != upcoming, here.days())
    assert all(here.instant(day) <= instant for day in islice(earlier, 1000))


def test_a_time_that_is_skipped_takes_the_offset_before_and_one_that_comes_twice_is_the_first():
    here = series("FREQ=DAILY", date(2026, 3, 1), time(2, 30), "Europe/Madrid")
    assert here.instant(date(2026, 3, 29)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "3:30 by the clock"
    assert here.instant(date(2026, 10, 25)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert here.next_after(datetime(2026, 3, 29, 1, 29, tzinfo=UTC)) == date(2026, 3, 29)
    assert here.next_after(datetime(2026, 10, 25, 1, 0, tzinfo=UTC)) == date(2026, 10, 26), (
        "not once more at the second 2:30"
    )


def test_an_end_at_an_instant_is_the_last_possible_one():
    at_nine = "FREQ=DAILY;UNTIL=20260917T130000Z"
    assert len(list(series(at_nine).days())) == 3
    assert len(list(series(at_nine, at=time(9, 1)).days())) == 2


@pytest.mark.parametrize("text", NEVER_ONES)
def test_a_rule_that_never_matches_is_refused_after_one_cycle_of_the_calendar(text, monkeypatch):
    visited = []
    real = engine.month_of
    monkeypatch.setattr(engine, "month_of", lambda *month: visited.append(month) or real(*month))
    with pytest.raises(RuleRefused) as refused:
        series(text).check()
    assert refused.value.refusal is Refusal.NEVER
    assert len(visited) <= 2 * 4812, "twice, if the end is found by counting"


def test_the_days_of_a_month_are_worked_out_once_for_each_shape(monkeypatch):
    worked_out = []
    real = engine._named
    monkeypatch.setattr(engine, "_named", lambda *given: worked_out.append(given) or real(*given))
    with pytest.raises(RuleRefused):
        series("FREQ=DAILY;INTERVAL=7;BYDAY=MO").check()
    assert len(worked_out) <= 168


def test_the_end_of_a_month_can_stand_for_a_day_that_it_lacks():
    days = islice(series("FREQ=MONTHLY;BYMONTHDAY=30,-1;BYSETPOS=1", date(2026, 11, 30)).days(), 5)
    assert [day.isoformat() for day in days] == ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]


@pytest.mark.parametrize(
    ("text", "refusal", "part"),
    [
        ("", Refusal.MALFORMED, None),
        ("every tuesday", Refusal.MALFORMED, None),
        ("FREQ=DAILY;" * 60, Refusal.MALFORMED, None),
        ("BYDAY=MO", Refusal.MALFORMED, "FREQ"),
        ("FREQ=HOURLY", Refusal.VALUE, "FREQ"),
        ("FREQ=YEARLY;BYWEEKNO=20", Refusal.UNKNOWN, "BYWEEKNO"),
        ("FREQ=DAILY;FREQ=WEEKLY", Refusal.REPEATED, "FREQ"),
        ("FREQ=DAILY;INTERVAL=0", Refusal.VALUE, "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=٣", Refusal.VALUE, "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=1001", Refusal.VALUE, "INTERVAL"),
        ("FREQ=DAILY;COUNT=0", Refusal.VALUE, "COUNT"),
        ("FREQ=DAILY;COUNT=10001", Refusal.TOO_MANY, "COUNT"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", Refusal.TWO_ENDS, "COUNT"),
        ("FREQ=DAILY;UNTIL=20270230", Refusal.VALUE, "UNTIL"),
        ("FREQ=DAILY;UNTIL=20270101T000000", Refusal.VALUE, "UNTIL"),
        ("FREQ=DAILY;BYDAY=1MO", Refusal.UNFIT, "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=0MO", Refusal.VALUE, "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=6MO", Refusal.VALUE, "BYDAY"),
        ("FREQ=YEARLY;BYDAY=54MO", Refusal.VALUE, "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", Refusal.UNFIT, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", Refusal.VALUE, "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYSETPOS=1", Refusal.UNFIT, "BYSETPOS"),
        ("FREQ=DAILY;BYMONTH=13", Refusal.VALUE, "BYMONTH"),
        ("FREQ=WEEKLY;WKST=XX", Refusal.VALUE, "WKST"),
    ],
)  # fmt: skip
def test_a_refused_rule_says_why_and_which_part(text, refusal, part):
    with pytest.raises(RuleRefused) as refused:
        parse(text)
    assert (refused.value.refusal, refused.value.part) == (refusal, part)


def test_a_rule_has_at_most_ten_thousand_occurrences_or_no_end():
    series("FREQ=DAILY;COUNT=10000").check()
    series("FREQ=DAILY").check()
    with pytest.raises(RuleRefused) as refused:
        series("FREQ=DAILY;UNTIL=20600101").check()
    assert refused.value.refusal is Refusal.TOO_MANY


@given(st.text(alphabet="FREQ=DAILYWKMO;TUBS,-+0123456789 \n", max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        rule = parse(f"FREQ=DAILY;{text}")
    except RuleRefused:
        return
    assert parse(write(rule)) == rule


@given(rules())
def test_a_written_rule_is_read_as_the_same_rule(rule):
    assert parse(write(rule)) == rule


@given(rules(), st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.booleans())
def test_the_work_for_any_rule_is_bounded(rule, first, goes_on):
    """However long it goes on, a few cycles of the calendar are looked at, and no more days than a series may have."""
    if goes_on:
        rule = replace(rule, count=None, until=date.max)
    visited, named = [], []
    real_month, real_named = engine.month_of, engine._named
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "month_of", lambda *given: visited.append(given) or real_month(*given))
        patched.setattr(engine, "_named", lambda *given: named.append(given) or real_named(*given))
        with suppress(RuleRefused):
            Series(rule, first, time(9), ZoneInfo("UTC")).check()
    cycle = (engine.CYCLE + 1) * 12
    assert len(visited) <= 3 * cycle, "to look for a first day, to find the end by counting, and to count until there"
    assert len(named) <= 3 * 168, "each shape of a month once"


def test_the_worst_rules_of_the_benchmark_are_refused_for_what_is_wrong_with_them():
    found = dict(refused_rules.refusals())
    assert all(found.values())
    assert {"never", "too_many"} <= set(found.values())
