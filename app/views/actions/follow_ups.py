"""Follow-up actions."""

from typing import TypeVar

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.actions import follow_ups
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.travel import bookings
from app.forms.actions.follow_ups import AssignForm, FollowUpForm, RespondForm
from app.forms.listing import ListForm
from app.forms.travel.bookings import BookingForm
from app.models.actions.follow_ups import FollowUp, FollowUpKind
from app.models.congress.delegations import Delegation
from app.models.people.interactions import Interaction
from app.models.travel.problems import RouteProblem
from app.policy import Permission
from app.queries.accounts import accounts
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations
from app.queries.people import interactions
from app.queries.travel import hits, problems
from app.times import to_instant, to_typed
from app.views.actions import calendar
from app.web.access import requires
from app.web.another import carried, prefilled
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag
from app.web.undoing import undoable
from app.wording.formats import alphabetical
from app.wording.labels import delegation_name, label

_Form = TypeVar("_Form", bound=FollowUpForm)

bp = Blueprint("follow_ups", __name__, url_prefix="/congresses/<int:congress_id>/follow-ups")

_THE_SAME = ("assignee_id", "priority")
"""Fields whose values are kept when several actions are assigned in a row."""


@bp.get("")
@requires(Permission.FOLLOW_UP_VIEW)
def index(congress_id: int) -> ResponseReturnValue:
    """Show the follow-up actions of a congress."""
    shows = [
        ("", gettext("all")),
        (follow_up_queries.Show.OPEN.value, gettext("open")),
        (follow_up_queries.Show.OVERDUE.value, gettext("overdue actions")),
        (follow_up_queries.Show.CLOSED.value, gettext("done or dropped")),
    ]
    form = ListForm(gettext("Title, note or person"), shows)
    return render_template(
        "actions/follow_ups/index.html",
        congress=congress_queries.get(congress_id),
        form=form,
        page=follow_up_queries.find(congress_id, form.typed, form.shown, page_number()),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def new(congress_id: int) -> ResponseReturnValue:
    """Assign an action to each of several delegations.

    The query string may name the problem that it is about, or the interaction of which it is the next step.
    """
    congress = congress_queries.get(congress_id)
    problem, interaction = _problem(congress_id), _interaction()
    offered = _offered(congress_id, problem)
    form = _form(_assign_form(problem, offered), congress_id)
    return submit(
        form,
        creates(),
        write=lambda: _assign(congress_id, form, problem, offered, interaction),
        then=lambda created: _after_assigning(congress_id, problem, created),
        otherwise=lambda: render_template(
            "actions/follow_ups/form.html",
            form=form,
            congress=congress,
            problem=problem,
            interaction=interaction,
            follow_up=None,
        ),
        done=gettext("Assigned. Reminders will be sent when they are due."),
        another=lambda _: _next(congress_id, form, problem, interaction),
    )


@bp.get("/<int:follow_up_id>")
@requires(Permission.FOLLOW_UP_VIEW)
def show(congress_id: int, follow_up_id: int) -> ResponseReturnValue:
    """Show an action."""
    follow_up = follow_up_queries.get(congress_id, follow_up_id)
    congress = congress_queries.get(congress_id)
    return render_template(
        "actions/follow_ups/show.html",
        congress=congress,
        follow_up=follow_up,
        history=history_of(follow_up),
        to_book=bookings.to_book(follow_up),
    )


@bp.get("/<int:follow_up_id>.ics")
@requires(Permission.FOLLOW_UP_VIEW)
def as_calendar(congress_id: int, follow_up_id: int) -> ResponseReturnValue:
    """Download the action as a to-do for calendar applications."""
    follow_up = follow_up_queries.get(congress_id, follow_up_id)
    page = url_for("follow_ups.show", congress_id=congress_id, follow_up_id=follow_up_id, _external=True)
    return Response(calendar.todo(follow_up, page), mimetype="text/calendar")


@bp.route("/<int:follow_up_id>/edit", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def edit(congress_id: int, follow_up_id: int) -> ResponseReturnValue:
    """Edit an action; its reminders are rescheduled."""
    congress = congress_queries.get(congress_id)
    follow_up = follow_up_queries.get(congress_id, follow_up_id)
    due = to_typed(follow_up.due_at, reader().timezone)
    form = _form(FollowUpForm(obj=follow_up, due=due), congress_id)
    return submit(
        form,
        edits(follow_up),
        write=lambda: follow_ups.change(follow_up, _values(form, congress_id), by=reader()),
        then=_location(follow_up),
        otherwise=lambda: render_template(
            "actions/follow_ups/form.html", form=form, congress=congress, problem=follow_up.problem, follow_up=follow_up
        ),
        done=gettext("Saved. Its reminders have been rescheduled."),
    )


@bp.post("/<int:follow_up_id>/<any(complete, cancel, reopen):verb>")
@requires(Permission.FOLLOW_UP_EDIT)
def close(congress_id: int, follow_up_id: int, verb: str) -> ResponseReturnValue:
    """Complete, cancel or reopen an action."""
    follow_up = follow_up_queries.get(congress_id, follow_up_id)
    change, done = {
        "complete": (bookings.complete, gettext("Marked as done. Its reminders have been canceled.")),
        "cancel": (follow_ups.cancel, gettext("Dropped. Its reminders have been canceled.")),
        "reopen": (follow_ups.reopen, gettext("Reopened. Its reminders are active again.")),
    }[verb]
    return press(lambda: change(follow_up), then=_location(follow_up), done=done, undo=follow_up.title)


@bp.route("/<int:follow_up_id>/book", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_EDIT)
def book(congress_id: int, follow_up_id: int) -> ResponseReturnValue:
    """Complete the action to book a route: which legs are booked, and their references."""
    follow_up = follow_up_queries.get(congress_id, follow_up_id)
    form = BookingForm.of(
        (leg.id, f"{leg.origin.name} → {leg.destination.name}") for leg in bookings.to_book(follow_up)
    )
    return submit(
        form,
        ACTS,
        write=undoable(lambda: bookings.book(follow_up, form.references()), follow_up.title),
        then=_location(follow_up),
        otherwise=lambda: render_template(
            "actions/follow_ups/book.html",
            form=form,
            congress=congress_queries.get(congress_id),
            follow_up=follow_up,
        ),
        done=gettext("Booked and marked as done. Its reminders have been canceled."),
    )


def _problem(congress_id: int) -> RouteProblem | None:
    problem_id = request.args.get("problem", type=int)
    return problems.get(congress_id, problem_id) if problem_id is not None else None


def _interaction() -> Interaction | None:
    interaction_id = request.args.get("interaction", type=int)
    return interactions.get(interaction_id) if interaction_id is not None else None


def _offered(congress_id: int, problem: RouteProblem | None) -> list[Delegation]:
    """Return the delegations to choose from: those affected by the problem, or all."""
    if problem is not None:
        return list(delegations.some(congress_id, hits.impact(congress_id, problem.id).delegation_ids, locale_tag()))
    return list(delegations.listing(congress_id, locale_tag()))


def _assign_form(problem: RouteProblem | None, offered: list[Delegation]) -> AssignForm:
    """Return the form for a new action. The current user is the assignee; all affected delegations are chosen by default."""
    named = request.args.getlist("delegation", type=int)
    named = named or ([one.id for one in offered] if problem else [])
    ticked, alike = {"delegations": named}, {"assignee_id": reader().id} | prefilled(*_THE_SAME)
    form = RespondForm(**ticked, **alike) if problem else AssignForm(**ticked, **alike)
    everyone = gettext("all affected delegations") if problem else gettext("all delegations")
    form.offer_delegations([(one.id, delegation_name(one)) for one in offered], everyone)
    if problem:
        form.kind.offer(_kinds(problem))
    return form


def _kinds(problem: RouteProblem) -> list[tuple[object, str]]:
    """Return the kinds of action for the cause of the problem, and the choice of another action."""
    proposed = follow_ups.proposed(problem.cause)
    return [
        *((kind.value, label(kind).capitalize()) for kind in proposed),
        ("", gettext("something else").capitalize()),
    ]


def _form(form: _Form, congress_id: int) -> _Form:
    listed = alphabetical(accounts.assignees(congress_id), lambda user: (user.name,))
    form.assignee_id.offer([(user.id, user.name) for user in listed])
    form.check(lambda due: follow_ups.check_due(to_instant(due, reader().timezone, "due")), "due")
    return form


def _values(form: FollowUpForm, congress_id: int) -> FollowUpValues:
    users = {user.id: user for user in accounts.assignees(congress_id)}
    return form.values(users.get(form.assignee_id.data) or abort(404), reader().timezone)


def _assign(
    congress_id: int,
    form: AssignForm,
    problem: RouteProblem | None,
    offered: list[Delegation],
    interaction: Interaction | None,
) -> list[FollowUp]:
    values = _values(form, congress_id)
    kind = FollowUpKind(form.kind.data) if isinstance(form, RespondForm) and form.kind.data else None
    if kind and not values["title"]:
        values["title"] = label(kind).capitalize()
    return follow_ups.assign(
        congress_id,
        values,
        by=reader(),
        problem=problem,
        delegations=form.chosen(offered),
        kind=kind,
        interaction=interaction,
    )


def _next(congress_id: int, form: AssignForm, problem: RouteProblem | None, interaction: Interaction | None) -> str:
    """Return the address of the form for the next action, with the same occasion, delegations and assignee."""
    occasion = {"problem": problem, "interaction": interaction}
    same = carried(form, *_THE_SAME, "delegations") | {name: one.id for name, one in occasion.items() if one}
    same["delegation"] = same.pop("delegations", [])
    return url_for("follow_ups.new", congress_id=congress_id, **same)


def _after_assigning(congress_id: int, problem: RouteProblem | None, created: list[FollowUp]) -> str:
    if problem is not None:
        return url_for("problems.show", congress_id=congress_id, problem_id=problem.id, _anchor="actions")
    return _location(created[0])


def _location(follow_up: FollowUp) -> str:
    return url_for("follow_ups.show", congress_id=follow_up.congress_id, follow_up_id=follow_up.id)
