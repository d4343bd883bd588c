"""A delegate's personal page: answer whether you are safe, say where you have arrived. No account, no tracking."""

from collections.abc import Callable

from flask import Blueprint, current_app, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from werkzeug.exceptions import NotFound

from app import tokens
from app.config import catalog_of
from app.domain.congress import arrivals
from app.domain.travel import check_ins
from app.forms.base import Button
from app.forms.travel.check_ins import AnswerForm
from app.models.congress.delegations import Delegate
from app.models.scoping import Scope, enter_scope
from app.models.travel.check_ins import CheckIn
from app.models.travel.travel import HITTABLE, Leg
from app.queries.congress import congresses, delegations
from app.queries.travel import check_ins as check_in_queries
from app.web.access import Access, requires
from app.web.submit import submit
from app.web.templating import choose_locale

bp = Blueprint("personal", __name__, url_prefix="/here/<token>")


@bp.get("")
@requires(Access.PUBLIC)
def show(token: str) -> ResponseReturnValue:
    """Show what a delegate is asked, and their way."""
    return _page(token, _delegate(token), AnswerForm())


@bp.post("/answer/<int:check_in_id>")
@requires(Access.PUBLIC)
def answer(token: str, check_in_id: int) -> ResponseReturnValue:
    """Keep whether somebody is safe."""
    delegate = _delegate(token)
    asked: CheckIn | None = next((one for one in check_in_queries.of_delegate(delegate) if one.id == check_in_id), None)
    if asked is None:
        raise NotFound
    form = AnswerForm()
    with force_locale(_locale(delegate)):
        return submit(
            form,
            write=lambda: check_ins.answer(asked, form.answer.data, form.note.data or None),
            then=url_for("personal.show", token=token),
            otherwise=lambda: _page(token, delegate, form, check_in_id),
            done=gettext("Thank you. The coordinators see your answer now."),
        )


@bp.post("/arrived/<int:leg_id>")
@requires(Access.PUBLIC)
def arrived(token: str, leg_id: int) -> ResponseReturnValue:
    """Keep where somebody has arrived."""
    delegate = _delegate(token)
    leg = _leg(delegate, leg_id)
    with force_locale(_locale(delegate)):
        done = gettext("Noted: arrived in %(place)s. Thank you.", place=leg.destination.name)
    return _reported(token, delegate, lambda: arrivals.report(delegate, leg), done)


@bp.post("/mistaken/<int:leg_id>")
@requires(Access.PUBLIC)
def mistaken(token: str, leg_id: int) -> ResponseReturnValue:
    """Take a report back that was a slip of the finger."""
    delegate = _delegate(token)
    leg = _leg(delegate, leg_id)
    with force_locale(_locale(delegate)):
        done = gettext("Taken back.")
    return _reported(token, delegate, lambda: arrivals.take_back(delegate, leg), done)


def _leg(delegate: Delegate, leg_id: int) -> Leg:
    """Return a leg of the delegate's own way."""
    leg = next((one for one in arrivals.ways(delegate) if one.id == leg_id), None)
    if leg is None:
        raise NotFound
    return leg


def _reported(token: str, delegate: Delegate, write: Callable[[], object], done: str) -> ResponseReturnValue:
    """Keep what a delegate reports with one tap, or show the page again with what stands against it."""
    button = Button()

    def page() -> str:
        form = AnswerForm(formdata=None)
        form.form_errors.extend(button.form_errors)
        return _page(token, delegate, form)

    with force_locale(_locale(delegate)):
        return submit(button, write=write, then=url_for("personal.show", token=token), otherwise=page, done=done)


def _delegate(token: str) -> Delegate:
    """Return whose link it is, in the scope of that congress alone; an ended link is like none."""
    named = tokens.read_delegate_link(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise NotFound
    congress_id, delegate_id, number = named
    enter_scope(Scope(congress_ids=frozenset({congress_id})))
    delegate = next(iter(delegations.delegates(congress_id, [delegate_id])), None)
    if delegate is None or delegate.link_number != number:
        raise NotFound
    return delegate


def _locale(delegate: Delegate) -> str:
    """Return the language chosen here, else the delegate's own; where nobody has recorded it, that of the browser."""
    return catalog_of([session.get("locale") or delegate.person.preferred_language or choose_locale()])


def _page(token: str, delegate: Delegate, form: AnswerForm, answered: int | None = None) -> str:
    """Show the page; what was typed to the check-in that was answered stands in its field again."""
    with force_locale(_locale(delegate)):
        return render_template(
            "congress/personal/show.html",
            token=token,
            delegate=delegate,
            form=form,
            answered=answered,
            congress=congresses.get(delegate.congress_id),
            check_ins=check_in_queries.of_delegate(delegate),
            legs=arrivals.ways(delegate),
            HITTABLE=HITTABLE,
            has_begun=arrivals.has_begun,
        )
