"""Using a template: its actions are created at their distance from a date, and move when the date moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app import clock
from app.domain.accounts import audit
from app.domain.actions import follow_ups, reminders
from app.domain.actions.follow_ups import Where
from app.domain.actions.telling import Assignee, held_by, tell_assignee
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.models.actions.templates import ActionTemplate, Anchor, TemplateItem, TemplateUse
from app.queries.actions import templates as template_queries


@dataclass(frozen=True)
class Planned:
    """An action that a template will create."""

    item_id: int
    title: str
    note: str | None
    due_at: datetime
    is_past: bool
    role: str | None


@dataclass(frozen=True)
class Plan:
    """What using a template will create, before anything is stored."""

    anchor: Anchor
    anchored_on: date
    timezone: str
    actions: tuple[Planned, ...]

    @property
    def is_ready(self) -> bool:
        """Whether there is something to create."""
        return bool(self.actions)

    @property
    def roles(self) -> list[str]:
        """The roles for which somebody is chosen, in the order of their first action."""
        return list(dict.fromkeys(one.role for one in self.actions if one.role))


class Moved(NamedTuple):
    """How many open actions have moved with a date, and how many have not because someone has changed their due date."""

    moved: int = 0
    kept: int = 0


def plan(template: ActionTemplate, anchor: Anchor, anchored_on: date, timezone: str) -> Plan:
    """Return what a template creates around a date, in the order of the due dates."""
    now = clock.now()
    use = TemplateUse(anchored_on=anchored_on, timezone=timezone)
    due = [(item, use.due_at(item.offset_days, item.at)) for item in template.items]
    planned = (Planned(item.id, item.title, item.note, at, at < now, item.role) for item, at in due)
    return Plan(anchor, anchored_on, timezone, tuple(planned))


def apply(
    template: ActionTemplate,
    plan: Plan,
    assignees: Mapping[str | None, Assignee],
    *,
    by: User,
    where: Where,
    about: Mapping[str, object],
) -> list[FollowUp]:
    """Create the actions of a plan, each assigned to whoever has its role; `None` is for actions without one.

    `about` holds what they are about, by the names of the relationships of a follow-up. Those whose date has passed are late from the beginning. Each assignee is told of all of them in one email.
    """
    now = clock.now()
    use = TemplateUse(
        template_id=template.id, title=template.title, anchor=plan.anchor, anchored_on=plan.anchored_on,
        timezone=plan.timezone, used_by_id=by.id, used_at=now, **where,
    )  # fmt: skip
    db.session.add(use)
    items = {item.id: item for item in template.items}
    created = [
        _create(use, items[one.item_id], one, assignees[one.role], by=by, where=where, about=about)
        for one in plan.actions
    ]
    for held in {one.held for one in created}:
        tell_assignee([one for one in created if one.held == held], by)
    return created


def follow(uses: Iterable[TemplateUse], first: date, last: date | None, timezone: str) -> Moved:
    """Move the open actions of templates with the days of their congress or campaign, and plan their reminders again.

    Actions whose due date someone has changed stay; so do all of a campaign that no longer has a last day.
    """
    moved = kept = 0
    for use in uses:
        to = first if use.anchor is Anchor.START else last
        if to is None or (to, timezone) == (use.anchored_on, use.timezone):
            continue
        found = template_queries.open_of(use)
        moving = [one for one in found if use.moves(one)]
        use.anchored_on, use.timezone = to, timezone
        for one in moving:
            with audit.changing(one, follow_ups.facts):
                one.due_at = use.planned(one) or one.due_at
            reminders.plan(one)
        moved, kept = moved + len(moving), kept + len(found) - len(moving)
    return Moved(moved, kept)


def _create(
    use: TemplateUse,
    item: TemplateItem,
    planned: Planned,
    assignee: Assignee,
    *,
    by: User,
    where: Where,
    about: Mapping[str, object],
) -> FollowUp:
    created = FollowUp(
        template_use=use,
        title=item.title,
        note=item.note,
        priority=item.priority,
        remind_before_hours=item.remind_before_hours,
        offset_days=item.offset_days,
        offset_at=item.at,
        due_at=planned.due_at,
        status=FollowUpStatus.NEEDS_ACTION,
        created_by_id=by.id,
        created_at=use.used_at,
        assigned_at=use.used_at,
        **where,
        **about,
        **held_by(assignee),
    )
    return follow_ups.record(created)
