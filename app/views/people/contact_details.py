"""Pages and buttons for contact details of people."""

from functools import partial

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import contact_details
from app.domain.people.periods import check_order
from app.forms.people.contact_details import ContactDetailForm
from app.models.people.people import ContactDetail, Person
from app.policy import Permission
from app.views.people.parts import editable, form_page, part_of, person_page
from app.web.access import requires
from app.web.form_keys import creating
from app.web.looks import looked_at
from app.web.submit import creates, edits, press, submit

bp = Blueprint("contact_details", __name__, url_prefix="/people/<int:person_id>/contact-details")

_FIELDS = ["type", "value", "note", ["valid_from", "valid_until"]]
_NAMES = ("type", "note", "valid_from", "valid_until")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(person_id: int) -> ResponseReturnValue:
    """Record a contact detail of a person."""
    person = editable(person_id)
    form = ContactDetailForm()
    _check(form)
    return submit(
        form,
        creates(_editor),
        write=lambda: contact_details.add(person, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Add a contact detail"), _FIELDS),
        done=gettext("Saved."),
    )


@bp.route("/<int:detail_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(person_id: int, detail_id: int) -> ResponseReturnValue:
    """Edit a contact detail."""
    person = editable(person_id)
    detail = _seen(person, detail_id)
    looked_at("people", [person_id], "contact_details")
    form = ContactDetailForm(data={name: getattr(detail, name) for name in _NAMES} | {"value": detail.shown})
    _check(form)
    return submit(
        form,
        edits(detail),
        write=lambda: contact_details.update(detail, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Edit the contact detail"), _FIELDS),
        done=gettext("Saved."),
    )


@bp.post("/<int:detail_id>/remove")
@requires(Permission.PERSON_EDIT)
def remove(person_id: int, detail_id: int) -> ResponseReturnValue:
    """Remove a contact detail."""
    person = editable(person_id)
    detail = _seen(person, detail_id)
    return press(
        lambda: contact_details.remove(detail),
        then=person_page(person),
        done=gettext("Removed."),
        undo=person.full_name,
    )


def _seen(person: Person, detail_id: int) -> ContactDetail:
    """Return a contact detail; if it is hidden from the user, answer 403."""
    detail: ContactDetail = part_of(person.contact_details, detail_id)
    if detail.shown is None:
        abort(403)
    return detail


def _editor(detail: ContactDetail) -> str:
    return url_for("contact_details.edit", person_id=detail.person_id, detail_id=detail.id)


def _check(form: ContactDetailForm) -> None:
    form.check(contact_details.check_value, "type", "value")
    form.check(partial(check_order, field="valid_until"), "valid_from", "valid_until")
