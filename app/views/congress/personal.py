"""A delegate's personal page, to answer check-ins and report arrivals. No account, no tracking."""

from collections.abc import Callable, Sequence

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app import tokens
from app.domain.congress import arrivals
from app.domain.travel import check_ins
from app.forms.base import Button
from app.forms.travel.check_ins import AnswerForm, HelpForm
from app.models.congress.delegations import Delegate
from app.models.scoping import Scope, enter_scope
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.journeys import HITTABLE, Leg
from app.queries.congress import congresses, delegations
from app.queries.people import merges
from app.queries.travel import check_ins as check_in_queries
from app.queries.travel import help_calls
from app.web.cookieless import LinkOver, SignedLink
from app.web.locked import is_locked
from app.web.submit import ACTS, submit
from app.wording.places import place_name

bp = Blueprint("personal", __name__, url_prefix="/here/<token>")


def _delegate(token: str) -> Delegate:
    """Return the delegate of a link and narrow the scope to their congress; a renewed link replaces the previous one.

    It ends 30 days after the congress, but not while a call for help is open.
    """
    named = tokens.read_delegate_link(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    enter_scope(Scope(congress_ids=frozenset({named.congress_id})))
    delegate = next(iter(delegations.delegates(named.congress_id, [named.delegate_id])), None)
    number: int | None = named.number
    if delegate is None and (behind := merges.delegate_behind(named.delegate_id, named.number)):
        delegate_id, number = behind
        delegate = next(iter(delegations.delegates(named.congress_id, [delegate_id])), None)
    if delegate is None or delegate.link_number != number:
        raise LinkOver(_languages(delegate) if delegate else ())
    if congresses.is_long_over(congresses.get(named.congress_id)) and help_calls.open_of(delegate) is None:
        raise LinkOver(_languages(delegate), is_past=True)
    return delegate


def _languages(delegate: Delegate) -> Sequence[str]:
    language = delegate.person.preferred_language
    return [language] if language else []


LINK = SignedLink(
    "delegate", read=_delegate, languages=_languages, home="personal.show", over="congress/personal/over.html"
)


@bp.get("")
@LINK.opens
def show(delegate: Delegate) -> ResponseReturnValue:
    """Show the questions to a delegate, and their journey; while the house is locked, only how to get help."""
    return (_page(delegate, AnswerForm()), 503) if is_locked() else _page(delegate, AnswerForm())


@bp.post("/answer/<int:check_in_id>")
@LINK.opens
def answer(delegate: Delegate, check_in_id: int) -> ResponseReturnValue:
    """Record whether a delegate is safe."""
    asked: CheckIn | None = next((one for one in check_in_queries.of_delegate(delegate) if one.id == check_in_id), None)
    if asked is None:
        raise NotFound
    form = AnswerForm()
    return submit(
        form,
        ACTS,
        write=lambda: check_ins.answer(asked, form.answer.data, form.note.data or None),
        then=url_for("personal.show"),
        otherwise=lambda: _page(delegate, form, check_in_id),
        done=gettext("Thank you. The coordinators can now see your answer."),
    )


@bp.post("/help")
@LINK.opens
def call(delegate: Delegate) -> ResponseReturnValue:
    """Record a call for help, whether or not the delegate was asked."""
    form = HelpForm()
    return submit(
        form,
        ACTS,
        write=lambda: check_ins.record_report(delegate, Answer.NEED_HELP, form.note.data or None),
        then=url_for("personal.show"),
        otherwise=lambda: _page(delegate, form),
        done=gettext("The coordinators are being notified that you need help."),
    )


@bp.post("/arrived/<int:leg_id>")
@LINK.opens
def arrived(delegate: Delegate, leg_id: int) -> ResponseReturnValue:
    """Record where a delegate has arrived."""
    leg = _leg(delegate, leg_id)
    done = gettext("Recorded: arrived in %(place)s. Thank you.", place=place_name(leg.destination))
    return _reported(delegate, lambda: arrivals.report(delegate, leg), done)


@bp.post("/mistaken/<int:leg_id>")
@LINK.opens
def mistaken(delegate: Delegate, leg_id: int) -> ResponseReturnValue:
    """Undo a mistaken report."""
    leg = _leg(delegate, leg_id)
    return _reported(delegate, lambda: arrivals.undo(delegate, leg), gettext("Undone."))


def _leg(delegate: Delegate, leg_id: int) -> Leg:
    """Return a leg of the delegate's own journey."""
    leg = next((one for one in arrivals.ways(delegate) if one.id == leg_id), None)
    if leg is None:
        raise NotFound
    return leg


def _reported(delegate: Delegate, write: Callable[[], object], done: str) -> ResponseReturnValue:
    """Record what a delegate reports with one tap, or show the page again with the error."""
    button = Button()

    def page() -> str:
        form = AnswerForm(formdata=None)
        form.form_errors.extend(button.form_errors)
        return _page(delegate, form)

    return submit(button, ACTS, write=write, then=url_for("personal.show"), otherwise=page, done=done)


def _page(delegate: Delegate, form: AnswerForm | HelpForm, answered: int | None = None) -> str:
    """Show the page; the input for the answered check-in is kept in its field."""
    if is_locked():
        return _closed_page(delegate, form)
    return render_template(
        "congress/personal/show.html",
        delegate=delegate,
        form=form,
        answered=answered,
        help_call=help_calls.open_of(delegate),
        congress=congresses.get(delegate.congress_id),
        check_ins=[one for one in check_in_queries.of_delegate(delegate) if one.problem.called_off_at is None],
        legs=arrivals.ways(delegate),
        HITTABLE=HITTABLE,
        has_begun=arrivals.has_begun,
    )


def _closed_page(delegate: Delegate, form: AnswerForm | HelpForm) -> str:
    """Show the page of a house that is locked: whom to call, and a call for help, which still reaches the coordinators."""
    return render_template(
        "congress/personal/closed.html",
        form=form,
        delegate=delegate,
        help_call=help_calls.open_of(delegate),
        congress=congresses.get(delegate.congress_id),
    )
