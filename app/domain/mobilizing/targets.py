"""Whom a campaign asks for something, and the log of what they have answered."""

from datetime import date, timedelta
from typing import TypedDict

from app import clock
from app.domain.accounts import audit, removals
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.targets import EntryKind, Target, TargetEntry, TargetKind
from app.models.people.organizations import Organization
from app.models.press.articles import Article
from app.text import N_

_A_DAY = timedelta(days=1)


class TargetValues(TypedDict):
    """What a person records about a target."""

    kind: TargetKind
    name: str
    post: str | None
    organization: Organization | None
    country: str | None
    letter_language: str | None
    email: str | None
    phone: str | None
    postal_address: str | None
    website: str | None
    demand: str | None
    open_to_letters: bool
    closed_because: str | None


class EntryValues(TypedDict):
    """What happened between a campaign and a target."""

    kind: EntryKind
    happened_on: date
    text: str | None
    article: Article | None


def create(campaign: Campaign, values: TargetValues) -> Target:
    """Record a target of a campaign."""
    target = Target(campaign_id=campaign.id, created_at=clock.now(), **values)
    db.session.add(target)
    db.session.flush()
    audit.note(target, "recorded", {}, _facts(target))
    return target


def update(target: Target, values: TargetValues) -> None:
    """Change what is recorded about a target; its log stays as it is."""
    with audit.changing(target, _facts):
        for name, value in values.items():
            setattr(target, name, value)


def log(target: Target, values: EntryValues, *, by: User | None) -> TargetEntry:
    """Record that a target was asked, or what it answered; raises DomainError on `happened_on` if that is in the future."""
    check_day(values["happened_on"])
    entry = TargetEntry(campaign_id=target.campaign_id, recorded_by=by, recorded_at=clock.now(), **values)
    with audit.changing(target, _facts):
        target.entries.append(entry)
    return entry


def remove_entry(entry: TargetEntry) -> None:
    """Remove an entry that was recorded by mistake."""
    target = entry.target
    with audit.changing(target, _facts):
        target.entries.remove(entry)


def check_day(happened_on: date | None) -> None:
    """Raise DomainError if something is said to have happened after today, wherever today is."""
    if happened_on is not None and happened_on > clock.now().date() + _A_DAY:
        raise DomainError("happened_on", N_("This date is in the future."))


def sweep() -> None:
    """Delete targets that were removed too long ago to be restored."""
    removals.forget(Target)


def _facts(target: Target) -> audit.Facts:
    names = [name for name in TargetValues.__annotations__ if name != "organization"]
    organization = target.organization.name if target.organization else None
    entries = [[one.happened_on.isoformat(), one.kind] for one in target.entries]
    return audit.facts_of(target, names) | {"organization": organization, "target_entries": entries}
