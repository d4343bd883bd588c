"""Days from which and until which something holds."""

from datetime import date

from app.domain_errors import DomainError
from app.text import N_


def check_order(first: date | None, last: date | None, field: str) -> None:
    """Raise DomainError on `field` if the last day is before the first."""
    if first and last and last < first:
        raise DomainError(field, N_("The last day is before the first day."))
