"""The page of one action for the person without an account who has it, opened by a personal link. No cookies."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, tokens
from app.domain.actions import checklists, comments, follow_ups
from app.domain.travel import bookings
from app.forms.actions.parts import CommentForm
from app.forms.base import Button, Form
from app.models.actions.follow_ups import FollowUp
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.accounts import accounts
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.actions import parts
from app.web.cookieless import LinkOver, SignedLink, public_page
from app.web.submit import ACTS, submit

bp = Blueprint("shared_actions", __name__)

WORKS_FOR = timedelta(days=60)
"""How long after the due date a link works."""


def _follow_up(token: str) -> FollowUp:
    """Return the action of a link, and narrow the scope to its congress or campaign.

    The link is over when the action has gone to somebody else, and some time after the due date.
    """
    named = tokens.read_shared_action(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    enter_scope(EVERYTHING)  # only those with access to everything see an action of the house
    follow_up = follow_up_queries.get(named[0])
    person = follow_up.assignee_person
    if person is None or follow_up.link_number != named[1] or clock.now() > follow_up.due_at + WORKS_FOR:
        raise LinkOver(_languages(follow_up))
    if follow_up.congress_id is not None:
        enter_scope(Scope(congress_ids=frozenset({follow_up.congress_id})))
    elif follow_up.campaign_id is not None:
        enter_scope(Scope(campaign_ids=frozenset({follow_up.campaign_id})))
    return follow_up


def _languages(follow_up: FollowUp) -> Sequence[str]:
    person = follow_up.assignee_person
    return [person.preferred_language] if person and person.preferred_language else []


LINK = SignedLink(
    "shared action",
    read=_follow_up,
    languages=_languages,
    home="shared_actions.show",
    over="actions/shared/over.html",
)


@bp.get("/action/<token>")
@LINK.opens
def show(follow_up: FollowUp) -> ResponseReturnValue:
    """Show the action to the person who has it; nothing else of the house."""
    return _page(follow_up, CommentForm(formdata=None))


@bp.post("/action/<token>/comment")
@LINK.opens
def comment(follow_up: FollowUp) -> ResponseReturnValue:
    """Record a comment; nobody is mentioned, because the person does not know who has an account."""
    form, person = CommentForm(), follow_up.assignee_person
    return submit(
        form,
        ACTS,
        write=lambda: comments.comment(follow_up, form.text(), person=person),
        then=url_for("shared_actions.show"),
        otherwise=lambda: _page(follow_up, form),
        done=gettext("Thank you. The organizers can read your comment."),
    )


@bp.post("/action/<token>/<any(complete, reopen):verb>")
@LINK.opens
def close(follow_up: FollowUp, verb: str) -> ResponseReturnValue:
    """Record that the action is done, or that it is not."""
    change, done = {
        "complete": (bookings.complete, gettext("Thank you! It is marked as done.")),
        "reopen": (follow_ups.reopen, gettext("It is open again.")),
    }[verb]
    return _pressed(follow_up, Button(), lambda: change(follow_up), done)


@bp.post("/action/<token>/checklist/<int:item_id>")
@LINK.opens
def tick(follow_up: FollowUp, item_id: int) -> ResponseReturnValue:
    """Tick an item of the checklist off, or take the tick back."""
    item = parts.get_item(follow_up.id, item_id)
    return _pressed(follow_up, Button(), lambda: checklists.tick(item), "")


@bp.post("/action/<token>/hand-back")
@LINK.opens
def hand_back(follow_up: FollowUp) -> ResponseReturnValue:
    """Return the action to whoever assigned it; the link ends."""
    button = Button()
    others = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    return submit(
        button,
        ACTS,
        write=lambda: follow_ups.return_to_giver(follow_up, others),
        then=url_for("shared_actions.handed_back"),
        otherwise=lambda: _again(follow_up, button),
    )


@bp.get("/action-handed-back")
@public_page
def handed_back() -> ResponseReturnValue:
    """Thank the person who has handed an action back; her link no longer works."""
    return render_template("actions/shared/handed_back.html")


def _pressed(follow_up: FollowUp, button: Button, write: Callable[[], object], done: str) -> ResponseReturnValue:
    return submit(
        button,
        ACTS,
        write=write,
        then=url_for("shared_actions.show"),
        otherwise=lambda: _again(follow_up, button),
        done=done,
    )


def _again(follow_up: FollowUp, button: Form) -> str:
    """Show the page with the error of a button."""
    form = CommentForm(formdata=None)
    form.form_errors.extend(button.form_errors)
    return _page(follow_up, form)


def _page(follow_up: FollowUp, form: CommentForm) -> str:
    return render_template(
        "actions/shared/show.html",
        follow_up=follow_up,
        form=form,
        checklist=parts.checklist(follow_up.id),
        comments=parts.comments(follow_up.id),
        zone=follow_up.place.timezone if follow_up.place else "UTC",
    )
