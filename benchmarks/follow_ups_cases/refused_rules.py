"""How long it takes to refuse a rule of repetition: the worst ones that we know, each alone and in its slowest order."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time
from time import process_time
from zoneinfo import ZoneInfo

from app.recurring.occurrences import Series
from app.recurring.rules import MOST_OCCURRENCES, RuleRefused
from app.recurring.writing import LONGEST_TEXT, parse
from benchmarks import Case

RULES = (
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=22001231",  # no such day, and dateutil looks for it for seconds
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=10000",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",  # begins on another day of the week, so each month is looked at in vain
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=10000",
    "FREQ=WEEKLY;INTERVAL=1000;BYDAY=TU;BYMONTH=2;BYMONTHDAY=30;COUNT=10000",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31,30;BYMONTH=2;UNTIL=24001231",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=32,33,40,-32,-40;COUNT=10000",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29,30;BYDAY=MO,TU;BYSETPOS=3,4,5,-3,-4,-5;COUNT=10000",
    "FREQ=YEARLY;BYDAY=53MO,53TU,53WE,53TH,53FR,53SA,53SU;BYMONTH=2,3,4,5,6,7,8,9,10,11",
    "FREQ=DAILY;UNTIL=99991231",  # far more days than a series may have
    "FREQ=DAILY;INTERVAL=2;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22;UNTIL=99991231",
    "FREQ=DAILY;BYDAY=" + ",".join(f"{day}" for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")) + ";UNTIL=99991231",
    "FREQ=DAILY;BYMONTHDAY=" + ",".join(["31"] * 200),  # as long as a rule may be, or longer
)
"""Rules that are refused, or that a longer search would have to be made for."""
FIRST = date(2026, 9, 15)
"""A Tuesday."""
_TIMES, _MOST_MS = 7, 50.0


def cases(quick: bool) -> list[Case]:
    """Measure the slowest of the rules: the quickest of some runs of each, in time of the processor."""
    times = 1 if quick else _TIMES
    slowest = max(min(_seconds(text) for _ in range(times)) for text in RULES)
    name = f"slowest refusal of {len(RULES)} rules of repetition (up to {MOST_OCCURRENCES:,} days, {LONGEST_TEXT} characters)"
    return [Case(name, slowest * 1000, _MOST_MS, "ms")]


def refusals() -> Iterator[tuple[str, str]]:
    """Yield each rule with why it is refused; empty if it is not."""
    for text in RULES:
        try:
            _check(text)
        except RuleRefused as refused:
            yield text, refused.refusal.value
        else:
            yield text, ""


def _seconds(text: str) -> float:
    began = process_time()
    with suppress(RuleRefused):
        _check(text)
    return process_time() - began


def _check(text: str) -> None:
    Series(parse(text), FIRST, time(9), ZoneInfo("America/Caracas")).check()
