"""When emails may be sent: quiet hours and the warm-up plan. Nothing here asks the clock or the database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.mail_settings import QuietHours, WarmUp

_UNLIMITED = 10_000_000
"""Emails a day from which on a plan limits nothing."""


def quiet_until(hours: QuietHours, now: datetime, zone: str) -> datetime | None:
    """Return when the quiet hours of a place end, as an instant, or None if it is not quiet there at `now`.

    Clocks decide: if they are set back over the end, it is quiet until they show it again; if they skip it, until they have
    skipped it.
    """
    place = ZoneInfo(zone)
    local = now.astimezone(place)
    shown = local.time()
    if hours.begins < hours.ends:
        is_quiet, ends_today = hours.begins <= shown < hours.ends, True
    else:
        is_quiet, ends_today = not hours.ends <= shown < hours.begins, shown < hours.ends
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=0 if ends_today else 1)
    end = datetime.combine(day, hours.ends, place)
    both = sorted(end.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return next((one for one in both if one > now and quiet_until(hours, one, zone) is None), both[-1])


def most_on(plan: WarmUp | None, day: date) -> int | None:
    """Return how many emails a relay gets on a day at most, or None if it may get any number."""
    if plan is None or day < plan.begins_on:
        return None
    days = (day - plan.begins_on).days
    most = plan.first << min(days, 64)
    return most if most < _UNLIMITED else None
