"""Merges an edit form with what others have saved since its page was shown, field by field.

The page contains a fingerprint of each value that it showed. Compared with the submitted and the current value, it tells
which side changed a field. Fingerprints are used only for this decision; they are never written.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectField, SelectMultipleField

from app.forms.asking import Asking
from app.forms.base import Form
from app.forms.fields import clean_lines
from app.forms.picking import PickField

SEEN = "seen"
"""The name of the form parameter with the fingerprints."""
_LONGEST = 50_000
"""The number of characters of fingerprints that are read; the largest form has about 200 fields of 30 characters each."""
_END = "."
_NOT_MERGED = ("csrf_token", "idempotency_key")

Content = tuple[str, ...]
"""What a browser sends for a field: its values, and the choice if a text was ambiguous."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved from the same page before: the browser may have kept the page and send it again."""

    sent: str
    """The fingerprints of what was sent then."""
    is_latest: bool
    """Whether nobody has changed the row since."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge."""

    conflicts: list[Field]
    """Fields that two people changed differently; each has the current value as text in its `theirs`."""
    taken: list[Field]
    """Fields that only someone else changed; they have the current value."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """The current value of a field."""

    content: Content
    chosen: str
    """The key of the choice if the text is ambiguous."""
    text: str
    """As text for the user; empty if there is no value."""


def fingerprints(form: Form) -> str:
    """Return the fingerprints of a form's current values, as a page sends them."""
    return _written({field.name: _fingerprint(_content(field)) for field in _merged_fields(form)})


def merge(form: Form, sent: "MultiDict[str, str]", before: Saved | None) -> Merged:
    """Merge the submitted with the current values; `form` was filled from the row and gets its fingerprints.

    A field that still has the value that the page showed (or that was saved `before` from the same page) gets the current
    value. A field that only the sender changed keeps the submitted value. A field that the page did not have gets the current
    value. Without fingerprints, every difference is a conflict.
    """
    seen = _read(before.sent if before else sent.get(SEEN, ""))
    is_own = before is not None and before.is_latest
    merged, shown = Merged([], []), dict[str, str]()
    for field in _merged_fields(form):
        typed, standing = _fingerprint(_content(field)), _standing(field, sent)
        stands = _fingerprint(standing.content)
        shown[field.name] = stands
        if seen and field.name not in seen and field.name not in sent:
            _take(field, standing)
        elif typed == stands:
            continue
        elif typed == seen.get(field.name):
            _take(field, standing)
            if not is_own:
                merged.taken.append(field)
        elif sent.get(f"{field.name}-take") == "theirs":
            _take(field, standing)
        elif stands != seen.get(field.name) and not is_own:
            field.theirs = standing.text  # type: ignore[attr-defined]  # the page shows it beside the field
            merged.conflicts.append(field)
    form.seen = _written(shown)
    return merged


def point_out(conflicts: Iterable[Field], saved_by: Mapping[str, str]) -> None:
    """Add an error to each field that someone else changed; `saved_by` has the names of those who did, by field."""
    for field in conflicts:
        name = saved_by.get(field.name)
        sentence = (
            gettext("%(name)s changed this while you were editing.", name=name)
            if name
            else gettext("This was changed while you were editing.")
        )
        field.errors = (*field.errors, sentence)


def _merged_fields(form: Form) -> list[Field]:
    return [field for field in form if field.name not in _NOT_MERGED]


def _written(by_field: Mapping[str, str]) -> str:
    return " ".join([*(f"{name}:{fingerprint}" for name, fingerprint in by_field.items()), _END])


def _read(text: str) -> dict[str, str]:
    """Return the fingerprints by field; empty if the text is truncated or malformed."""
    *pairs, end = text[: _LONGEST + 1].split(" ")
    if end != _END or len(text) > _LONGEST:
        return {}
    return {name: fingerprint for name, _, fingerprint in (one.partition(":") for one in pairs)}


def _fingerprint(content: Content) -> str:
    """Return a short keyed digest, so that nobody can guess the values from stored fingerprints."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), repr(content).encode(), "sha256")[:8].hex()


def _standing(field: Field, sent: "MultiDict[str, str]") -> _Standing:
    """Return the current value of a field that was filled from the row and then from the submitted form."""
    field.raw_data = None
    field.process(None, field.object_data)
    chosen = str(getattr(field.data, "id", "")) if isinstance(field, PickField) else getattr(field, "answer", "")
    standing = _Standing(_content(field), chosen, _in_words(field))
    field.process(sent, field.object_data)
    return standing


def _take(field: Field, standing: _Standing) -> None:
    """Fill a field as if its current value had been submitted."""
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
        offered = [(str(value), is_chosen) for value, _, is_chosen, *_ in field.iter_choices()]
        chosen = [value for value, is_chosen in offered if is_chosen]
        return next(iter((*chosen, *(value for value, _ in offered))), "")  # with none chosen, browsers send the first
    value: str = field._value()  # type: ignore[attr-defined]  # noqa: SLF001 - what WTForms' own widgets show
    return value


def _in_words(field: Field) -> str:
    """Return the value of a field as text."""
    if isinstance(field, BooleanField):
        return str(gettext("yes") if field.data else gettext("no"))
    if isinstance(field, SelectField | SelectMultipleField):
        names: dict[str, str] = dict(field.choices or {})  # type: ignore[arg-type]
        return ", ".join(str(names.get(value, value)) for value in _content(field) if value)
    offered = dict(getattr(field, "offers", ()))
    answer = getattr(field, "answer", "")
    return str(offered.get(answer) or _text(field)).replace("T", " ") if answer else _text(field)
