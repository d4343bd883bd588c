"""Fields that the house itself adds to people and organizations."""

from typing import TypedDict

from app import clock
from app.domain.accounts import audit
from app.domain.people.texts import Texts, check_names, present
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.custom_fields import STEPS, CustomField, FieldKind, Option, RecordKind
from app.queries.people import custom_fields as field_queries
from app.text import N_


class CustomFieldValues(TypedDict):
    """What is recorded about a field."""

    names: Texts
    helps: Texts
    reasons: Texts
    options: list[tuple[str, Texts]]
    """Key and labels of each option, in order. An empty key stands for a new option; one without labels is left out."""


def create(record_kind: RecordKind, kind: FieldKind, values: CustomFieldValues) -> CustomField:
    """Add a field after the others of its kind of record; raises DomainError as `update` does."""
    known = field_queries.listing(record_kind)
    position = max((field.position for field in known), default=0) + 1
    field = CustomField(record_kind=record_kind, kind=kind, position=position, options=[], created_at=clock.now())
    _write(field, values)
    db.session.add(field)
    db.session.flush()
    audit.note(field, "recorded", {}, _facts(field))
    return field


def update(field: CustomField, values: CustomFieldValues) -> None:
    """Change a field; its kind stays.

    Raises DomainError on `name_es` if it has no name, and on `option_new1_es` if a choice has fewer than two options or
    one that is still used would disappear.
    """
    with audit.changing(field, _facts):
        _write(field, values)


def move_up(field: CustomField) -> None:
    """Exchange a field with the one before it; the first one stays."""
    listed = list(field_queries.listing(field.record_kind))
    place = listed.index(field)
    if place:
        listed[place - 1], listed[place] = listed[place], listed[place - 1]
    for position, one in enumerate(listed, start=1):
        one.position = position
    db.session.flush()


def retire(field: CustomField) -> None:
    """Neither ask nor show a field any longer; its values are kept."""
    with audit.changing(field, _facts):
        field.retired_at = field.retired_at or clock.now()


def bring_back(field: CustomField) -> None:
    """Ask and show a retired field again, with the values that it had."""
    with audit.changing(field, _facts):
        field.retired_at = None


def remove(field: CustomField) -> None:
    """Delete a field with all its values. It needs a session in the scope EVERYTHING."""
    audit.forget(field)
    db.session.delete(field)
    db.session.flush()


def _write(field: CustomField, values: CustomFieldValues) -> None:
    check_names(*values["names"].values())
    field.names, field.helps, field.reasons = (present(values[name]) for name in ("names", "helps", "reasons"))
    options = _options(field, values["options"])
    if field.kind is FieldKind.CHOICE:
        _check_options(field, options)
    field.options = options


def _options(field: CustomField, typed: list[tuple[str, Texts]]) -> list[Option]:
    if field.kind is FieldKind.ASSESSMENT:
        return [Option(key=key, labels=present(labels)) for key, labels in typed if key in STEPS]
    used = [int(key) for key, _labels in typed if key] + [int(key) for key in field.option_keys]
    following = iter(range(max(used, default=0) + 1, len(typed) + max(used, default=0) + 1))
    labeled = [(key, present(labels)) for key, labels in typed if any(labels.values())]
    return [Option(key=key or str(next(following)), labels=labels) for key, labels in labeled]


def _check_options(field: CustomField, options: list[Option]) -> None:
    if len(options) < 2:
        raise DomainError("option_new1_es", N_("Enter at least two options."))
    gone = field.option_keys - {option["key"] for option in options}
    uses = field_queries.count_options(field, gone) if gone else {}
    for key in sorted(uses):
        raise DomainError(
            f"option_{key}_es",
            N_("Records with this option: %(count)s. Rename it, or change those records first."),
            count=uses[key],
        )


def _facts(field: CustomField) -> audit.Facts:
    options = [" / ".join(option["labels"].values()) for option in field.options]
    return {
        "names": field.names, "helps": field.helps, "reasons": field.reasons, "options": options,
        "is_retired": field.retired_at is not None,
    }  # fmt: skip
