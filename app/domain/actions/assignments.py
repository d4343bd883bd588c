"""The same action about each of many people."""

from collections.abc import Sequence
from typing import Any

from app import clock
from app.domain import bulk
from app.domain.actions import escalations, follow_ups, reminders
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.actions.telling import held_by, tell_assignee
from app.domain.bulk import Outcome
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.queries.actions import follow_ups as follow_up_queries

MOST_ASSIGNED = 500
"""The number of actions that are assigned together."""


def assign_about(
    values: FollowUpValues,
    person_ids: Sequence[int],
    *,
    by: User | None,
    congress_id: int | None = None,
    campaign_id: int | None = None,
) -> Outcome:
    """Assign one action about each person, with its reminders; the assignee is told of all of them in one email."""
    follow_ups.check_due(values["due_at"])
    to = values["escalate_to"]
    escalations.check(to, values["assignee"], congress_id=congress_id, campaign_id=campaign_id)
    now = clock.now()
    shared: dict[str, Any] = {
        "congress_id": congress_id, "campaign_id": campaign_id, "status": FollowUpStatus.NEEDS_ACTION, "created_by_id": by.id if by else None,
        "created_at": now, "assigned_at": now,
    }  # fmt: skip
    shared |= {name: value for name, value in values.items() if name not in ("assignee", "escalate_to")}
    shared["escalate_to_id"] = to.id if to else None
    shared |= held_by(values["assignee"])
    written = bulk.add(FollowUp, [shared | {"person_id": number} for number in person_ids], _place)
    created = follow_up_queries.some_by_id([row["id"] for row in written])
    bulk.note(
        "recorded", [((FollowUp.__tablename__, one.id), {}, follow_ups.facts(one)) for one in created],
        congress_id=congress_id, campaign_id=campaign_id,
    )  # fmt: skip
    reminders.plan_all(created)
    tell_assignee(created, by)
    return Outcome(person_ids)


def _place(row: Any) -> tuple[str, int]:
    return FollowUp.__tablename__, row["id"]
