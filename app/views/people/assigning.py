"""One action about each of several selected people."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.actions.assignments import MOST_ASSIGNED, assign_about
from app.domain.bulk import Outcome
from app.forms.actions.follow_ups import ESCALATION, AssignSelectedForm
from app.policy import Permission
from app.views.actions import choices
from app.views.people.selected import selected_people
from app.views.people.selections import Selection, selected_page
from app.web.access import requires
from app.web.current_user import reader
from app.web.undoing import written_together

bp = Blueprint("assigning", __name__, url_prefix="/people/selected/assign")


@bp.route("", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def assign() -> ResponseReturnValue:
    """Assign the same action about each of the selected people."""
    selection = selected_people(MOST_ASSIGNED)
    form = AssignSelectedForm(assignee_id=reader().id)
    places = choices.places()
    form.place.offer(places)
    choices.prepare(form, *(choices.where_of(key) for key, _title in places))
    form.check(choices.check_assignee, "place", "assignee_id")
    form.check(choices.check_escalation, "place", "escalate_to_id")
    heading = ngettext(
        "Assign an action about %(num)d person", "Assign an action about each of %(num)d people", len(selection.ids)
    )
    asked = ["place", "title", "assignee_id", "assignee_person", "due", "remind_before_hours", "priority"]
    return selected_page(
        form,
        selection,
        heading=heading,
        button=gettext("Assign"),
        fields=[*asked, ESCALATION, "note"],
        is_ready=bool(places),
        write=lambda: _assign(form, selection),
        done=lambda outcome: str(
            ngettext("%(num)d action was assigned.", "%(num)d actions were assigned.", len(outcome.done))
        ),
        notes=[] if places else [gettext("Actions belong to a congress or a campaign, and you do not work on any.")],
    )


def _assign(form: AssignSelectedForm, selection: Selection) -> Outcome:
    where = choices.where_of(form.place.data)
    values = form.values(choices.assignee(where, form), reader().timezone, choices.escalate_to(where, form))
    return written_together(lambda: assign_about(values, selection.ids, by=reader(), **where), values["title"], **where)
