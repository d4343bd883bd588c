"""Days from which and until which something holds."""

from datetime import date

from app.domain_errors import DomainError
from app.text import N_

Period = tuple[date | None, date | None]
"""The first and the last day; None if it is not known or has not ended."""


def check_order(first: date | None, last: date | None, field: str) -> None:
    """Raise DomainError on `field` if the last day is before the first."""
    if first and last and last < first:
        raise DomainError(field, N_("The last day is before the first day."))


def overlap(one: Period, other: Period) -> bool:
    """Return whether two periods have a day in common."""
    starts_after = other[0] and one[1] and other[0] > one[1]
    ends_before = other[1] and one[0] and other[1] < one[0]
    return not (starts_after or ends_before)
