"""What a proposed change would change, as text."""

from datetime import date
from typing import Any

from flask_babel import gettext

from app.domain import pending_parts
from app.models.accounts.pending import PendingChange
from app.models.people.organizations import OrganizationContactType, OrganizationNameKind
from app.models.press.articles import Article
from app.models.travel.places import Place
from app.wording.changes import Change, change_of
from app.wording.facts import FIELDS
from app.wording.formats import day
from app.wording.labels import label
from app.wording.places import place_called

_SHORT = 80
_CONTEXT, _LONGEST = 40, 2000
"""Characters around the place where two long texts differ, and of what is shown of each."""


def differences(pending: PendingChange, zone: str) -> list[Change]:
    """Return the fields that a proposed change would change; of long texts, the part that differs."""
    own = [_difference(pending, name, zone) for name in FIELDS if name in pending.after]
    return own + [_part(pending, name) for name in pending.after if pending_parts.is_part(name)]


def record_name(pending: PendingChange) -> str:
    """Return what the record is called that a change is about."""
    record = pending.record
    return str(
        record.headline
        if isinstance(record, Article)
        else place_called(record)
        if isinstance(record, Place)
        else record.name
    )


def _difference(pending: PendingChange, name: str, zone: str) -> Change:
    before, after = pending.before.get(name), pending.after.get(name)
    texts = [str(value or "") for value in (before, after)]
    if name == "text" or max(map(len, texts)) > _SHORT:
        return Change(str(change_of(pending, name, zone).field), *_middles(*texts))
    return change_of(pending, name, zone)


def _part(pending: PendingChange, name: str) -> Change:
    """Return a name or a contact detail that would be added, changed or removed."""
    field = str(gettext(FIELDS[pending_parts.list_of(name)]))
    return Change(field, _as_text(pending.before.get(name)), _as_text(pending.after.get(name)))


def _as_text(part: dict[str, Any] | None) -> str:
    if part is None:
        return "–"
    if "kind" in part:
        return f"{part['name']} ({label(OrganizationNameKind(part['kind']))})"
    dates = [day(date.fromisoformat(part[end])) for end in ("valid_from", "valid_until") if part[end]]
    more = ", ".join([str(label(OrganizationContactType(part["type"]))), *filter(None, [part["note"]]), *dates])
    return f"{part['value']} ({more})"


def _middles(before: str, after: str) -> tuple[str, str]:
    """Return the parts in which two texts differ, with some characters around them."""
    shortest = min(len(before), len(after))
    start = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    most = shortest - start
    end = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    return _cut(before, start, end), _cut(after, start, end)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _CONTEXT), min(len(text), len(text) - end + _CONTEXT)
    last = min(last, first + _LONGEST)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}" or "–"
