"""Series of actions: the next action when one is closed."""

from datetime import date
from typing import Any

from sqlalchemy import delete, exists

from app import clock
from app.extensions import db
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.actions.parts import ChecklistItem
from app.models.actions.series import FollowUpSeries
from app.models.removing import REMOVED
from app.queries.actions import brigades, parts
from app.queries.actions import series as series_queries

_HOLDERS = ("assignee_id", "assignee_person_id", "assignee_brigade_id")
OF_SERIES = ("title", "note", *_HOLDERS, "remind_before_hours", "priority")
"""What every action of a series begins with, whatever was changed only in the one before."""
CARRIED_ON = (
    "congress_id", "campaign_id", "problem_id", "delegation_id", "interaction_id", "person_id", "leg_id",
    "organization_id", "article_id", "resolution_id", "mobilization_id", "parent_id", "created_by_id", "series_id",
    "escalate_to_id", "escalate_after_hours",
)  # fmt: skip
"""What the next action has in common with the one before: where it belongs, what it is about, and to whom it is escalated."""


def following(follow_up: FollowUp) -> FollowUp | None:
    """Return the next action of a series, not yet stored, after one was closed; without a next day, end the series.

    There is none if another action of the series already follows, or if the series has ended.
    """
    if not goes_on(follow_up):
        return None
    day = next_day(follow_up)
    if day is None and follow_up.series is not None:
        follow_up.series.ended_at = clock.now()
    return None if day is None else FollowUp(**beginning(follow_up, day))


def goes_on(follow_up: FollowUp) -> bool:
    """Whether the series of an action continues after it: it has not ended, and no other action of it follows already."""
    return follow_up.repeats and follow_up.occurs_on is not None and series_queries.after(follow_up) is None


def next_day(follow_up: FollowUp) -> date | None:
    """Return the day of the next action of a series that goes on, or None if it has no other.

    It follows from the day in the series, wherever the action was moved, and days that have passed are left out.
    """
    series, day = follow_up.series, follow_up.occurs_on
    if series is None or day is None:
        return None
    return series.days.next_after(max(series.days.instant(day), clock.now()))


def beginning(follow_up: FollowUp, day: date) -> dict[str, Any]:
    """Return the columns that the next action of a series begins with on its day."""
    series, now = follow_up.series, clock.now()
    values = {name: getattr(follow_up, name) for name in CARRIED_ON}
    if series is None:
        return values
    values |= {name: getattr(series, name) for name in OF_SERIES}
    if not _has_assignee(series):
        values |= {name: getattr(follow_up, name) for name in (*_HOLDERS, "from_brigade_id")}
    return values | {
        "occurs_on": day,
        "due_at": series.days.instant(day),
        "status": FollowUpStatus.NEEDS_ACTION,
        "created_at": now,
        "assigned_at": now,
    }


def take_over(series: FollowUpSeries, follow_up: FollowUp) -> None:
    """Have the next actions of a series begin like this one; what was taken from a brigade begins with the brigade."""
    for name in OF_SERIES:
        setattr(series, name, getattr(follow_up, name))
    if follow_up.is_taken:
        series.assignee_id = series.assignee_person_id = None
        series.assignee_brigade_id = follow_up.from_brigade_id


def _has_assignee(series: FollowUpSeries) -> bool:
    """Whether the one who has the actions of a series from their beginning can have another one."""
    if series.assignee is not None:
        return series.assignee.is_active
    return series.assignee_person_id is not None or brigades.standing(series.assignee_brigade_id) is not None


def begin_checklist(follow_up: FollowUp, before: FollowUp) -> None:
    """Give an action the checklist of the one before it, with nothing done."""
    items = (ChecklistItem(follow_up=follow_up, text=item.text) for item in parts.checklist(before.id))
    db.session.add_all(items)
    db.session.flush()


def sweep() -> None:
    """Delete series whose actions were all deleted, with what they were about."""
    held = exists().where(FollowUp.series_id == FollowUpSeries.id)
    db.session.execute(delete(FollowUpSeries).where(~held), execution_options=REMOVED)
