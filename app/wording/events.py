"""Mobilizations and shifts as events in calendars."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app import clock
from app.later import icalendar
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.mobilizations import Mobilization, MobilizationStatus
from app.models.mobilizing.shifts import PlaceStatus, Shift, ShiftNotice, ShiftPlace
from app.wording.brigades import role_name
from app.wording.labels import country_name
from app.wording.places import place_name

_STATUS = {MobilizationStatus.PROPOSED: "TENTATIVE", MobilizationStatus.CANCELLED: "CANCELLED"}


def event(mobilization: Mobilization, page: str, *, stamp: datetime | None = None) -> "icalendar.Event":
    """Return a mobilization as a VEVENT (RFC 5545), in the zone of its place; `page` is its address.

    It is stamped with the current time, unless the same event should have the same content again.
    """
    zone, place = ZoneInfo(mobilization.timezone), mobilization.place
    where = (mobilization.address, place_name(place), country_name(place.country))
    entry = icalendar.Event()
    entry.add("uid", f"mobilization-{mobilization.id}@encuentro")
    entry.add("dtstamp", stamp or clock.now())
    entry.add("sequence", mobilization.sequence)
    entry.add("dtstart", mobilization.starts_at.astimezone(zone))
    entry.add("dtend", mobilization.ends_at.astimezone(zone))
    entry.add("summary", mobilization.title)
    entry.add("location", ", ".join(filter(None, where)))
    entry.add("status", _STATUS.get(mobilization.status, "CONFIRMED"))
    entry.add("url", page)
    return entry


def shift_event(place: ShiftPlace, page: str = "", *, stamp: datetime | None = None) -> "icalendar.Event":
    """Return a member's place in a shift as a VEVENT, in the zone of the shift; `page` is her personal page.

    A calendar that others may read does not name the page, because whoever has its address can act.
    """
    shift = place.shift
    entry = _shift(shift, place.member, shift.sequence + place.sequence, stamp)
    if shift.role is not None:
        entry.add("description", role_name(shift.role))
    entry.add("status", "TENTATIVE" if place.status is PlaceStatus.TAKEN else "CONFIRMED")
    if page:
        entry.add("url", page)
    return entry


def no_shift_event(shift: Shift | ShiftNotice, member: BrigadeMember, sequence: int) -> "icalendar.Event":
    """Return the VEVENT that takes a shift out of a member's calendar."""
    entry = _shift(shift, member, sequence)
    entry.add("status", "CANCELLED")
    return entry


def _shift(
    shift: Shift | ShiftNotice, member: BrigadeMember, sequence: int, stamp: datetime | None = None
) -> "icalendar.Event":
    zone, number = ZoneInfo(shift.timezone), shift.shift_number if isinstance(shift, ShiftNotice) else shift.id
    entry = icalendar.Event()
    entry.add("uid", f"shift-{number}-{member.id}@encuentro")
    entry.add("dtstamp", stamp or clock.now())
    entry.add("sequence", sequence)
    entry.add("dtstart", shift.starts_at.astimezone(zone))
    entry.add("dtend", shift.ends_at.astimezone(zone))
    entry.add("summary", member.brigade.name)
    entry.add("location", shift.venue)
    return entry
