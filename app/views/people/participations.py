"""Pages and buttons that change what a person takes part in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import participations
from app.forms.people.participations import ParticipationForm
from app.policy import Permission
from app.views.people import subjects
from app.views.people.parts import editable, form_page, part_of, person_page
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, press, submit

bp = Blueprint("participations", __name__, url_prefix="/people/<int:person_id>/participations")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new(person_id: int) -> ResponseReturnValue:
    """Record that a person takes part in another congress or campaign."""
    person = editable(person_id)
    form = ParticipationForm()
    held = {one.key for one in person.participations}
    offered = [one for one in subjects.of_user(Permission.PERSON_EDIT) if one[0] not in held]
    form.subject.offer([("", gettext("– choose –")), *offered])
    return submit(
        form,
        creates(),
        write=lambda: participations.begin(person, **subjects.ids_in(form.subject.data)),
        then=person_page(person),
        otherwise=lambda: form_page(form, person, gettext("Add a congress or campaign"), ["subject"]),
        done=gettext("Saved."),
    )


@bp.post("/<int:participation_id>/end")
@requires(Permission.PERSON_EDIT)
def end(person_id: int, participation_id: int) -> ResponseReturnValue:
    """Remove a participation."""
    person = editable(person_id)
    participation = part_of(person.participations, participation_id)
    return press(
        lambda: participations.end(person, participation),
        then=person_page(person),
        done=gettext("Removed."),
        undo=person.full_name,
    )
