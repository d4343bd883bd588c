"""Pages and buttons that change what a person takes part in."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import participations
from app.forms.people.participations import ParticipationForm
from app.models.people.people import Person
from app.policy import Permission
from app.queries.people import people as person_queries
from app.views.people import subjects
from app.web.access import requires
from app.web.submit import creates, press, submit

bp = Blueprint("participations", __name__, url_prefix="/people/<int:person_id>/participations")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def new(person_id: int) -> ResponseReturnValue:
    """Record that a person takes part in another congress or campaign."""
    person = _editable(person_id)
    form = ParticipationForm()
    held = {one.key for one in person.participations}
    form.subject.offer([one for one in subjects.of_user(Permission.PERSON_EDIT) if one[0] not in held])
    return submit(
        form,
        creates(),
        write=lambda: participations.begin(person, **subjects.ids_in(form.subject.data)),
        then=_location(person),
        otherwise=lambda: render_template("people/participations/new.html", form=form, person=person),
        done=gettext("Saved."),
    )


@bp.post("/<int:participation_id>/end")
@requires(Permission.PERSON_EDIT)
def end(person_id: int, participation_id: int) -> ResponseReturnValue:
    """Remove a participation."""
    person = _editable(person_id)
    participation = next((one for one in person.participations if one.id == participation_id), None)
    if participation is None:
        abort(404)
    return press(
        lambda: participations.end(person, participation),
        then=_location(person),
        done=gettext("Removed."),
        undo=person.full_name,
    )


def _editable(person_id: int) -> Person:
    person = person_queries.get(person_id)
    if not subjects.is_editable(person):
        abort(404)
    return person


def _location(person: Person) -> str:
    return url_for("people.show", person_id=person.id)
