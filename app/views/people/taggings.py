"""Buttons that put tags on people and organizations and take them off."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import taggings
from app.forms.people.tags import TaggingForm
from app.models.people.people import Person
from app.models.people.records import Record
from app.policy import Permission
from app.queries.people import organizations
from app.queries.people import tags as tag_queries
from app.views.people import choices
from app.views.people.parts import editable, person_page
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, press, submit

of_people = Blueprint("person_tags", __name__, url_prefix="/people/<int:person_id>/tags")
of_organizations = Blueprint("organization_tags", __name__, url_prefix="/organizations/<int:organization_id>/tags")


@of_people.route("/new", methods=["GET", "POST"], endpoint="new")
@requires(Permission.PERSON_EDIT)
@creating
def put_on_person(person_id: int) -> ResponseReturnValue:
    """Put a tag on a person."""
    person = editable(person_id)
    form = tagging_form()
    return submit(
        form,
        creates(),
        write=lambda: taggings.put_on(person, form.tag.picked()),
        then=_location(person),
        otherwise=lambda: _form_page(form, person),
        done=gettext("Saved."),
    )


@of_people.post("/<int:tag_id>/remove", endpoint="remove")
@requires(Permission.PERSON_EDIT)
def take_off_person(person_id: int, tag_id: int) -> ResponseReturnValue:
    """Take a tag off a person."""
    return _take_off(editable(person_id), tag_id)


@of_organizations.route("/new", methods=["GET", "POST"], endpoint="new")
@requires(Permission.ORGANIZATION_EDIT)
@creating
def put_on_organization(organization_id: int) -> ResponseReturnValue:
    """Put a tag on an organization."""
    organization = organizations.get(organization_id)
    form = tagging_form()
    return submit(
        form,
        creates(),
        write=lambda: taggings.put_on(organization, form.tag.picked()),
        then=_location(organization),
        otherwise=lambda: _form_page(form, organization),
        done=gettext("Saved."),
    )


@of_organizations.post("/<int:tag_id>/remove", endpoint="remove")
@requires(Permission.ORGANIZATION_EDIT)
def take_off_organization(organization_id: int, tag_id: int) -> ResponseReturnValue:
    """Take a tag off an organization."""
    return _take_off(organizations.get(organization_id), tag_id)


def tagging_form() -> TaggingForm:
    """Return the form in which a tag is found by typing."""
    form = TaggingForm()
    choices.offer_tags(form.tag)
    return form


def _form_page(form: TaggingForm, record: Record) -> str:
    return render_template("people/tags/put_on.html", form=form, name=_name(record), location=_location(record))


def _take_off(record: Record, tag_id: int) -> ResponseReturnValue:
    tagging = tag_queries.tagging(record, tag_id)
    return press(
        lambda: taggings.take_off(record, tagging), then=_location(record), done=gettext("Removed."), undo=_name(record)
    )


def _location(record: Record) -> str:
    if isinstance(record, Person):
        return person_page(record)
    return url_for("organizations.show", organization_id=record.id)


def _name(record: Record) -> str:
    return record.full_name if isinstance(record, Person) else record.name
