"""Calls to action of a campaign."""

from datetime import date, datetime
from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.calls import Call
from app.models.campaigns.campaigns import Campaign
from app.text import N_
from app.times import to_instant


class CallValues(TypedDict):
    """Something that members can do."""

    titles: dict[str, str]
    """What to do, by language."""
    details: dict[str, str]
    url: str | None
    starts_at: datetime | None
    """Local time in `timezone`."""
    timezone: str
    last_day: date | None


def create(campaign: Campaign, values: CallValues) -> Call:
    """Add a call to action."""
    call = Call(campaign_id=campaign.id, created_at=clock.now())
    _write(call, values)
    if not call.is_open(clock.now()):
        raise DomainError("last_day" if values["last_day"] else "starts_at", N_("This has already ended."))
    db.session.add(call)
    db.session.flush()
    audit.note(call, "recorded", {}, _facts(call))
    return call


def update(call: Call, values: CallValues) -> None:
    """Change a call; emails that have been approved keep their text."""
    with audit.changing(call, _facts):
        _write(call, values)


def remove(call: Call) -> None:
    """Call it off. Its history ends; that of the campaign says what was called off."""
    campaign, facts = call.campaign, _facts(call)
    audit.forget(call)
    db.session.delete(call)
    db.session.flush()
    audit.note(campaign, "call removed", facts, {})


def _facts(call: Call) -> audit.Facts:
    return audit.facts_of(call, ("titles", "details", "url", "starts_at", "last_day"))


def check_titles(*titles: str | None) -> None:
    """Raise DomainError if what members can do is said in no language."""
    if not any(titles):
        raise DomainError(None, N_("Describe what members can do in at least one language."))


def _write(call: Call, values: CallValues) -> None:
    titles = {locale: title for locale, title in values["titles"].items() if title}
    check_titles(*titles.values())
    local = values["starts_at"]
    call.titles = titles
    call.details = {locale: words for locale, words in values["details"].items() if words and locale in titles}
    call.timezone, call.url, call.last_day = values["timezone"], values["url"], values["last_day"]
    call.starts_at = to_instant(local, values["timezone"], "starts_at") if local else None
