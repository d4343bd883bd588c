"""What the links of daily letters open: one action, and one button. No cookies.

The links of a letter show its recipient the title and the due date of the action, and nothing else of the house.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, tokens
from app.domain.accounts import audit
from app.domain.actions import follow_ups, steps
from app.domain.actions.steps import Step
from app.domain.travel import bookings
from app.forms.actions.steps import StepForm
from app.forms.base import Button
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.scoping import EVERYTHING, enter_scope
from app.policy import Permission, giving
from app.queries.accounts import accounts
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.lookup import Missing
from app.views.actions.shared_actions import enter_place_of, handed_back_page
from app.web.cookieless import LinkOver, SignedLink
from app.web.submit import ACTS, submit
from app.wording.steps import step_button, step_name, step_taken

bp = Blueprint("action_links", __name__)

WORKS_FOR = timedelta(days=30)
"""How long after its letter a link works."""


class Opened(NamedTuple):
    """What a link opens: an action of an account, or without one, of the person who has it."""

    follow_up: FollowUp
    user: User | None


def _opened(token: str) -> Opened:
    """Return the action of a link, and narrow the scope to its congress or campaign.

    The link is over some time after its letter, when its recipient has ended it, when the action has gone to somebody
    else, and when the recipient may no longer edit it.
    """
    named = tokens.read_step(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    user = _account(named.user_id, named.user_number) if named.user_id is not None else None
    if user is None:
        enter_scope(EVERYTHING)  # only those with access to everything see an action of the house
    try:
        follow_up = follow_up_queries.get(named.follow_up_id)
    except Missing:
        raise LinkOver([user.locale] if user else ()) from None
    opened = Opened(follow_up, user)
    has_it = follow_up.assignee_id == user.id if user else follow_up.assignee_person is not None
    is_over = clock.now().date() > named.sent_on + WORKS_FOR
    if not has_it or follow_up.link_number != named.number or is_over:
        raise LinkOver(_languages(opened))
    enter_place_of(follow_up)
    return opened


def _account(user_id: int, number: int) -> User:
    """Return the account of a link, and enter the scope of the actions that it may edit."""
    user = accounts.get(user_id)
    if not user.is_active or user.link_number != number:
        raise LinkOver([user.locale])
    enter_scope(accounts.scope(giving(accounts.held(user), Permission.FOLLOW_UP_EDIT)))
    audit.act_as(user)
    return user


def _languages(opened: Opened) -> Sequence[str]:
    person = opened.follow_up.assignee_person
    language = opened.user.locale if opened.user else person and person.preferred_language
    return [language] if language else []


LINK = SignedLink("step", read=_opened, languages=_languages, home="action_links.begin", over="actions/links/over.html")


@bp.get("/do/<token>")
@LINK.opens
def begin(opened: Opened) -> ResponseReturnValue:
    """Show the action with all that can be done."""
    return _page(opened, None, StepForm(formdata=None))


@bp.get("/do/<token>/<any('done', 'tomorrow', 'next-week', 'hand-back'):step>")
@LINK.opens
def show(opened: Opened, step: str) -> ResponseReturnValue:
    """Show the action with the one button that the link promises; opening it changes nothing."""
    return _page(opened, Step(step), StepForm(formdata=None))


@bp.post("/do/<token>/<any('done', 'tomorrow', 'next-week', 'hand-back'):step>")
@LINK.opens
def take(opened: Opened, step: str) -> ResponseReturnValue:
    """Do what the button says."""
    form, follow_up, wanted = StepForm(), opened.follow_up, Step(step)
    team = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    write: dict[Step, Callable[[], object]] = {
        Step.DONE: lambda: bookings.complete(follow_up),
        Step.HAND_BACK: lambda: steps.hand_back(follow_up, team),
    }
    ends, zone = wanted is Step.HAND_BACK, steps.zone_of(follow_up)
    return submit(
        form,
        ACTS,
        write=write.get(wanted, lambda: steps.move(follow_up, wanted, form.shown())),
        then=handed_back_page() if ends else url_for("action_links.begin"),
        otherwise=lambda: _page(opened, wanted, form),
        done=lambda _: "" if ends else step_taken(wanted, follow_up.due_at, zone),
    )


@bp.post("/do/<token>/reopen")
@LINK.opens
def reopen(opened: Opened) -> ResponseReturnValue:
    """Record that the action is not done after all."""
    button = Button()
    return submit(
        button,
        ACTS,
        write=lambda: follow_ups.reopen(opened.follow_up),
        then=url_for("action_links.begin"),
        otherwise=lambda: _page(opened, None, button),
        done=gettext("It is open again."),
    )


def _page(opened: Opened, step: Step | None, form: StepForm | Button) -> str:
    """Show the action with the button of one step and links to the others, or with links to all of them."""
    follow_up = opened.follow_up
    offered = steps.offered(follow_up)
    wanted = step if step in offered else None
    is_move = wanted in (Step.TOMORROW, Step.NEXT_WEEK)
    return render_template(
        "actions/links/show.html",
        follow_up=follow_up,
        zone=steps.zone_of(follow_up),
        form=form,
        step=step,
        button=step_button(follow_up, wanted) if wanted else "",
        due=steps.moved_to(follow_up, wanted).isoformat() if wanted and is_move else "",
        others=[(one.value, step_name(one)) for one in offered if one is not wanted],
        is_not_offered=bool(step) and not wanted and follow_up.is_open,
    )
