"""Days of action, and when they begin in each zone."""

from datetime import UTC, datetime, timedelta, timezone
from typing import TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app import clock
from app.domain.accounts import audit, removals
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.days_of_action import DayOfAction, Synchronization
from app.text import N_
from app.times import to_instant

_LAST_ZONE = timezone(timedelta(hours=-12))
"""The zone in which each local hour comes last."""


class DayValues(TypedDict):
    """What is recorded about a day of action."""

    titles: dict[str, str]
    """By language."""
    texts: dict[str, str]
    synchronized_by: Synchronization
    starts: datetime
    """A local time: in `timezone` if it is the same instant everywhere, else in each place."""
    timezone: str | None
    is_public: bool


def create(campaign: Campaign, values: DayValues) -> DayOfAction:
    """Call a day of action, which must be ahead."""
    day = DayOfAction(campaign=campaign, created_at=clock.now())
    _write(day, values)
    if last_start(day) <= clock.now():
        raise DomainError("starts", N_("This time has already passed. Choose one that is ahead."))
    db.session.add(day)
    db.session.flush()
    audit.note(day, "recorded", {}, facts(day))
    return day


def update(day: DayOfAction, values: DayValues) -> None:
    """Change a day of action; what becomes of its mobilizations: `mobilizations.follow`."""
    with audit.changing(day, facts):
        _write(day, values)


def sweep() -> None:
    """Delete days of action that were removed too long ago to be restored; their mobilizations remain."""
    removals.forget(DayOfAction)


def start_in(day: DayOfAction, zone: str, field: str) -> datetime:
    """Return the instant at which a day of action begins in a zone.

    Raises DomainError on `field` if clocks there skip its local hour, UndecidedError if that hour comes twice.
    """
    check_zone(zone)
    if day.starts_at is not None:
        return day.starts_at
    return to_instant(local_start(day), zone, field)


def local_start(day: DayOfAction) -> datetime:
    """Return what the clocks show when it begins, in each place or in the zone in which the instant was entered."""
    if day.local_day is not None and day.local_hour is not None:
        return datetime.combine(day.local_day, day.local_hour)
    instant, zone = day.starts_at, day.timezone
    if instant is None or zone is None:
        raise AssertionError("a day of action has an instant or a local hour")
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def last_start(day: DayOfAction) -> datetime:
    """Return the instant by which it has begun in every zone."""
    return day.starts_at or local_start(day).replace(tzinfo=_LAST_ZONE).astimezone(UTC)


def facts(day: DayOfAction) -> audit.Facts:
    """Return what the history tells."""
    own = audit.facts_of(day, ("synchronized_by", "starts_at", "timezone", "local_day", "local_hour", "is_public"))
    return {"title": day.titles, "text": day.texts, **own}


def check_titles(*titles: str | None) -> None:
    """Raise DomainError if it has no title in any language."""
    if not any(titles):
        raise DomainError(None, N_("Enter the title in at least one language."))


def check_zone(zone: str) -> None:
    """Raise DomainError if there is no such zone, or none any more."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DomainError("timezone", N_("This time zone does not exist any more. Choose another.")) from error


def _write(day: DayOfAction, values: DayValues) -> None:
    titles = {locale: title for locale, title in values["titles"].items() if title}
    check_titles(*titles.values())
    day.titles, day.texts = titles, {locale: text for locale, text in values["texts"].items() if text}
    day.synchronized_by, day.is_public = values["synchronized_by"], values["is_public"]
    shown, zone = values["starts"], values["timezone"]
    if day.synchronized_by is Synchronization.SAME_INSTANT:
        if zone is None:
            raise DomainError("timezone", N_("Choose the time zone."))
        check_zone(zone)
        day.starts_at, day.timezone = to_instant(shown, zone, "starts"), zone
        day.local_day = day.local_hour = None
    else:
        day.starts_at = day.timezone = None
        day.local_day, day.local_hour = shown.date(), shown.time().replace(second=0, microsecond=0)
