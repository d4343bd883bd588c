"""One action about each of several selected people."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.actions import follow_ups
from app.domain.actions.assignments import MOST_ASSIGNED, assign_about
from app.domain.bulk import Outcome
from app.domain_errors import DomainError
from app.forms.actions.follow_ups import AssignSelectedForm
from app.policy import Permission
from app.queries.accounts import accounts
from app.text import N_
from app.times import to_instant
from app.views.people import subjects
from app.views.people.selected import selected_people
from app.views.people.selections import Selection, selected_page
from app.web.access import requires
from app.web.current_user import reader
from app.web.undoing import written_together
from app.wording.formats import alphabetical

bp = Blueprint("assigning", __name__, url_prefix="/people/selected/assign")


@bp.route("", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def assign() -> ResponseReturnValue:
    """Assign the same action about each of the selected people."""
    selection = selected_people(MOST_ASSIGNED)
    form = AssignSelectedForm(assignee_id=reader().id)
    congresses = _congresses()
    form.congress_id.offer(congresses)
    listed = alphabetical(accounts.assignees(*(number for number, _title in congresses)), lambda user: (user.name,))
    form.assignee_id.offer([(user.id, user.name) for user in listed])
    form.check(lambda due: follow_ups.check_due(to_instant(due, reader().timezone, "due")), "due")
    form.check(_check_assignee, "congress_id", "assignee_id")
    heading = ngettext(
        "Assign an action about %(num)d person", "Assign an action about each of %(num)d people", len(selection.ids)
    )
    fields = ["congress_id", "title", "assignee_id", "due", "remind_before_hours", "priority", "note"]
    return selected_page(
        form,
        selection,
        heading=heading,
        button=gettext("Assign"),
        fields=fields,
        is_ready=bool(congresses),
        write=lambda: _assign(form, selection),
        done=lambda outcome: str(
            ngettext("%(num)d action was assigned.", "%(num)d actions were assigned.", len(outcome.done))
        ),
        notes=[] if congresses else [gettext("Actions belong to a congress, and you do not work on any.")],
    )


def _congresses() -> list[tuple[int, str]]:
    """Return the congresses in which the user assigns actions."""
    offered = [(subjects.ids_in(key), title) for key, title in subjects.of_user(Permission.FOLLOW_UP_ASSIGN)]
    return [(ids["congress_id"], title) for ids, title in offered if "congress_id" in ids]


def _check_assignee(congress_id: int, assignee_id: int) -> None:
    if assignee_id not in {user.id for user in accounts.assignees(congress_id)}:
        raise DomainError("assignee_id", N_("Choose someone who works on this congress."))


def _assign(form: AssignSelectedForm, selection: Selection) -> Outcome:
    congress_id = form.congress_id.data
    users = {user.id: user for user in accounts.assignees(congress_id)}
    values = form.values(users.get(form.assignee_id.data) or abort(404), reader().timezone)
    return written_together(
        lambda: assign_about(congress_id, values, selection.ids, by=reader()), values["title"], congress_id=congress_id
    )
