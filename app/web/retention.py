"""Until when data is kept, below the field in which it is typed and beside it where it is shown."""

from flask import Flask, g
from wtforms import Field

from app.models.privacy.retention import RetentionKind
from app.queries.privacy import retention
from app.queries.privacy.retention_rules import RULES
from app.wording.labels import label
from app.wording.retention import kept_until

_FORMS = "app.forms."
_KINDS = {typed: kind for kind, rule in RULES.items() for typed in rule.typed_in}


def register(app: Flask) -> None:
    """Register the template helpers."""
    app.jinja_env.globals.update(kept_note=kept_note, kept_while=kept_while, retention_name=retention_name)


def kept_note(field: Field) -> str:
    """Return until when what is typed in a field is kept; empty if it belongs to no kind, or has no end."""
    kind = kind_of(getattr(field, "form_class", None), field.short_name)
    return kept_while(kind) if kind else ""


def kept_while(kind: RetentionKind | str) -> str:
    """Return until when data of a kind is kept; empty if that has no end."""
    if "retention_days" not in g:
        g.retention_days = retention.announced_days()
    days = g.retention_days[RetentionKind(kind)]
    return "" if days is None else kept_until(RetentionKind(kind), days)


def retention_name(kind: str) -> str:
    """Return what a kind of data is called."""
    return label(RetentionKind(kind))


def kind_of(form: type | None, name: str) -> RetentionKind | None:
    """Return the kind of data that is typed in a field of a form, or of one that it is derived from."""
    for one in form.__mro__ if form else ():
        path = f"{one.__module__.removeprefix(_FORMS)}.{one.__name__}"
        prefix = name[: name.find("_") + 1]
        if kind := _KINDS.get((path, name)) or _KINDS.get((path, prefix)):
            return kind
    return None
