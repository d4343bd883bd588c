"""Shifts by day, as in a calendar."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from app.models.mobilizing.shifts import Shift
from app.times import to_local


def by_day(rows: Iterable[Shift]) -> list[tuple[date, list[Shift]]]:
    """Return shifts grouped by the day on which they begin, each in its own zone."""
    grouped = groupby(rows, key=lambda shift: to_local(shift.starts_at, shift.timezone).date())
    return [(day, list(shifts_of_day)) for day, shifts_of_day in grouped]
