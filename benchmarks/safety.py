"""Safety: what each module in `safety_cases` measures."""

from benchmarks import Case
from benchmarks.safety_cases import backups, guessers, kills, proofs, sealed_pages, stale_saves

_PARTS = (proofs.cases, kills.cases, stale_saves.cases, guessers.cases, backups.cases, sealed_pages.cases)
"""What is measured, one after the other."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the times are meaningless."""
    return [case for part in _PARTS for case in part(quick)]
