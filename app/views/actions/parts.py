"""Comments on actions, their checklists, and their personal links."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.actions import checklists, comments, follow_ups
from app.forms.actions.parts import ChecklistForm, CommentForm
from app.models.actions.follow_ups import FollowUp
from app.policy import Permission
from app.queries.accounts import accounts
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.actions import parts
from app.views.actions.follow_up_page import follow_up_page
from app.web.access import requires
from app.web.asking import ask_first
from app.web.current_user import reader
from app.web.submit import ACTS, press, submit

bp = Blueprint("action_parts", __name__, url_prefix="/follow-ups/<int:follow_up_id>")


@bp.post("/comments")
@requires(Permission.FOLLOW_UP_EDIT)
def comment(follow_up_id: int) -> ResponseReturnValue:
    """Comment on an action; whoever is mentioned gets an email."""
    follow_up, form = follow_up_queries.get(follow_up_id), CommentForm()
    readers = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    return submit(
        form,
        ACTS,
        write=lambda: comments.comment(follow_up, form.text(), by=reader(), readers=readers),
        then=_location(follow_up, "comments"),
        otherwise=lambda: follow_up_page(follow_up, comment=form),
        done=gettext("Your comment is saved."),
    )


@bp.post("/checklist")
@requires(Permission.FOLLOW_UP_EDIT)
def add_items(follow_up_id: int) -> ResponseReturnValue:
    """Add items to the checklist."""
    follow_up, form = follow_up_queries.get(follow_up_id), ChecklistForm()
    return submit(
        form,
        ACTS,
        write=lambda: checklists.add(follow_up, form.texts()),
        then=_location(follow_up, "checklist"),
        otherwise=lambda: follow_up_page(follow_up, items=form),
        done=gettext("Added to the checklist."),
    )


@bp.post("/checklist/<int:item_id>/tick")
@requires(Permission.FOLLOW_UP_EDIT)
def tick(follow_up_id: int, item_id: int) -> ResponseReturnValue:
    """Tick an item off, or take the tick back."""
    item = parts.get_item(follow_up_id, item_id)
    follow_up = follow_up_queries.get(follow_up_id)
    done = gettext("The item is open again.") if item.done_at else gettext("Ticked off.")
    return press(lambda: checklists.tick(item), then=_location(follow_up, "checklist"), done=done, undo=item.text)


@bp.post("/checklist/<int:item_id>/remove")
@requires(Permission.FOLLOW_UP_EDIT)
def remove_item(follow_up_id: int, item_id: int) -> ResponseReturnValue:
    """Remove an item of the checklist."""
    item = parts.get_item(follow_up_id, item_id)
    follow_up = follow_up_queries.get(follow_up_id)
    return press(
        lambda: checklists.remove(item),
        then=_location(follow_up, "checklist"),
        done=gettext("Removed."),
        undo=item.text,
    )


@bp.route("/renew-link", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
def renew_link(follow_up_id: int) -> ResponseReturnValue:
    """Ask for confirmation and replace the personal link to an action, for example after a phone was lost."""
    follow_up = follow_up_queries.get(follow_up_id)
    location = url_for("follow_ups.show", follow_up_id=follow_up_id)
    return ask_first(
        lambda: follow_ups.renew_link(follow_up),
        name=follow_up.title,
        question=gettext("Replace the personal link to “%(title)s”?", title=follow_up.title),
        consequences=[
            gettext("All links to this action in emails already sent stop working."),
            gettext("If it is open and a person without an account has it, the new link is sent by email."),
        ],
        button=gettext("New link"),
        then=location,
        trail=[(follow_up.title, location)],
        done=gettext("The previous links no longer work."),
    )


def _location(follow_up: FollowUp, anchor: str) -> str:
    return url_for("follow_ups.show", follow_up_id=follow_up.id, _anchor=anchor)
