"""Pages and buttons for relations between people."""

from functools import partial
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import relations
from app.domain.people.periods import check_order
from app.forms.people.relations import NewRelationForm, RelationForm
from app.models.people.relations import Relation
from app.policy import Permission
from app.queries.people import relations as relation_queries
from app.views.people import choices, subjects
from app.views.people.parts import editable, form_page, person_page
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit

bp = Blueprint("relations", __name__, url_prefix="/people/<int:person_id>/relations")

_FIELDS: list[Any] = ["note", ["start_date", "end_date"]]


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(person_id: int) -> ResponseReturnValue:
    """Record what a person is to another one."""
    person = editable(person_id)
    form = NewRelationForm()
    choices.offer_people(form.other)
    form.check(subjects.check_editable("other"), "other")
    form.check(partial(relations.check_people, person), "other")
    _check(form)
    return submit(
        form,
        creates(lambda relation: _editor(relation, person_id)),
        write=lambda: relations.add(person, form.other.picked(), form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Add a relation"), [["kind", "other"], *_FIELDS]),
        done=gettext("Saved."),
    )


@bp.route("/<int:relation_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(person_id: int, relation_id: int) -> ResponseReturnValue:
    """Edit a relation, from the side of the person in the address."""
    person = editable(person_id)
    relation = relation_queries.get(person_id, relation_id)
    form = RelationForm(obj=relation, kind=relation.kind_of(person))
    _check(form)
    title = gettext("Edit the relation to %(name)s", name=relation.other_than(person).full_name)
    return submit(
        form,
        edits(relation),
        write=lambda: relations.update(relation, person, form.values()),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, title, ["kind", *_FIELDS]),
        done=gettext("Saved."),
    )


@bp.post("/<int:relation_id>/remove")
@requires(Permission.PERSON_EDIT)
def remove(person_id: int, relation_id: int) -> ResponseReturnValue:
    """Remove a relation."""
    person = editable(person_id)
    relation = relation_queries.get(person_id, relation_id)
    return press(
        lambda: relations.remove(relation),
        then=person_page(person),
        done=gettext("Removed."),
        undo=relation.person.full_name,  # what can be undone is visible with this person, also without the other one
    )


def _check(form: RelationForm) -> None:
    form.check(partial(check_order, field="end_date"), "start_date", "end_date")


def _editor(relation: Relation, person_id: int) -> str:
    return url_for("relations.edit", person_id=person_id, relation_id=relation.id)
