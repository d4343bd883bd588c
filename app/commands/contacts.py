"""The part of the demo about contacts: what was said with people and organizations, dated relative to the day it is loaded."""

from app import clock
from app.commands import seed_values
from app.commands.baseline import instant, read
from app.commands.seeds import Seeds
from app.commands.upcoming import utc
from app.domain.actions import next_steps
from app.domain.actions.follow_ups import FollowUpValues
from app.models.actions.follow_ups import Priority
from app.models.people.people import Person


def record(seeds: Seeds) -> None:
    """Record the interactions, each at its own time."""
    for values in read("contacts")["interactions"]:
        _record_interaction(seeds, values)


def _record_interaction(seeds: Seeds, values: seed_values.Seed) -> None:
    congress = seeds.congresses[values["congress"]]
    today = clock.now().date()
    occurred_at = instant(utc(today, values["at"], congress.timezone))
    organization = seeds.organizations[values["organization"]] if values["organization"] else None
    step = values["step"]
    planned = step and FollowUpValues(
        title=step["title"],
        note=None,
        assignee=seeds.users[step["assignee"]],
        due_at=instant(utc(today, step["due"], congress.timezone)),
        remind_before_hours=24,
        priority=Priority.NORMAL,
    )
    with clock.travel(occurred_at):
        next_steps.record_interaction(
            _person(seeds, values),
            seed_values.interaction(values, occurred_at, organization, congress.id),
            planned,
            by=seeds.users[values["by"]],
        )


def _person(seeds: Seeds, values: seed_values.Seed) -> Person | None:
    """Return the person of a delegation, by position."""
    if values["delegation"] is None:
        return None
    return seeds.delegations[values["delegation"]].delegates[values["delegate"]].person
