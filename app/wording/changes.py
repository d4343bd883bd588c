"""The history of a record as text: what was done, and each changed field, before and after."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext

from app import languages
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import CONCEALED, AuditEntry
from app.models.accounts.house import Rule
from app.models.accounts.pending import PendingChange
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.congress.resolutions import Resolution
from app.models.mobilizing.shifts import PlaceStatus
from app.models.people.consents import ConsentPurpose
from app.models.people.segments import ConditionKind
from app.models.travel.journeys import LegStatus
from app.models.travel.problems import RouteProblem
from app.queries.people import tags
from app.queries.privacy.retention_ties import EMPTIED
from app.recurring.writing import parse
from app.wording import facts
from app.wording.brigades import recorded_role
from app.wording.custom_fields import tag_name
from app.wording.formats import at, day, from_until, language_name, zone_name
from app.wording.labels import country_name, label
from app.wording.member_labels import WEEKDAYS
from app.wording.problems import problem_title, recorded_entity
from app.wording.repeating import repeated
from app.wording.retention import RETENTION_VERBS, recorded_period
from app.wording.targets import recorded_entry
from app.wording.template_uses import distance
from app.wording.verbs import FIRST, VERBS

_LONGEST = 80
"""The number of characters of a value that are shown."""
_NOTHING = "–"


class Change(NamedTuple):
    """A changed field, as text."""

    field: str
    before: str
    after: str
    is_concealed: bool = False
    """Whether its values are not shown."""


def verb_of(entry: AuditEntry) -> str:
    """Return what was done to the record."""
    known = VERBS | RETENTION_VERBS
    return str(gettext(known.get(entry.verb, known["changed"])))


def changes_of(entry: AuditEntry, zone: str) -> list[Change]:
    """Return the changed fields, with instants in `zone`; empty for a record's first entry."""
    if entry.verb in FIRST:
        return []
    names = [name for name in facts.FIELDS if name in entry.before or name in entry.after]
    return [change_of(entry, name, zone) for name in names]


def change_of(entry: AuditEntry | PendingChange, name: str, zone: str) -> Change:
    """Return one changed field."""
    field = str(gettext(facts.FIELDS[name]))
    if name in CONCEALED or entry.verb == EMPTIED:
        return Change(field, "", "", is_concealed=True)
    before, after = (_shown(entry, name, side.get(name), zone) for side in (entry.before, entry.after))
    return Change(field, before, after)


def _shown(entry: AuditEntry | PendingChange, name: str, value: Any, zone: str) -> str:
    if value in (None, "", [], {}):
        return _NOTHING
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, list):
        return _text("; ".join(_item(name, one, zone) for one in value))
    if isinstance(value, dict):
        return _text("; ".join(f"{language_name(language)}: {text}" for language, text in value.items()))
    return _text(_moment(name, value, zone) or _named(name, value) or _member(entry, name, value) or str(value))


def _item(name: str, value: Any, zone: str) -> str:
    """Return one of the values of a field that has several."""
    if name == "periods":
        return _period(*value, zone=zone)
    if name == "shift":
        return _shift(*value, zone=zone)
    if name == "roles":
        return _role(*value, zone=zone)
    if name in _COMPOUND:
        return _COMPOUND[name](*value)
    return _SIMPLE.get(name, str)(value)


def _moment(name: str, value: Any, zone: str) -> str | None:
    """Return a date or a time as text, otherwise None."""
    if name.endswith("_at"):
        return _instant(value, zone)
    if name in facts.DAYS:
        return day(date.fromisoformat(value))
    if name in facts.HOURS:
        return str(value)[:5]
    if name == "digest_hour":
        return f"{value:02d}:00"
    return str(WEEKDAYS[value]) if name == "digest_weekday" else None


def _named(name: str, value: Any) -> str | None:
    """Return the name that a code or a number stands for, otherwise None."""
    if name in facts.COUNTRIES:
        return country_name(value)
    if name in facts.LANGUAGES:
        return language_name(languages.code_of(value) or value)
    if name == "timezone":
        return zone_name(value)
    if name == "problem_id":
        return _problem(value)
    if name == "recurrence":
        return repeated(parse(value))
    if name == "parent_id":
        return _campaign(value)
    return _congress(value) if name == "related_congress_id" else None


def _member(entry: AuditEntry | PendingChange, name: str, value: Any) -> str | None:
    """Return the label of a value if it belongs to an enum, otherwise None."""
    status = LegStatus if entry.verb == "leg deleted" else facts.STATUSES.get(entry.subject)
    own = {"status": status, "kind": facts.KINDS.get(entry.subject)}
    values = own[name] if name in own else facts.ENUMS.get(name)
    return label(values(value)) if values and value in list(values) else None


def _text(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _problem(number: int) -> str:
    """Return what a problem is called, or its number if it has been removed."""
    problem = db.session.get(RouteProblem, number)
    return problem_title(problem) if problem else f"#{number}"


def _congress(number: int) -> str:
    """Return the title of a congress, if the user has access to it."""
    congress = db.session.get(Congress, number)
    return congress.title if congress else str(gettext("a congress that you do not have access to"))


def _campaign(number: int) -> str:
    """Return the title of a campaign, if the user has access to it."""
    campaign = db.session.get(Campaign, number)
    return campaign.title if campaign else str(gettext("a campaign that you do not have access to"))


def _resolution(number: int) -> str:
    """Return the title of a resolution, if the user has access to its congress."""
    resolution = db.session.get(Resolution, number)
    return resolution.title if resolution else str(gettext("a resolution that you do not have access to"))


def _role(role: str, congress_id: int | None, campaign_id: int | None, ends_at: str = "", *, zone: str) -> str:
    """Return a role with the congress or campaign in which it was held, and its end if it has one."""
    if congress_id is not None:
        where = _congress(congress_id)
    elif campaign_id is not None:
        where = _campaign(campaign_id)
    else:
        where = str(gettext("everything"))
    held = f"{label(Role(role))} ({where})"
    return str(gettext("%(role)s until %(when)s", role=held, when=_instant(ends_at, zone))) if ends_at else held


def _tag(name: str) -> str:
    """Return the name of a tag in the reader's language, or as it was recorded if there is no such tag any more."""
    return next((tag_name(tag) for tag in tags.named(name) if tag.name == name), name)


def _condition(kind: str, is_negated: bool, values: str) -> str:
    """Return what a condition of a segment asks: its kind, and its values as they are stored."""
    asked = ": ".join(filter(None, (label(ConditionKind(kind)), values)))
    return str(gettext("not %(what)s", what=asked)) if is_negated else asked


def _shift(status: str, venue: str, starts_at: str, *, zone: str) -> str:
    return f"{label(PlaceStatus(status))}: {venue}, {_instant(starts_at, zone)}"


def _template_item(title: str, days: int, at: str, role: str | None) -> str:
    """Return an action of a template with its distance from the date."""
    return f"{title} ({', '.join(filter(None, (distance(days), at, role)))})"


def _consent(purpose: str, is_withdrawn: bool) -> str:
    what = label(ConsentPurpose(purpose))
    if is_withdrawn:
        return str(gettext("%(purpose)s: withdrawn", purpose=what))
    return str(gettext("%(purpose)s: given", purpose=what))


def _period(starts_at: str, ends_at: str | None, hours: str | None, *, zone: str) -> str:
    if ends_at:
        span = " – ".join(from_until(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at), zone))
    else:
        span = f"{_instant(starts_at, zone)} – …"
    return f"{span} ({hours.replace(':00–', '–').removesuffix(':00')})" if hours else span


def _instant(text: str, zone: str) -> str:
    return at(datetime.fromisoformat(text), zone)


_COMPOUND: dict[str, Callable[..., str]] = {
    "brigade_roles": recorded_role,
    "conditions": _condition,
    "consents": _consent,
    "entities": recorded_entity,
    "items": _template_item,
    "retention": recorded_period,
    "target_entries": recorded_entry,
}
"""How values with several parts are written, by field."""
_SIMPLE: dict[str, Callable[[Any], str]] = {
    "countries": country_name,
    "factor_roles": lambda role: label(Role(role)),
    "rules": lambda rule: label(Rule(rule)),
    "languages": language_name,
    "quiet_days": lambda number: str(WEEKDAYS[number]),
    "resolution_ids": _resolution,
    "tags": _tag,
}
"""How the values of other fields are written, where they are not shown as they are."""
