"""What is done with several actions at once: those that are ticked in a list, or all that its filter finds."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.actions import several
from app.domain.actions.several import Judge, Plan
from app.domain.actions.telling import Assignee
from app.domain.bulk import Left, Outcome
from app.forms.actions.follow_ups import NO_ACCOUNT
from app.forms.actions.selected import AssignActionsForm, MoveActionsForm, PrioritizeForm
from app.forms.previewing import PreviewForm
from app.forms.selecting import SelectedForm
from app.models.actions.follow_ups import FollowUp, FollowUpStatus
from app.policy import Permission
from app.queries.lookup import REMOVED_FOR
from app.recurring.occurrences import instant_of
from app.times import to_local
from app.views.actions import choices
from app.views.actions.selections import OF_ACTIONS, SelectedActions, selected_actions, where_in_address
from app.views.people.selections import kept_out, rest, selected_page, verb_page
from app.web.access import requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.web.undoing import written_together
from app.wording.labels import label

bp = Blueprint("selected_actions", __name__, url_prefix="/follow-ups/selected")


@bp.get("")
@requires(Permission.FOLLOW_UP_VIEW)
def choose() -> ResponseReturnValue:
    """Open the page of what was chosen to do with the selected actions."""
    where = where_in_address()
    return verb_page(OF_ACTIONS, choices.list_of(where), **where)


@bp.route("/assign", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def assign() -> ResponseReturnValue:
    """Assign the selected actions to somebody else, who is told of all of them in one email."""
    selection = selected_actions(Permission.FOLLOW_UP_ASSIGN)
    places = [choices.where(one) for one in selection.rows]
    form = AssignActionsForm(assignee_id=reader().id)
    choices.offer_assignees(form, *places)
    team: dict[str, set[int | str]] = {}

    def works_on(one: FollowUp) -> bool:
        where = choices.where(one)
        if repr(where) not in team:
            team[repr(where)] = {NO_ACCOUNT, *choices.by_choice(where)}
        return form.assignee_id.data in team[repr(where)]

    def chosen() -> Assignee:
        return choices.assignee_among(places, form)

    heading = ngettext("Assign %(num)d action", "Assign %(num)d actions", len(selection.ids))
    return submit_with_preview(
        form, **_changing(form, selection, heading, lambda: several.assigned_to(chosen(), works_on), holder=chosen)
    )


@bp.route("/move", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def move() -> ResponseReturnValue:
    """Move the due dates of the selected actions by some days, or to one day; each keeps its local time."""
    selection, form = selected_actions(Permission.FOLLOW_UP_ASSIGN), MoveActionsForm()
    heading = ngettext("Move %(num)d action", "Move %(num)d actions", len(selection.ids))

    def due(one: FollowUp) -> datetime:
        zone = reader().timezone
        local = to_local(one.due_at, zone)
        day = form.day.data or (local + timedelta(days=form.days.data or 0)).date()
        return instant_of(day, local.time(), ZoneInfo(zone))

    return submit_with_preview(form, **_changing(form, selection, heading, lambda: several.moved(due)))


@bp.route("/prioritize", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def prioritize() -> ResponseReturnValue:
    """Give the selected actions a priority."""
    selection, form = selected_actions(Permission.FOLLOW_UP_ASSIGN), PrioritizeForm()
    heading = ngettext(
        "Change the priority of %(num)d action", "Change the priority of %(num)d actions", len(selection.ids)
    )
    return submit_with_preview(
        form, **_changing(form, selection, heading, lambda: several.prioritized(form.priority.data))
    )


@bp.route("/complete", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_EDIT)
def complete() -> ResponseReturnValue:
    """Mark the selected actions as done."""
    selection = selected_actions(Permission.FOLLOW_UP_EDIT)
    heading = ngettext("Mark %(num)d action as done", "Mark %(num)d actions as done", len(selection.ids))
    return _close(selection, FollowUpStatus.COMPLETED, heading, gettext("Mark as done"))


@bp.route("/drop", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_EDIT)
def drop() -> ResponseReturnValue:
    """Drop the selected actions."""
    selection = selected_actions(Permission.FOLLOW_UP_EDIT)
    heading = ngettext("Drop %(num)d action", "Drop %(num)d actions", len(selection.ids))
    return _close(selection, FollowUpStatus.CANCELLED, heading, gettext("Drop"))


def _close(selection: SelectedActions, status: FollowUpStatus, heading: str, button: str) -> ResponseReturnValue:
    planned = several.plan(selection.rows, several.closed(status))
    return selected_page(
        SelectedForm(),
        selection.shown_with(planned),
        heading=heading,
        button=button,
        fields=[],
        write=lambda: _written(selection, planned),
        done=_done,
        template="actions/selected/closing.html",
        is_ready=planned.is_ready,
        groups=_groups(planned, selection),
    )


def _changing(
    form: PreviewForm, selection: SelectedActions, heading: str, judge: Callable[[], Judge],
    *, holder: Callable[[], Assignee | None] = lambda: None,
) -> dict[str, Any]:  # fmt: skip
    """Return how a form that changes actions shows what becomes of each, and what it writes once that is confirmed."""

    def page(preview: Preview[Plan] | None) -> str:
        return render_template(
            "actions/selected/changing.html",
            form=form,
            preview=preview,
            selection=selection,
            heading=heading,
            kept_out=kept_out,
            groups=_groups(preview.draft, selection) if preview else [],
            days=REMOVED_FOR.days,
        )

    return {
        "draft": lambda: several.plan(selection.rows, judge()),
        "write": lambda planned: _written(selection, planned, holder()),
        "then": selection.back,
        "page": page,
        "done": lambda outcome: " ".join(filter(None, (_done(outcome), rest(outcome, selection)))),
    }


def _written(selection: SelectedActions, planned: Plan, holder: Assignee | None = None) -> Outcome:
    """Write a plan so that it can be undone in the congress or campaign that all of its actions belong to."""
    places = {(one.congress_id, one.campaign_id) for one in selection.rows if one.id in planned.changes}
    congress_id, campaign_id = places.pop() if len(places) == 1 else (None, None)
    return written_together(
        lambda: several.write(selection.rows, planned, by=reader(), holder=holder),
        ngettext("%(num)d action", "%(num)d actions", len(planned.changes)),
        congress_id=congress_id,
        campaign_id=campaign_id,
    )


def _done(outcome: Outcome) -> str:
    done = ngettext("%(num)d action was changed.", "%(num)d actions were changed.", len(outcome.done))
    already = ngettext("%(num)d was so already.", "%(num)d were so already.", outcome.already)
    return f"{done} {already}" if outcome.already else str(done)


def _groups(planned: Plan, selection: SelectedActions) -> list[tuple[str, Sequence[Any]]]:
    """Return the actions of a plan by what becomes of them, with a heading for each group."""
    rows = {one.id: one for one in selection.rows}
    groups = [(gettext("Will be changed"), planned.changes), (gettext("So already"), planned.already)]
    left = [(label(reason), planned.left[reason]) for reason in Left if reason in planned.left]
    return [(heading, [rows[number] for number in ids]) for heading, ids in [*groups, *left] if ids]
