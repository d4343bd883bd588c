"""Pages and buttons for other names of people."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import other_names
from app.forms.people.other_names import OtherNameForm
from app.models.people.other_names import OtherName
from app.policy import Permission
from app.views.people.parts import editable, form_page, part_of, person_page
from app.web.access import requires
from app.web.form_keys import creating
from app.web.looks import looked_at
from app.web.submit import creates, edits, press, submit

bp = Blueprint("other_names", __name__, url_prefix="/people/<int:person_id>/names")

_FIELDS = [["kind", "name"]]


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(person_id: int) -> ResponseReturnValue:
    """Record another name of a person."""
    person = editable(person_id)
    form = OtherNameForm()
    return submit(
        form,
        creates(_editor),
        write=lambda: other_names.add(person, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Add a name"), _FIELDS),
        done=gettext("Saved."),
    )


@bp.route("/<int:name_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(person_id: int, name_id: int) -> ResponseReturnValue:
    """Edit another name."""
    person = editable(person_id)
    name = part_of(person.other_names, name_id)
    looked_at("people", [person_id], "other_names")
    form = OtherNameForm(obj=name)
    return submit(
        form,
        edits(name),
        write=lambda: other_names.update(name, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Edit the name"), _FIELDS),
        done=gettext("Saved."),
    )


@bp.post("/<int:name_id>/remove")
@requires(Permission.PERSON_EDIT)
def remove(person_id: int, name_id: int) -> ResponseReturnValue:
    """Remove another name."""
    person = editable(person_id)
    name = part_of(person.other_names, name_id)
    return press(
        lambda: other_names.remove(name), then=person_page(person), done=gettext("Removed."), undo=person.full_name
    )


def _editor(name: OtherName) -> str:
    return url_for("other_names.edit", person_id=name.person_id, name_id=name.id)
