"""When emails may be sent: quiet hours and the warm-up plan. Nothing here asks the clock or the database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.mail_settings import QuietHours, WarmUp

_DAYS = 3
"""Within so many days, quiet hours end."""
_EXACT = timedelta(milliseconds=100)
_UNLIMITED = 10_000_000
"""Emails a day from which on a plan limits nothing."""


def quiet_until(hours: QuietHours, now: datetime, zone: str) -> datetime | None:
    """Return when the quiet hours of a place end, as an instant, or None if it is not quiet there at `now`.

    Clocks decide: if they are set back over the end, it is quiet until they show it again; if they skip it, until they have
    skipped it, or until the next day if they skip all of the time that is not quiet.
    """
    place = ZoneInfo(zone)
    local = now.astimezone(place)
    if not _is_quiet(hours, local):
        return None
    days = [datetime.combine(local.date() + timedelta(days=one), hours.ends, place) for one in range(_DAYS)]
    ends = [one.replace(fold=fold).astimezone(UTC) for one in days for fold in (0, 1)]
    instants = sorted([*ends, *_change(place, now, now + timedelta(days=_DAYS))])
    return next(one for one in instants if one > now and not _is_quiet(hours, one.astimezone(place)))


def _is_quiet(hours: QuietHours, local: datetime) -> bool:
    shown = local.time()
    if hours.begins < hours.ends:
        return hours.begins <= shown < hours.ends
    return not hours.ends <= shown < hours.begins


def _change(place: ZoneInfo, after: datetime, before: datetime) -> list[datetime]:
    """Return the instant between two others at which the clocks of a place are changed, if they are."""
    first = after.astimezone(place).utcoffset()
    if before.astimezone(place).utcoffset() == first:
        return []
    while before - after > _EXACT:
        middle = after + (before - after) / 2
        if middle.astimezone(place).utcoffset() == first:
            after = middle
        else:
            before = middle
    return [before.replace(microsecond=0)]


def most_on(plan: WarmUp | None, day: date) -> int | None:
    """Return how many emails a relay gets on a day at most, or None if it may get any number."""
    if plan is None or day < plan.begins_on:
        return None
    days = (day - plan.begins_on).days
    most = plan.first << min(days, 64)
    return most if most < _UNLIMITED else None
