"""Files that are attached to actions."""

from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.attached_files import MEDIA_TYPES, Shelf
from app.config import LARGEST_REQUEST, Config
from app.domain.actions import attachments
from app.forms.actions.attachments import AttachmentForm
from app.models.actions.attachments import Attachment
from app.models.actions.follow_ups import FollowUp
from app.policy import Permission
from app.queries.actions import attachments as attachment_queries
from app.queries.actions import follow_ups as follow_up_queries
from app.queries.lookup import Missing
from app.views.actions.follow_up_page import follow_up_page
from app.web.access import requires
from app.web.current_user import reader
from app.web.submit import ACTS, press, submit

bp = Blueprint("attachments", __name__, url_prefix="/follow-ups/<int:follow_up_id>/files")


@bp.url_value_preprocessor
def _accept_files(endpoint: str | None, _values: Any) -> None:
    """Accept more than elsewhere where a file is attached, so that the form can say that it is too large.

    This runs before anything reads the request.
    """
    if endpoint == "attachments.attach":
        request.max_content_length = LARGEST_REQUEST


@bp.post("")
@requires(Permission.FOLLOW_UP_EDIT)
def attach(follow_up_id: int) -> ResponseReturnValue:
    """Attach a file to an action."""
    follow_up, form = follow_up_queries.get(follow_up_id), AttachmentForm()
    settings: Config = current_app.config["SETTINGS"]
    return submit(
        form,
        ACTS,
        write=lambda: attachments.attach(
            follow_up, form.values(), shelf(), most_megabytes=settings.attachment_megabytes, by=reader()
        ),
        then=_location(follow_up),
        otherwise=lambda: follow_up_page(follow_up, attachment_form=form),
        done=gettext("Attached."),
    )


@bp.get("/<int:attachment_id>")
@requires(Permission.FOLLOW_UP_VIEW)
def download(follow_up_id: int, attachment_id: int) -> ResponseReturnValue:
    """Download a file."""
    follow_up = follow_up_queries.get(follow_up_id)
    return file_answer(attachment_queries.get(follow_up.id, attachment_id))


@bp.post("/<int:attachment_id>/remove")
@requires(Permission.FOLLOW_UP_EDIT)
def remove(follow_up_id: int, attachment_id: int) -> ResponseReturnValue:
    """Remove a file from an action."""
    follow_up = follow_up_queries.get(follow_up_id)
    attachment = attachment_queries.get(follow_up.id, attachment_id)
    return press(
        lambda: attachments.remove(attachment),
        then=_location(follow_up),
        done=gettext("Removed."),
        undo=attachment.name,
    )


def shelf() -> Shelf:
    """Return the folder in which the files are."""
    settings: Config = current_app.config["SETTINGS"]
    return Shelf(settings.attachments_dir)


def file_answer(attachment: Attachment) -> Response:
    """Return the response that sends a file: only to be saved, never shown, as the type that was found out."""
    content = shelf().read(attachment.key)
    if content is None:
        raise Missing("attachment")
    answer = Response(content, content_type=MEDIA_TYPES[attachment.file_type])
    answer.headers.set("Content-Disposition", "attachment", filename=attachment.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _location(follow_up: FollowUp) -> str:
    return url_for("follow_ups.show", follow_up_id=follow_up.id, _anchor="files")
