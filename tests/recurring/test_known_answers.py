"""The examples of RFC 5545, section 3.8.5.3, which start on September 2, 1997 unless they say otherwise."""

from datetime import date, time
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from app.recurring.occurrences import Series
from app.recurring.writing import parse, write

SEPTEMBER = date(1997, 9, 2)
EXAMPLES = [
    ("FREQ=DAILY;COUNT=10", SEPTEMBER, [f"1997-09-{day:02}" for day in range(2, 12)]),
    ("FREQ=DAILY;INTERVAL=2", SEPTEMBER, ["1997-09-02", "1997-09-04", "1997-09-06", "1997-09-08", "…"]),
    (
        "FREQ=DAILY;INTERVAL=10;COUNT=5",
        SEPTEMBER,
        ["1997-09-02", "1997-09-12", "1997-09-22", "1997-10-02", "1997-10-12"],
    ),
    (
        "FREQ=WEEKLY;COUNT=4",
        SEPTEMBER,
        ["1997-09-02", "1997-09-09", "1997-09-16", "1997-09-23"],
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        SEPTEMBER,
        ["1997-09-02", "1997-09-16", "1997-09-30", "1997-10-14", "1997-10-28", "1997-11-11", "…"],
    ),
    (
        "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
        SEPTEMBER,
        [f"1997-{day}" for day in ["09-02", "09-04", "09-09", "09-11", "09-16", "09-18", "09-23", "09-25", "09-30", "10-02"]],
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        SEPTEMBER,
        [f"1997-{day}" for day in ["09-02", "09-04", "09-16", "09-18", "09-30", "10-02", "10-14", "10-16"]],
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        date(1997, 8, 5),
        ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"],
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        date(1997, 8, 5),
        ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"],
    ),
    (
        "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
        date(1997, 9, 5),
        ["1997-09-05", "1997-10-03", "1997-11-07", "1997-12-05"],
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
        date(1997, 9, 7),
        ["1997-09-07", "1997-09-28", "1997-11-02", "1997-11-30", "1998-01-04", "1998-01-25"],
    ),
    (
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        date(1997, 9, 22),
        ["1997-09-22", "1997-10-20", "1997-11-17", "1997-12-22", "1998-01-19", "1998-02-16"],
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=-3", date(1997, 9, 28), ["1997-09-28", "1997-10-29", "1997-11-28", "1997-12-29", "1998-01-29", "…"]),
    (
        "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=1,-1",
        date(1997, 9, 30),
        ["1997-09-30", "1997-10-01", "1997-10-31", "1997-11-01", "1997-11-30", "1997-12-01"],
    ),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=5;BYMONTHDAY=13,14,15",
        date(1997, 9, 13),
        ["1997-09-13", "1997-09-14", "1997-09-15", "1999-03-13", "1999-03-14"],
    ),
    ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", SEPTEMBER, [f"1997-09-{day:02}" for day in (2, 9, 16, 23, 30)] + ["1997-11-04", "…"]),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        SEPTEMBER,
        ["1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13", "2000-10-13", "…"],
    ),
    (
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        date(1997, 9, 13),
        ["1997-09-13", "1997-10-11", "1997-11-08", "1997-12-13", "1998-01-10", "…"],
    ),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", date(1997, 9, 4), ["1997-09-04", "1997-10-07", "1997-11-06"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", date(1997, 9, 29), ["1997-09-29", "1997-10-30", "1997-11-27", "1997-12-30", "…"]),
    (
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        date(2007, 1, 15),
        ["2007-01-15", "2007-01-30", "2007-02-15", "2007-03-15", "2007-03-30"],
    ),
    (
        "FREQ=YEARLY;COUNT=4;BYMONTH=6,7",
        date(1997, 6, 10),
        ["1997-06-10", "1997-07-10", "1998-06-10", "1998-07-10"],
    ),
    ("FREQ=YEARLY;BYDAY=20MO", date(1997, 5, 19), ["1997-05-19", "1998-05-18", "1999-05-17", "…"]),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", date(1997, 3, 13), ["1997-03-13", "1997-03-20", "1997-03-27", "1998-03-05", "…"]),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        date(1996, 11, 5),
        ["1996-11-05", "2000-11-07", "2004-11-02", "…"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "expected"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_the_examples_of_the_standard(text, first, expected):
    series = Series(parse(text), first, time(9), ZoneInfo("America/New_York"))
    endless = expected[-1] == "…"
    shown = expected[:-1] if endless else expected
    assert [str(day) for day in islice(series.days(), len(shown) + (not endless))] == shown


@pytest.mark.parametrize(
    "days",
    [
        "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
        "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
    ],
)
def test_every_day_of_january_for_three_years_can_be_said_in_two_ways(days):
    series = Series(parse(days), date(1998, 1, 1), time(9), ZoneInfo("America/New_York"))
    january = [date(year, 1, day) for year in (1998, 1999, 2000) for day in range(1, 32)]
    assert list(series.days()) == january


@pytest.mark.parametrize("text", [example[0] for example in EXAMPLES])
def test_a_written_rule_is_read_as_the_same_rule(text):
    assert parse(write(parse(text))) == parse(text)
