"""The history of a record as text: what was done, and each changed field, before and after."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import gettext

from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.actions.follow_ups import FollowUpStatus, Priority
from app.models.congress.congresses import CongressStatus
from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import LegStatus
from app.models.travel.places import Mode
from app.models.travel.problems import Cause, Effect, EntityKind, RouteProblem, Severity, Verification
from app.text import N_
from app.wording.formats import at, day, from_until
from app.wording.labels import country_name, label, problem_title

_LONGEST = 80
"""The number of characters of a value that are shown."""
_VERBS: dict[str, str] = {
    "recorded": N_("Recorded"),
    "changed": N_("Edited"),
    "lifted": N_("Ended"),
    "called off": N_("Called off"),
    "reinstated": N_("No longer called off"),
    "added": N_("Leg added"),
    "leg deleted": N_("Leg removed"),
    "removed": N_("Removed"),
    "restored": N_("Restored"),
    "undone": N_("Undone"),
}
_FIELDS: dict[str, str] = {
    "title": N_("Title"),
    "note": N_("Note"),
    "assignee": N_("Who"),
    "due_at": N_("Due"),
    "remind_before_hours": N_("Reminder (hours before)"),
    "priority": N_("Priority"),
    "edition": N_("Edition"),
    "theme": N_("Theme"),
    "venue": N_("Venue"),
    "locality": N_("Town"),
    "country": N_("Country"),
    "start_date": N_("First day"),
    "end_date": N_("Last day"),
    "timezone": N_("Time zone"),
    "help_name": N_("Contact for delegates"),
    "help_phone": N_("Phone for delegates"),
    "cause": N_("Cause"),
    "effect": N_("Effect"),
    "severity_level": N_("Severity"),
    "verification": N_("Verification"),
    "reference": N_("Reference number"),
    "source_url": N_("Source"),
    "source_quote": N_("Quotation from the source"),
    "cause_detail": N_("Description"),
    "end_estimated": N_("The end is an estimate"),
    "periods": N_("When"),
    "entities": N_("What is affected"),
    "way": N_("Route"),
    "departs_at": N_("Departs"),
    "arrives_at": N_("Arrives"),
    "mode": N_("Mode of travel"),
    "carrier": N_("Carrier"),
    "number": N_("Number"),
    "status": N_("Status"),
    "seats": N_("Seats"),
    "reason": N_("Reason"),
    "problem_id": N_("Route problem"),
}
_ENUMS: dict[str, type[StrEnum]] = {
    "cause": Cause,
    "effect": Effect,
    "severity_level": Severity,
    "verification": Verification,
    "mode": Mode,
    "priority": Priority,
}
_STATUSES: dict[str, type[StrEnum]] = {
    "legs": LegStatus,
    "delegations": DelegationStatus,
    "follow_ups": FollowUpStatus,
    "congresses": CongressStatus,
}
"""The status enum of each kind of record."""


class Change(NamedTuple):
    """A changed field, as text."""

    field: str
    before: str
    after: str


def verb_of(entry: AuditEntry) -> str:
    """Return what was done to the record."""
    return str(gettext(_VERBS.get(entry.verb, _VERBS["changed"])))


def changes_of(entry: AuditEntry, zone: str) -> list[Change]:
    """Return the changed fields, with instants in `zone`; empty for a record's first entry."""
    if not entry.before:
        return []
    names = [name for name in _FIELDS if name in entry.before or name in entry.after]
    return [
        Change(
            str(gettext(_FIELDS[name])),
            _shown(entry, name, entry.before.get(name), zone),
            _shown(entry, name, entry.after.get(name), zone),
        )
        for name in names
    ]


def _shown(entry: AuditEntry, name: str, value: Any, zone: str) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if name == "periods":
        return "; ".join(_period(*period, zone=zone) for period in value)
    if name == "entities":
        return "; ".join(_entity(*entity) for entity in value)
    if name.endswith("_at"):
        return _instant(value, zone)
    if name.endswith("_date"):
        return day(date.fromisoformat(value))
    if name == "problem_id":
        return _problem(value)
    if name == "country":
        return country_name(value)
    return _text(_member(entry, name, value) or str(value))


def _member(entry: AuditEntry, name: str, value: Any) -> str | None:
    """Return the label of a value if it belongs to an enum, otherwise None."""
    kind = LegStatus if entry.verb == "leg deleted" else _STATUSES.get(entry.subject)
    values = kind if name == "status" else _ENUMS.get(name)
    return label(values(value)) if values and value in list(values) else None


def _text(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _problem(number: int) -> str:
    """Return what a problem is called, or its number if it has been removed."""
    problem = db.session.get(RouteProblem, number)
    return problem_title(problem) if problem else f"#{number}"


def _entity(kind: str, *rest: Any) -> str:
    return " ".join([label(EntityKind(kind)), *(str(one) for one in rest if one)])


def _period(starts_at: str, ends_at: str | None, hours: str | None, *, zone: str) -> str:
    if ends_at:
        span = " – ".join(from_until(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at), zone))
    else:
        span = f"{_instant(starts_at, zone)} – …"
    return f"{span} ({hours})" if hours else span


def _instant(text: str, zone: str) -> str:
    return at(datetime.fromisoformat(text), zone)
