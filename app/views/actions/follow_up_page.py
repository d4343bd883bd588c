"""The page of an action: what it is about, its checklist and the comments on it."""

from flask import render_template

from app.domain.travel import bookings
from app.forms.actions.attachments import AttachmentForm
from app.forms.actions.parts import ChecklistForm, CommentForm
from app.models.actions.follow_ups import FollowUp
from app.queries.accounts import accounts
from app.queries.actions import attachments, order, parts, series
from app.views.actions import about, brigade_actions
from app.web.history import history_of
from app.wording.repeating import repeated
from app.wording.template_uses import distance_in_use


def follow_up_page(
    follow_up: FollowUp,
    *,
    comment: CommentForm | None = None,
    items: ChecklistForm | None = None,
    attachment_form: AttachmentForm | None = None,
) -> str:
    """Render the page; a form that was sent with errors is shown as it was typed."""
    use = follow_up.template_use
    return render_template(
        "actions/follow_ups/show.html",
        follow_up=follow_up,
        may_see=lambda user: user in accounts.working_on(follow_up.congress_id, follow_up.campaign_id),
        distance=distance_in_use(use, follow_up.offset_days or 0) if use else "",
        moves=use.moves(follow_up) if use else False,
        repeats=repeated(follow_up.series.days.rule) if follow_up.series and follow_up.repeats else "",
        before=series.before(follow_up) if follow_up.series else None,
        after=series.after(follow_up) if follow_up.series else None,
        subjects=about.of(follow_up),
        membership=brigade_actions.membership(follow_up),
        action_parts=order.parts_of(follow_up.id),
        waiting=order.waiting_for(follow_up.id),
        history=history_of(follow_up),
        to_book=bookings.to_book(follow_up),
        checklist=parts.checklist(follow_up.id),
        comments=parts.comments(follow_up.id),
        new_comment=comment or CommentForm(formdata=None),
        attachments=attachments.of_follow_up(follow_up.id),
        attachment_form=attachment_form or AttachmentForm(formdata=None),
        checklist_form=items or ChecklistForm(formdata=None),
    )
