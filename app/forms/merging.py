"""Merges an edit form with what others have saved since its page was shown, field by field.

A page carries a fingerprint of each value that it showed. Together with what was typed and what stands now, it tells
which side changed a field. Fingerprints only decide that: what is written is typed, or stands already.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectField, SelectMultipleField

from app.forms.asking import Asking
from app.forms.base import Form
from app.forms.fields import clean_lines
from app.forms.picking import PickField

SEEN = "seen"
"""The name under which a page sends the fingerprints of what it showed."""
_LONGEST = 8_000
_MOST_FIELDS = 200
_NOT_MERGED = ("csrf_token", "idempotency_key")

Content = tuple[str, ...]
"""What a browser sends for a field: its values, and what was chosen where a text may mean several things."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a field now."""

    content: Content
    chosen: str
    """The key of what a text means, where it may mean several things."""
    text: str
    """In words for the reader; empty where nothing stands."""


def bring_up_to_date(form: Form, sent: "MultiDict[str, str] | None", *, merges: bool) -> list[Field]:
    """Let `form` carry fingerprints of what stands now; return the fields that two people changed differently.

    Where `merges` is set, a field that was left as the page showed it takes what stands now. A field that only the
    sender changed stays as it was typed.
    """
    seen = _read(sent.get(SEEN, "") if sent else "")
    conflicts, fingerprints = [], []
    for field in [one for one in form if one.name not in _NOT_MERGED]:
        typed = _content(field)
        standing = _standing(field, sent)
        fingerprints.append(f"{field.name}:{_fingerprint(standing.content)}")
        if sent is None or not merges or typed == standing.content:
            continue
        if _fingerprint(typed) == seen.get(field.name) or sent.get(f"{field.name}-take") == "theirs":
            _take(field, standing)
        elif _fingerprint(standing.content) != seen.get(field.name):
            field.theirs = standing.text
            conflicts.append(field)
    form.seen = " ".join(fingerprints)
    return conflicts


def point_out(conflicts: Iterable[Field], saved_by: dict[str, str]) -> None:
    """Say beside each field that somebody else changed it; `saved_by` has the names of those who did, by field."""
    for field in conflicts:
        name = saved_by.get(field.name)
        sentence = (
            gettext("%(name)s changed this while you were editing.", name=name)
            if name
            else gettext("This was changed while you were editing.")
        )
        field.errors = (*field.errors, sentence)


def _read(text: str) -> dict[str, str]:
    """Return fingerprints by field; nothing of a text that no page of ours sends."""
    if len(text) > _LONGEST:
        return {}
    pairs = (one.partition(":") for one in text.split(" ", _MOST_FIELDS))
    return {name: fingerprint for name, _, fingerprint in pairs}


def _fingerprint(content: Content) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


def _standing(field: Field, sent: "MultiDict[str, str] | None") -> Standing:
    """Return what stands in a field, which was filled from the row and then from the form."""
    field.process(None, field.object_data)
    chosen = str(getattr(field.data, "id", "")) if isinstance(field, PickField) else getattr(field, "answer", "")
    standing = Standing(_content(field), chosen, _in_words(field))
    field.process(sent, field.object_data)
    return standing


def _take(field: Field, standing: Standing) -> None:
    """Fill a field as if what stands in it had been sent."""
    values: MultiDict[str, str] = MultiDict()
    values.setlist(field.name, list(_values(field, standing.content)))
    if standing.chosen:
        values[f"{field.name}-choice"] = standing.chosen
    field.process(values, field.object_data)


def _content(field: Field) -> Content:
    if isinstance(field, BooleanField):
        return ("y",) if field.data else ()
    if isinstance(field, SelectMultipleField):
        return tuple(sorted(field.raw_data or map(str, field.data or ())))
    chosen = (field.answer,) if isinstance(field, Asking) and field.answer else ()
    return (clean_lines(_text(field)), *chosen)


def _values(field: Field, content: Content) -> Content:
    return content[:1] if isinstance(field, Asking) else content


def _text(field: Field) -> str:
    if field.raw_data:
        return str(field.raw_data[0])
    if isinstance(field, SelectField):
        return "" if field.data is None else str(field.data)
    value: str = field._value()  # type: ignore[attr-defined]  # noqa: SLF001 - what WTForms' own widgets show
    return value


def _in_words(field: Field) -> str:
    """Return what a field holds as people read it."""
    if isinstance(field, BooleanField):
        return str(gettext("yes") if field.data else gettext("no"))
    if isinstance(field, SelectField | SelectMultipleField):
        names: dict[str, str] = dict(field.choices or {})  # type: ignore[arg-type]
        return ", ".join(str(names.get(value, value)) for value in _content(field) if value)
    offered = dict(getattr(field, "offers", ()))
    answer = getattr(field, "answer", "")
    return str(offered.get(answer) or _text(field)).replace("T", " ") if answer else _text(field)
