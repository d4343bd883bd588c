"""Actions as iCalendar to-dos."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.later import icalendar
from app.models.actions.follow_ups import FollowUp, FollowUpStatus, Priority

_PRIORITY = {Priority.HIGH: 1, Priority.NORMAL: 5, Priority.LOW: 9}
_STATUS = {
    FollowUpStatus.NEEDS_ACTION: "NEEDS-ACTION",
    FollowUpStatus.IN_PROCESS: "IN-PROCESS",
    FollowUpStatus.COMPLETED: "COMPLETED",
    FollowUpStatus.CANCELLED: "CANCELLED",
}
_LEAST = timedelta(minutes=1)
"""An action that was assigned after it was due begins so long before, because it has to begin before."""


def todo(follow_up: FollowUp, page: str, zone: str, *, stamp: datetime | None = None) -> "icalendar.Todo":
    """Return an action as a VTODO (RFC 5545), due in a zone.

    As in emails, it contains only the title; and the name of the brigade if one has it.
    It is stamped with the current time, unless the same action should have the same content again. A calendar that others
    may read has no page, if whoever has its address can act.
    """
    due_at = follow_up.due_at.astimezone(ZoneInfo(zone))
    begun_at = min(follow_up.assigned_at, follow_up.due_at - _LEAST).astimezone(ZoneInfo(zone))
    entry = icalendar.Todo()
    entry.add("uid", f"follow-up-{follow_up.id}@encuentro")
    entry.add("dtstamp", stamp or clock.now())
    entry.add("sequence", follow_up.sequence)
    entry.add("dtstart", begun_at.replace(microsecond=0))
    entry.add("due", due_at)
    brigade = follow_up.assignee_brigade
    entry.add("summary", f"{follow_up.title} ({brigade.name})" if brigade else follow_up.title)
    entry.add("priority", _PRIORITY[follow_up.priority])
    entry.add("status", _STATUS[follow_up.status])
    if follow_up.completed_at is not None:
        entry.add("completed", follow_up.completed_at)
    if page:
        entry.add("url", page)
    return entry
