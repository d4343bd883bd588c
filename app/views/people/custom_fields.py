"""The fields that the house itself adds to people and organizations."""

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.people import custom_fields
from app.forms.people.custom_fields import CustomFieldForm, form_for
from app.models.people.custom_fields import CustomField, FieldKind, RecordKind
from app.policy import Permission
from app.queries.people import custom_fields as field_queries
from app.queries.people import segments as segment_queries
from app.web.access import requires
from app.web.asking import ask_first
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.submit import creates, edits, press, submit
from app.wording.custom_fields import field_name
from app.wording.dependents import missed_by

bp = Blueprint("custom_fields", __name__, url_prefix="/fields")

Kind = TypeVar("Kind", bound=StrEnum)


@bp.get("")
@requires(Permission.FIELD_EDIT)
def index() -> ResponseReturnValue:
    """Show the fields of people and of organizations."""
    listed = [(kind, field_queries.listing(kind)) for kind in RecordKind]
    return render_template("people/custom_fields/index.html", listed=listed, kinds=list(FieldKind))


@bp.route("/new/<record_kind>/<field_kind>", methods=["GET", "POST"])
@requires(Permission.FIELD_EDIT)
@creating
def new(record_kind: str, field_kind: str) -> ResponseReturnValue:
    """Add a field of one kind."""
    of, kind = _member(RecordKind, record_kind), _member(FieldKind, field_kind)
    form = form_for(kind)()
    return submit(
        form,
        creates(),
        write=lambda: custom_fields.create(of, kind, form.values()),
        then=_location,
        otherwise=lambda: _page(form, of, kind, None),
        done=gettext("Recorded."),
    )


@bp.get("/<int:field_id>")
@requires(Permission.FIELD_EDIT)
def show(field_id: int) -> ResponseReturnValue:
    """Show a field, and how many values it has."""
    field = field_queries.get(field_id)
    return render_template(
        "people/custom_fields/show.html",
        field=field,
        count=field_queries.count_values(field_id),
        history=history_of(field),
    )


@bp.route("/<int:field_id>/edit", methods=["GET", "POST"])
@requires(Permission.FIELD_EDIT)
def edit(field_id: int) -> ResponseReturnValue:
    """Edit a field."""
    field = field_queries.get(field_id)
    form = form_for(field.kind, field.options)(data=_filled(field))
    return submit(
        form,
        edits(field),
        write=lambda: custom_fields.update(field, form.values()),
        then=_location(field),
        otherwise=lambda: _page(form, field.record_kind, field.kind, field),
        done=gettext("Saved."),
    )


@bp.post("/<int:field_id>/up")
@requires(Permission.FIELD_EDIT)
def move_up(field_id: int) -> ResponseReturnValue:
    """Move a field before the previous one."""
    field = field_queries.get(field_id)
    return press(lambda: custom_fields.move_up(field), then=url_for("custom_fields.index"), done=gettext("Saved."))


@bp.post("/<int:field_id>/retire")
@requires(Permission.FIELD_EDIT)
def retire(field_id: int) -> ResponseReturnValue:
    """Neither ask nor show a field any longer, and keep its values."""
    field = field_queries.get(field_id)
    return press(
        lambda: custom_fields.retire(field),
        then=_location(field),
        done=gettext("The field is no longer asked or shown. Its values are kept."),
    )


@bp.post("/<int:field_id>/bring-back")
@requires(Permission.FIELD_EDIT)
def bring_back(field_id: int) -> ResponseReturnValue:
    """Ask and show a retired field again."""
    field = field_queries.get(field_id)
    return press(
        lambda: custom_fields.bring_back(field), then=_location(field), done=gettext("The field is asked again.")
    )


@bp.route("/<int:field_id>/remove", methods=["GET", "POST"])
@requires(Permission.FIELD_EDIT)
def remove(field_id: int) -> ResponseReturnValue:
    """Ask for confirmation and delete a field with its values."""
    field = field_queries.get(field_id)
    name, count = field_name(field), field_queries.count_values(field_id)
    kept = gettext("To keep the values, retire the field instead.") if count and field.retired_at is None else ""
    return ask_first(
        lambda: custom_fields.remove(field),
        name=name,
        question=gettext("Remove the field “%(name)s”?", name=name),
        consequences=[
            ngettext("%(num)d value is removed with it.", "%(num)d values are removed with it.", count),
            *missed_by(segment_queries.asking_for(field)),
            *filter(None, [kept]),
        ],
        button=gettext("Remove"),
        then=url_for("custom_fields.index"),
        trail=[(name, _location(field))],
        done=gettext("Removed."),
    )


def _member(kind: type[Kind], value: str) -> Kind:
    if value not in list(kind):
        abort(404)
    return kind(value)


def _filled(field: CustomField) -> dict[str, str]:
    texts = {"name": field.names, "help": field.helps, "reason": field.reasons}
    texts |= {f"option_{option['key']}": option["labels"] for option in field.options}
    return {f"{name}_{locale}": text for name, words in texts.items() for locale, text in words.items()}


def _page(form: CustomFieldForm, of: RecordKind, kind: FieldKind, field: CustomField | None) -> str:
    return render_template("people/custom_fields/form.html", form=form, of=of, kind=kind, field=field)


def _location(field: CustomField) -> str:
    return url_for("custom_fields.show", field_id=field.id)
