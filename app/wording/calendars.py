"""Calendar files (iCalendar, RFC 5545), with the rules of the time zones that they use."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.later import icalendar

_AROUND = timedelta(days=366)
"""The rules of a zone are given for this long before and after what uses it."""
_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)


def calendar_of(entries: "Iterable[icalendar.Component]", *, name: str = "", method: str = "") -> bytes:
    """Return the content of a calendar file; `method` is for those sent by email (RFC 5546)."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Encuentro//Encuentro//EN")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    listed = list(entries)
    for zone, used in sorted(_zones(listed).items()):
        calendar.add_component(timezone_between(zone, min(used) - _AROUND, max(used) + _AROUND))
    for entry in listed:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def timezone_between(zone: str, first: datetime, last: datetime) -> "icalendar.Timezone":
    """Return the rules of a zone between two instants: each change of its clocks.

    That of icalendar has clocks go forward an hour late.
    """
    tz = ZoneInfo(zone)
    rules = icalendar.Timezone()
    rules.add("tzid", zone)
    rules.add_component(_observance(first, tz, tz.utcoffset(first.astimezone(tz)) or timedelta(0)))
    for change in _changes(tz, first.astimezone(UTC), last.astimezone(UTC)):
        before = tz.utcoffset((change - _SECOND).astimezone(tz)) or timedelta(0)
        rules.add_component(_observance(change, tz, before))
    return rules


def _observance(since: datetime, tz: ZoneInfo, before: timedelta) -> "icalendar.Component":
    """Return the rule from an instant on; its beginning is what clocks would show without it."""
    local = since.astimezone(tz)
    rule = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
    rule.add("dtstart", (since.astimezone(UTC) + before).replace(tzinfo=None))
    rule.add("tzoffsetfrom", before)
    rule.add("tzoffsetto", local.utcoffset())
    rule.add("tzname", local.tzname())
    return rule


def _changes(tz: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the instants in UTC from which clocks differ, to the second."""

    def shown(instant: datetime) -> tuple[object, ...]:
        local = instant.astimezone(tz)
        return local.utcoffset(), local.dst(), local.tzname()

    at = first.replace(microsecond=0)
    while at < last:
        following = at + _DAY
        if shown(at) != shown(following):
            early, late = at, following
            while late - early > _SECOND:
                middle = early + (late - early) // 2
                middle = middle.replace(microsecond=0)
                early, late = (middle, late) if shown(middle) == shown(at) else (early, middle)
            yield late
        at = following


def _zones(entries: "Iterable[icalendar.Component]") -> dict[str, list[datetime]]:
    """Return the zones in which times are given, apart from UTC, each with these times."""
    found: dict[str, list[datetime]] = {}
    for entry in entries:
        for key in ("DTSTART", "DTEND", "DUE"):
            value = getattr(entry.get(key), "dt", None)
            zone = getattr(value.tzinfo, "key", None) if isinstance(value, datetime) else None
            if zone is not None and isinstance(value, datetime):
                found.setdefault(zone, []).append(value)
    return found
