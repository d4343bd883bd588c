"""How long it is until something begins, as a sentence for members."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext, ngettext

from app import clock
from app.wording.formats import at

_HOUR = timedelta(hours=1)
_IN_HOURS = 48
"""Up to this many hours ahead, hours are counted; from then on, the days of the calendar."""


def countdown(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return when something begins, began or was, as a sentence that names the zone.

    Hours are hours that pass, whatever clocks show meanwhile; days are dates in the zone.
    """
    now, when = clock.now(), at(starts_at, zone)
    if ends_at <= now:
        return str(gettext("It began %(when)s and is over.", when=when))
    if starts_at <= now:
        return str(gettext("It has begun: %(when)s.", when=when))
    ahead = starts_at - now
    if ahead < _HOUR:
        minutes = -(-ahead // timedelta(minutes=1))
        return str(
            ngettext(
                "It begins in %(num)d minute: %(when)s.", "It begins in %(num)d minutes: %(when)s.", minutes, when=when
            )
        )
    if ahead < _IN_HOURS * _HOUR:
        hours = ahead // _HOUR
        return str(
            ngettext("It begins in %(num)d hour: %(when)s.", "It begins in %(num)d hours: %(when)s.", hours, when=when)
        )
    days = (starts_at.astimezone(ZoneInfo(zone)).date() - now.astimezone(ZoneInfo(zone)).date()).days
    return str(ngettext("It begins in %(num)d day: %(when)s.", "It begins in %(num)d days: %(when)s.", days, when=when))
