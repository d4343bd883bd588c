"""Actions as iCalendar to-dos."""

from icalendar import Todo

from app import clock
from app.models.actions.follow_ups import FollowUp, FollowUpStatus, Priority

_PRIORITY = {Priority.HIGH: 1, Priority.NORMAL: 5, Priority.LOW: 9}
_STATUS = {
    FollowUpStatus.NEEDS_ACTION: "NEEDS-ACTION",
    FollowUpStatus.IN_PROCESS: "IN-PROCESS",
    FollowUpStatus.COMPLETED: "COMPLETED",
    FollowUpStatus.CANCELLED: "CANCELLED",
}


def todo(follow_up: FollowUp, page: str) -> Todo:
    """Return an action as a VTODO (RFC 5545). As in emails, it contains only the title."""
    entry = Todo()
    entry.add("uid", f"follow-up-{follow_up.id}@encuentro")
    entry.add("dtstamp", clock.now())
    entry.add("due", follow_up.due_at)
    entry.add("summary", follow_up.title)
    entry.add("priority", _PRIORITY[follow_up.priority])
    entry.add("status", _STATUS[follow_up.status])
    entry.add("url", page)
    return entry
