"""Pages and buttons for other names and contact details of organizations."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain import pending_parts
from app.domain.people import organization_parts
from app.domain.people.periods import check_order
from app.forms.base import Form
from app.forms.people.organization_parts import OrganizationContactForm, OrganizationNameForm
from app.models.people.organizations import Organization, OrganizationPart
from app.policy import Permission
from app.queries.people import organizations
from app.views.people.parts import part_of
from app.web import pending
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit

bp = Blueprint("organization_parts", __name__, url_prefix="/organizations/<int:organization_id>")

_NAME_FIELDS = [["kind", "name"]]
_CONTACT_FIELDS = ["type", "value", "note", ["valid_from", "valid_until"]]


@bp.route("/names/new", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
@creating
def new_name(organization_id: int) -> ResponseReturnValue:
    """Record another name of an organization."""
    organization, form = organizations.get_kept(organization_id), OrganizationNameForm()
    return submit(
        form,
        creates(_editor),
        write=lambda: pending.saved_part(
            organization,
            "other_names",
            {**form.values()},
            lambda: organization_parts.add_name(organization, form.values()),
        ),
        **_around(organization, form, gettext("Add a name"), _NAME_FIELDS),
    )


@bp.route("/contact-details/new", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
@creating
def new_contact(organization_id: int) -> ResponseReturnValue:
    """Record a contact detail of an organization."""
    organization, form = organizations.get_kept(organization_id), _contact_form()
    return submit(
        form,
        creates(_editor),
        write=lambda: pending.saved_part(
            organization,
            "contact_details",
            {**form.values()},
            lambda: organization_parts.add_contact(organization, form.values()),
        ),
        **_around(organization, form, gettext("Add a contact detail"), _CONTACT_FIELDS),
    )


@bp.route("/names/<int:organization_name_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
def edit_name(organization_id: int, organization_name_id: int) -> ResponseReturnValue:
    """Edit another name."""
    part = part_of(organizations.get_kept(organization_id).other_names, organization_name_id)
    form = OrganizationNameForm(obj=part)
    return submit(
        form,
        edits(part),
        write=lambda: _saved(part, {**form.values()}, lambda: organization_parts.update_name(part, form.values())),
        **_around(part.organization, form, gettext("Edit the name"), _NAME_FIELDS),
    )


@bp.route("/contact-details/<int:organization_contact_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
def edit_contact(organization_id: int, organization_contact_id: int) -> ResponseReturnValue:
    """Edit a contact detail."""
    part = part_of(organizations.get_kept(organization_id).contact_details, organization_contact_id)
    form = _contact_form(part)
    return submit(
        form,
        edits(part),
        write=lambda: _saved(part, {**form.values()}, lambda: organization_parts.update_contact(part, form.values())),
        **_around(part.organization, form, gettext("Edit the contact detail"), _CONTACT_FIELDS),
    )


@bp.post("/names/<int:organization_name_id>/remove")
@requires(Permission.ORGANIZATION_EDIT)
def remove_name(organization_id: int, organization_name_id: int) -> ResponseReturnValue:
    """Remove another name."""
    return _remove(part_of(organizations.get_kept(organization_id).other_names, organization_name_id))


@bp.post("/contact-details/<int:organization_contact_id>/remove")
@requires(Permission.ORGANIZATION_EDIT)
def remove_contact(organization_id: int, organization_contact_id: int) -> ResponseReturnValue:
    """Remove a contact detail."""
    return _remove(part_of(organizations.get_kept(organization_id).contact_details, organization_contact_id))


def _contact_form(part: OrganizationPart | None = None) -> OrganizationContactForm:
    form = OrganizationContactForm(obj=part)
    form.check(organization_parts.check_value, "type", "value")
    form.check(partial(check_order, field="valid_until"), "valid_from", "valid_until")
    return form


def _around(organization: Organization, form: Form, title: str, fields: list[Any]) -> dict[str, Any]:
    """Return what the form of every part has in common: where it leads, its page, and its message."""
    return {
        "then": _location(organization),
        "otherwise": lambda: _page(organization, form, title, fields),
        "done": pending.done(organization, gettext("Saved.")),
    }


def _remove(part: OrganizationPart) -> ResponseReturnValue:
    organization = part.organization
    return press(
        lambda: _saved(part, None, lambda: organization_parts.remove(part)),
        then=_location(organization),
        done=pending.done(organization, gettext("Removed.")),
        undo="" if pending.waits(organization) else organization.name,
    )


def _saved(part: OrganizationPart, values: Mapping[str, Any] | None, write: Callable[[], object]) -> object:
    return pending.saved_part(part.organization, pending_parts.name_of(part), values, write)


def _page(organization: Organization, form: Form, title: str, fields: list[Any]) -> str:
    return render_template(
        "people/part.html",
        form=form,
        whom=organization.name,
        parent=_location(organization),
        heading=title,
        fields=fields,
        waits=pending.waits(organization),
    )


def _location(organization: Organization) -> str:
    return url_for("organizations.show", organization_id=organization.id)


def _editor(part: Any) -> str:
    if isinstance(part, Organization):  # it waits
        return _location(part)
    here = {"organization_id": part.organization_id}
    if hasattr(part, "kind"):
        return url_for("organization_parts.edit_name", organization_name_id=part.id, **here)
    return url_for("organization_parts.edit_contact", organization_contact_id=part.id, **here)
