"""Series of actions: the next action when one is closed."""

from sqlalchemy import delete, exists

from app import clock
from app.extensions import db
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.actions.parts import ChecklistItem
from app.models.actions.series import FollowUpSeries
from app.models.removing import REMOVED
from app.queries.actions import parts
from app.queries.actions import series as series_queries

OF_SERIES = ("title", "note", "assignee", "assignee_person", "remind_before_hours", "priority")
"""What every action of a series begins with, whatever was changed only in the one before."""
CARRIED_ON = (
    "congress_id", "campaign_id", "problem_id", "delegation_id", "interaction_id", "person_id", "leg_id",
    "organization_id", "article_id", "created_by_id", "series_id",
)  # fmt: skip
"""What the next action has in common with the one before: where it belongs and what it is about."""


def following(follow_up: FollowUp) -> FollowUp | None:
    """Return the next action of a series, not yet stored, after one was closed; without a next day, end the series.

    Its day follows from the day in the series, wherever the closed action was moved, and days that have passed are left
    out. There is none if another action of the series already follows, or if the series has ended.
    """
    series, day = follow_up.series, follow_up.occurs_on
    if series is None or day is None or not follow_up.repeats or series_queries.after(follow_up) is not None:
        return None
    now, days = clock.now(), series.days
    found = days.next_after(max(days.instant(day), now))
    if found is None:
        series.ended_at = now
        return None
    values = {name: getattr(follow_up, name) for name in CARRIED_ON} | {
        name: getattr(series, name) for name in OF_SERIES
    }
    if series.assignee_person is None and (series.assignee is None or not series.assignee.is_active):
        values |= {"assignee": follow_up.assignee, "assignee_person": follow_up.assignee_person}
    return FollowUp(
        **values,
        occurs_on=found,
        due_at=days.instant(found),
        status=FollowUpStatus.NEEDS_ACTION,
        created_at=now,
        assigned_at=now,
    )


def begin_checklist(follow_up: FollowUp, before: FollowUp) -> None:
    """Give an action the checklist of the one before it, with nothing done."""
    items = (ChecklistItem(follow_up=follow_up, text=item.text) for item in parts.checklist(before.id))
    db.session.add_all(items)
    db.session.flush()


def sweep() -> None:
    """Delete series whose actions were all deleted, with what they were about."""
    held = exists().where(FollowUp.series_id == FollowUpSeries.id)
    db.session.execute(delete(FollowUpSeries).where(~held), execution_options=REMOVED)
