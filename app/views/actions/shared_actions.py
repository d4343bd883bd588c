"""The page of one action for the person without an account who has it, opened by a personal link. No cookies."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock, tokens
from app.config import LARGEST_REQUEST
from app.domain.actions import checklists, comments, follow_ups, handing_back
from app.domain.travel import bookings
from app.forms.actions.attachments import ReportForm
from app.forms.base import Button, Form
from app.models.actions.follow_ups import FollowUp
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.accounts import accounts
from app.queries.actions import attachments, parts
from app.queries.actions import follow_ups as follow_up_queries
from app.views.actions.attachments import file_answer, shelf
from app.web import rate_limits
from app.web.cookieless import LinkOver, SignedLink, public_page
from app.web.submit import ACTS, submit
from app.web.templating import locale_tag

bp = Blueprint("shared_actions", __name__)

WORKS_FOR = timedelta(days=60)
"""How long after the due date a link works."""


def _follow_up(token: str) -> FollowUp:
    """Return the action of a link."""
    named = tokens.read_shared_action(current_app.config["SECRET_KEY"], token)
    if named is None:
        raise LinkOver
    return action_of(*named)


def action_of(follow_up_id: int, link_number: int) -> FollowUp:
    """Return the action of a link with a number, and narrow the scope to its congress or campaign.

    Raises LinkOver when the action has gone to somebody else, and some time after the due date.
    """
    enter_scope(EVERYTHING)  # only those with access to everything see an action of the house
    follow_up = follow_up_queries.get(follow_up_id)
    person = follow_up.assignee_person
    if person is None or follow_up.link_number != link_number or clock.now() > follow_up.due_at + WORKS_FOR:
        raise LinkOver(languages(follow_up))
    enter_place_of(follow_up)
    return follow_up


def enter_place_of(follow_up: FollowUp) -> None:
    """Narrow the scope to the congress or campaign of an action; for one of the house, it stays as it is."""
    if follow_up.congress_id is not None:
        enter_scope(Scope(congress_ids=frozenset({follow_up.congress_id})))
    elif follow_up.campaign_id is not None:
        enter_scope(Scope(campaign_ids=frozenset({follow_up.campaign_id})))


def zone_of(follow_up: FollowUp) -> str:
    """Return the zone in which a person without an account reads when an action is due."""
    return follow_up.place.timezone if follow_up.place else "UTC"


def languages(follow_up: FollowUp) -> Sequence[str]:
    """Return the languages of the person who has an action."""
    person = follow_up.assignee_person
    return [person.preferred_language] if person and person.preferred_language else []


LINK = SignedLink(
    "shared action",
    read=_follow_up,
    languages=languages,
    home="shared_actions.show",
    over="actions/shared/over.html",
)


@bp.url_value_preprocessor
def _accept_files(endpoint: str | None, _values: Any) -> None:
    """Accept more than elsewhere where a file can be sent, before anything reads the request."""
    if endpoint == "shared_actions.comment":
        request.max_content_length = LARGEST_REQUEST


@bp.get("/action/<token>")
@LINK.opens
def show(follow_up: FollowUp) -> ResponseReturnValue:
    """Show the action to the person who has it; nothing else of the house."""
    return _page(follow_up, ReportForm(formdata=None))


@bp.get("/action/<token>/files/<int:attachment_id>")
@LINK.opens
def download(follow_up: FollowUp, attachment_id: int) -> ResponseReturnValue:
    """Download a file that is attached to the action."""
    return file_answer(attachments.get(follow_up.id, attachment_id))


@bp.post("/action/<token>/comment")
@LINK.opens
def comment(follow_up: FollowUp) -> ResponseReturnValue:
    """Record a comment, a file, or both."""
    form, settings = ReportForm(), current_app.config["SETTINGS"]
    if form.file.data and rate_limits.too_often_by_anyone(rate_limits.FILES, "files", str(follow_up.id)):
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
        return _page(follow_up, form), 429
    return submit(
        form,
        ACTS,
        write=lambda: comments.report(
            follow_up, form.text(), form.sent(), shelf(), most_megabytes=settings.attachment_megabytes
        ),
        then=url_for("shared_actions.show"),
        otherwise=lambda: _page(follow_up, form),
        done=gettext("Thank you. The organizers can see it."),
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


@bp.post("/action/<token>/calendar")
@LINK.opens
def renew_calendar(follow_up: FollowUp) -> ResponseReturnValue:
    """Replace the address of the calendar of the person who has the action."""
    done = gettext("This is the address of your calendar. Earlier ones no longer work.")
    return _pressed(follow_up, Button(), lambda: follow_ups.renew_calendar(follow_up), done)


@bp.post("/action/<token>/hand-back")
@LINK.opens
def hand_back(follow_up: FollowUp) -> ResponseReturnValue:
    """Return the action to whoever assigned it; the link ends."""
    button = Button()
    others = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    return submit(
        button,
        ACTS,
        write=lambda: handing_back.return_to_giver(follow_up, others),
        then=handed_back_page(),
        otherwise=lambda: _again(follow_up, button),
    )


def handed_back_page() -> str:
    """Return the address of the page of thanks, in the language of the current page."""
    return url_for("shared_actions.handed_back", locale=locale_tag())


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
    form = ReportForm(formdata=None)
    form.form_errors.extend(button.form_errors)
    return _page(follow_up, form)


def _page(follow_up: FollowUp, form: ReportForm) -> str:
    return render_template(
        "actions/shared/show.html",
        follow_up=follow_up,
        form=form,
        attachments=attachments.of_follow_up(follow_up.id),
        checklist=parts.checklist(follow_up.id),
        comments=parts.comments(follow_up.id),
        zone=zone_of(follow_up),
        calendar=url_for(
            "personal_calendars.action_feed",
            token=tokens.sign_action_calendar(current_app.config["SECRET_KEY"], follow_up),
            _external=True,
        ),
    )
