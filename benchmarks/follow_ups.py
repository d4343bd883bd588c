"""Follow-up actions: quick entry, and what each module in `follow_ups_cases` measures besides."""

from benchmarks import Case
from benchmarks.follow_ups_cases import quick_entry, reminders, today

_PARTS = (quick_entry.cases, reminders.cases, today.cases)
"""What is measured, one after the other."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the times are meaningless."""
    return [case for part in _PARTS for case in part(quick)]
