"""What a proposed change would change, as text."""

from app.models.accounts.pending import PendingChange
from app.models.press.articles import Article
from app.models.travel.places import Place
from app.wording.changes import Change, change_of
from app.wording.facts import FIELDS

_SHORT = 80
_CONTEXT, _LONGEST = 40, 2000
"""Characters around the place where two long texts differ, and of what is shown of each."""


def differences(pending: PendingChange, zone: str) -> list[Change]:
    """Return the fields that a proposed change would change; of long texts, the part that differs."""
    return [_difference(pending, name, zone) for name in FIELDS if name in pending.after]


def record_name(pending: PendingChange) -> str:
    """Return what the record is called that a change is about."""
    record = pending.record
    return str(
        record.headline if isinstance(record, Article) else record.called if isinstance(record, Place) else record.name
    )


def _difference(pending: PendingChange, name: str, zone: str) -> Change:
    before, after = pending.before.get(name), pending.after.get(name)
    texts = [str(value or "") for value in (before, after)]
    if name == "text" or max(map(len, texts)) > _SHORT:
        return Change(str(change_of(pending, name, zone).field), *_middles(*texts))
    return change_of(pending, name, zone)


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
