"""Local times and instants."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain_errors import DomainError
from app.text import N_


def to_instant(local: datetime, timezone: str, field: str) -> datetime:
    """Return the instant at which clocks in `timezone` show `local`; the earlier one where they show it twice.

    Raises DomainError on `field` where clocks were put forward over that hour and never show it.
    """
    zone = ZoneInfo(timezone)
    instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if to_local(instant, timezone) != local:
        raise DomainError(
            field, N_("Clocks in %(zone)s skip this hour on that day. Choose an hour before or after."), zone=timezone
        )
    return instant


def to_local(instant: datetime, timezone: str) -> datetime:
    """Return what clocks in `timezone` show at `instant`, without a zone."""
    return instant.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def next_weekly(after: datetime, timezone: str, weekday: int, hour: int) -> datetime:
    """Return the first instant later than `after` when it is `hour` o'clock on `weekday` (Monday is 0) in the zone."""
    return _next(after, timezone, hour, weekday)


def next_daily(after: datetime, timezone: str, hour: int) -> datetime:
    """Return the first instant later than `after` when it is `hour` o'clock in the zone."""
    return _next(after, timezone, hour, None)


def next_monthly(after: datetime, timezone: str, hour: int) -> datetime:
    """Return the first instant later than `after` when it is `hour` o'clock on the first of a month in the zone."""
    zone = ZoneInfo(timezone)
    local = after.astimezone(zone)
    at = datetime(local.year, local.month, 1, hour, tzinfo=zone).astimezone(UTC)
    if at > after:
        return at
    year, months = divmod(local.year * 12 + local.month, 12)
    return datetime(year, months + 1, 1, hour, tzinfo=zone).astimezone(UTC)


def _next(after: datetime, timezone: str, hour: int, weekday: int | None) -> datetime:
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
        if at > after and weekday in (None, day.weekday()):
            return at
        day += timedelta(days=1)
