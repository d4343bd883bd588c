"""Follow-up actions: quick entry, and what each module in `follow_ups_cases` measures besides."""

from benchmarks import Case
from benchmarks.follow_ups_cases import (
    boards,
    public_sign_ups,
    quick_entry,
    refused_rules,
    reminders,
    signatures,
    today,
)

_PARTS = (
    quick_entry.cases,
    refused_rules.cases,
    reminders.cases,
    today.cases,
    boards.cases,
    signatures.cases,
    public_sign_ups.cases,
)
"""What is measured, one after the other."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the times are meaningless."""
    return [case for part in _PARTS for case in part(quick)]
