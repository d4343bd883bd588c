"""What border cards say about money and hours, in the current language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_gmt
from babel.numbers import get_currency_name
from flask_babel import get_locale

from app.config import LOCALES
from app.models.travel.places import Crossing
from app.wording.places import place_name


def currency_name(code: str) -> str:
    """Return the name of a currency with its code: `Colombian peso (COP)`."""
    return f"{get_currency_name(code, locale=get_locale() or LOCALES[0])} ({code})"


def opening_hours(crossing: Crossing, at: datetime) -> str:
    """Return the daily hours of a crossing with the zone in which they are: `06:00–18:00 (Cúcuta, GMT-05:00)`.

    Its clocks may change, so the difference to Greenwich is that at an instant. Empty if it never closes.
    """
    if crossing.opens is None or crossing.closes is None:
        return ""
    zone = get_timezone_gmt(at.astimezone(ZoneInfo(crossing.near.timezone)), "long", get_locale() or LOCALES[0])
    return f"{crossing.opens:%H:%M}–{crossing.closes:%H:%M} ({place_name(crossing.near)}, {zone})"
