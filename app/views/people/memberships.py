"""Pages and buttons for memberships of people."""

from functools import partial

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import memberships
from app.domain.people.periods import check_order
from app.forms.people.memberships import MembershipForm
from app.models.people.memberships import Membership
from app.models.people.people import Person
from app.policy import Permission
from app.views.people import choices
from app.views.people.parts import editable, form_page, part_of, person_page
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit

bp = Blueprint("memberships", __name__, url_prefix="/people/<int:person_id>/memberships")

_FIELDS = ["organization", "post", "on_behalf_of", ["start_date", "end_date"]]


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(person_id: int) -> ResponseReturnValue:
    """Record a membership of a person."""
    person = editable(person_id)
    form = MembershipForm()
    _prepare(form, person)
    return submit(
        form,
        creates(_editor),
        write=lambda: memberships.add(person, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Add a membership"), _FIELDS),
        done=gettext("Saved."),
    )


@bp.route("/<int:membership_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(person_id: int, membership_id: int) -> ResponseReturnValue:
    """Edit a membership."""
    person = editable(person_id)
    membership = part_of(person.memberships, membership_id)
    form = MembershipForm(obj=membership)
    _prepare(form, person)
    return submit(
        form,
        edits(membership),
        write=lambda: memberships.update(membership, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Edit the membership"), _FIELDS),
        done=gettext("Saved."),
    )


@bp.post("/<int:membership_id>/remove")
@requires(Permission.PERSON_EDIT)
def remove(person_id: int, membership_id: int) -> ResponseReturnValue:
    """Remove a membership."""
    person = editable(person_id)
    membership = part_of(person.memberships, membership_id)
    return press(
        lambda: memberships.remove(membership),
        then=person_page(person),
        done=gettext("Removed."),
        undo=person.full_name,
    )


def _editor(membership: Membership) -> str:
    return url_for("memberships.edit", person_id=membership.person_id, membership_id=membership.id)


def _prepare(form: MembershipForm, person: Person) -> None:
    for field in (form.organization, form.on_behalf_of):
        choices.offer_organizations(field, person.country)
    form.check(partial(check_order, field="end_date"), "start_date", "end_date")
