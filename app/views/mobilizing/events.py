"""Mobilizations as events in calendars."""

from zoneinfo import ZoneInfo

from icalendar import Event

from app import clock
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.wording.labels import country_name

_STATUS = {MobilizationStatus.PROPOSED: "TENTATIVE", MobilizationStatus.CANCELLED: "CANCELLED"}


def event(mobilization: Mobilization, page: str) -> Event:
    """Return a mobilization as a VEVENT (RFC 5545), in the zone of its place; `page` is its address."""
    zone, place = ZoneInfo(mobilization.timezone), mobilization.place
    where = (mobilization.address, place.name, country_name(place.country))
    entry = Event()
    entry.add("uid", f"mobilization-{mobilization.id}@encuentro")
    entry.add("dtstamp", clock.now())
    entry.add("sequence", mobilization.sequence)
    entry.add("dtstart", mobilization.starts_at.astimezone(zone))
    entry.add("dtend", mobilization.ends_at.astimezone(zone))
    entry.add("summary", mobilization.title)
    entry.add("location", ", ".join(filter(None, where)))
    entry.add("status", _STATUS.get(mobilization.status, "CONFIRMED"))
    entry.add("url", page)
    return entry
