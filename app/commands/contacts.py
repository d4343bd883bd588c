"""The part of the demo about contacts: what was said with whom, who people are to each other and what they agreed to, dated relative to the day it is loaded."""

from datetime import date

from app import clock
from app.commands import seed_values
from app.commands.baseline import instant, read
from app.commands.seeds import Seeds
from app.commands.upcoming import utc
from app.domain.actions import next_steps
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.people import consents, relations
from app.models.actions.follow_ups import Priority
from app.models.people.consents import ConsentMeans
from app.models.people.people import Person


def record(seeds: Seeds) -> None:
    """Record the interactions, each at its own time, the relations between people, and consents."""
    contacts = read("contacts")
    for values in contacts["interactions"]:
        _record_interaction(seeds, values)
    for values in contacts["relations"]:
        person, other = (_delegate(seeds, values[side]) for side in ("person", "other"))
        relations.add(person, other, seed_values.relation(values))
    for values in contacts["consents"]:
        _record_consent(seeds, values)


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
        escalate_to=None,
        escalate_after_hours=None,
    )
    with clock.travel(occurred_at):
        next_steps.record_interaction(
            _delegate(seeds, values) if values["delegation"] else None,
            seed_values.interaction(values, occurred_at, organization, congress.id),
            planned,
            by=seeds.users[values["by"]],
        )


def _record_consent(seeds: Seeds, values: seed_values.Seed) -> None:
    by, withdrawn = seeds.users[values["by"]], values["withdrawn"]
    consent = consents.give(_delegate(seeds, values["person"]), seed_values.consent(values), by=by)
    if withdrawn:
        consents.withdraw(consent, date.fromisoformat(withdrawn["at"]), ConsentMeans(withdrawn["how"]), by=by)


def _delegate(seeds: Seeds, values: seed_values.Seed) -> Person:
    """Return the person of a delegation, by position."""
    return seeds.delegations[values["delegation"]].delegates[values["delegate"]].person
