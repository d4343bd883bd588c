"""The page of an action: what it is about, its checklist and the comments on it."""

from flask import render_template

from app.domain.travel import bookings
from app.forms.actions.parts import ChecklistForm, CommentForm
from app.models.actions.follow_ups import FollowUp
from app.queries.actions import parts
from app.views.actions import about
from app.web.history import history_of


def follow_up_page(
    follow_up: FollowUp, *, comment: CommentForm | None = None, items: ChecklistForm | None = None
) -> str:
    """Render the page; a form that was sent with errors is shown as it was typed."""
    return render_template(
        "actions/follow_ups/show.html",
        follow_up=follow_up,
        subjects=about.of(follow_up),
        history=history_of(follow_up),
        to_book=bookings.to_book(follow_up),
        checklist=parts.checklist(follow_up.id),
        comments=parts.comments(follow_up.id),
        new_comment=comment or CommentForm(formdata=None),
        checklist_form=items or ChecklistForm(formdata=None),
    )
