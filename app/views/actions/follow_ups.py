"""Follow-up actions: their pages, and what is done with them."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.actions import follow_ups, repeating
from app.domain.travel import bookings
from app.forms.actions.follow_ups import ESCALATION, EditFollowUpForm, FollowUpOfSeriesForm, Scope
from app.forms.travel.bookings import BookingForm
from app.models.actions.follow_ups import FollowUp
from app.policy import Permission
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.actions import order, series
from app.times import to_typed
from app.views.actions import about, choices
from app.views.actions.finished import finished
from app.views.actions.follow_up_page import follow_up_page
from app.web.access import requires
from app.web.calendars import calendar_file
from app.web.current_user import reader
from app.web.redirects import safe_path
from app.web.submit import ACTS, edits, press, submit
from app.web.undoing import undoable
from app.wording.formats import at
from app.wording.labels import way
from app.wording.todos import todo

bp = Blueprint("follow_ups", __name__)


@bp.get("/follow-ups/<int:follow_up_id>")
@requires(Permission.FOLLOW_UP_VIEW)
def show(follow_up_id: int) -> ResponseReturnValue:
    """Show an action."""
    return follow_up_page(follow_up_queries.get(follow_up_id))


@bp.get("/congresses/<int:congress_id>/follow-ups/<int:follow_up_id>")
@requires(Permission.FOLLOW_UP_VIEW)
def moved(congress_id: int, follow_up_id: int) -> ResponseReturnValue:
    """Lead from the address that older emails contain to the current one."""
    follow_up = follow_up_queries.get(follow_up_id)
    return redirect(_location(follow_up), 301) if follow_up.congress_id == congress_id else abort(404)


@bp.get("/follow-ups/<int:follow_up_id>.ics")
@requires(Permission.FOLLOW_UP_VIEW)
def as_calendar(follow_up_id: int) -> ResponseReturnValue:
    """Download the action as a to-do for calendar applications."""
    follow_up = follow_up_queries.get(follow_up_id)
    page = url_for("follow_ups.show", follow_up_id=follow_up_id, _external=True)
    return calendar_file([todo(follow_up, page, reader().timezone)])


@bp.route("/follow-ups/<int:follow_up_id>/edit", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def edit(follow_up_id: int) -> ResponseReturnValue:
    """Edit an action; its reminders are rescheduled."""
    follow_up = follow_up_queries.get(follow_up_id)
    where = choices.where(follow_up)
    kind = FollowUpOfSeriesForm if follow_up.repeats and series.after(follow_up) is None else EditFollowUpForm
    form = kind(obj=follow_up, due=to_typed(follow_up.due_at, reader().timezone))
    choices.prepare_edited(form, follow_up)

    def write() -> None:
        values = form.values(choices.assignee(where, form), reader().timezone, choices.escalate_to(where, form))
        with_following = isinstance(form, FollowUpOfSeriesForm) and form.scope.data is Scope.FOLLOWING
        change = repeating.change_following if with_following else follow_ups.change
        change(follow_up, values, by=reader(), among=form.order())

    return submit(
        form,
        edits(follow_up),
        write=write,
        then=_location(follow_up),
        otherwise=lambda: render_template(
            "actions/follow_ups/form.html",
            form=form,
            follow_up=follow_up,
            subjects=about.of(follow_up),
            escalation=ESCALATION,
        ),
        done=lambda _saved: choices.said(gettext("Saved. The daily letter mentions it when it is due."), follow_up),
    )


@bp.post("/follow-ups/<int:follow_up_id>/<any(begin, complete, cancel, reopen):verb>")
@requires(Permission.FOLLOW_UP_EDIT)
def close(follow_up_id: int, verb: str) -> ResponseReturnValue:
    """Begin, complete, cancel or reopen an action, on its own page or on a board, to which the answer leads back."""
    follow_up = follow_up_queries.get(follow_up_id)
    change: Callable[[FollowUp], FollowUp | None]
    change, done = {
        "begin": (follow_ups.begin, gettext("Marked as in progress.")),
        "complete": (
            bookings.complete,
            " ".join([gettext("Marked as done. The daily letter no longer mentions it."), *_left(follow_up)]),
        ),
        "cancel": (follow_ups.cancel, gettext("Dropped. The daily letter no longer mentions it.")),
        "reopen": (follow_ups.reopen, gettext("Reopened. The daily letter mentions it again.")),
    }[verb]
    return press(
        lambda: change(follow_up),
        then=safe_path(request.form["back"]) if "back" in request.form else _location(follow_up),
        done=lambda following: " ".join([done, *_said(following), *finished(follow_up)]),
        undo=follow_up.title,
    )


@bp.route("/follow-ups/<int:follow_up_id>/book", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_EDIT)
def book(follow_up_id: int) -> ResponseReturnValue:
    """Complete the action to book a route: which legs are booked, and their references."""
    follow_up = follow_up_queries.get(follow_up_id)
    form = BookingForm.of((leg.id, way(leg)) for leg in bookings.to_book(follow_up))
    return submit(
        form,
        ACTS,
        write=undoable(lambda: bookings.book(follow_up, form.references()), follow_up.title),
        then=_location(follow_up),
        otherwise=lambda: render_template("actions/follow_ups/book.html", form=form, follow_up=follow_up),
        done=lambda _: " ".join(
            [gettext("Booked and marked as done. The daily letter no longer mentions it."), *finished(follow_up)]
        ),
    )


def _said(following: FollowUp | None) -> list[str]:
    """Return the sentence about the next action of a series, if there is one."""
    if following is None:
        return []
    return [gettext("The next one is due %(when)s.", when=at(following.due_at, reader().timezone))]


def _left(follow_up: FollowUp) -> list[str]:
    """Return the sentence about the parts of an action that are still open, if there are any."""
    left = order.parts_of(follow_up.id).left
    return (
        [ngettext("%(num)d of its parts is still open.", "%(num)d of its parts are still open.", left)] if left else []
    )


def _location(follow_up: FollowUp) -> str:
    return url_for("follow_ups.show", follow_up_id=follow_up.id)
