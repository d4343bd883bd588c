"""Quick entry: actions typed as lines of words, shown as they were understood before they are assigned."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext

from app.domain.actions import quick_entries
from app.domain.actions.follow_ups import Where, check_due
from app.domain.actions.quick_entries import MOST_LINES, QuickEntries
from app.forms.actions.quick_entry import QuickEntryForm
from app.models.actions.follow_ups import FollowUp
from app.policy import Permission
from app.views.actions import choices
from app.web.access import may_on, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.web.submit import CONFIRM

bp = Blueprint("quick_entry", __name__)


@bp.route("/follow-ups/quick/new", methods=["GET", "POST"])
@requires(Permission.FOLLOW_UP_ASSIGN)
@creating
def new() -> ResponseReturnValue:
    """Assign the actions that are typed, after showing how each line was understood.

    The query string may name the congress or campaign.
    """
    asked = choices.in_address()
    form = empty(asked)
    where = choices.where_of(form.place.data) if asked is None and form.place.data else asked or Where()
    form.prepare(reader().timezone, {user.id: user.name for user in choices.assignees(where)})
    read_at = form.moment(confirmed=CONFIRM in request.form)

    def page(preview: Preview[QuickEntries] | None) -> str:
        return render_template(
            "actions/quick_entry/new.html",
            form=form,
            preview=preview,
            place=choices.named(asked),
            most=MOST_LINES,
        )

    return submit_with_preview(
        form,
        draft=lambda: quick_entries.understand(
            str(form.text.data), reader(), choices.assignees(where), read_at, str(get_locale())
        ),
        write=lambda draft: _assign(form, draft, where),
        then=lambda created: _location(created, where),
        page=page,
        done=_done,
    )


def empty(where: Where | None) -> QuickEntryForm:
    """Return the form, which asks for the congress or campaign unless it is given."""
    form = QuickEntryForm()
    if where is None:
        form.place.offer(choices.places())
    else:
        del form.place
    return form


def offered(where: Where | None) -> QuickEntryForm | None:
    """Return the form for a page of a place, or of none, if the user may assign actions there."""
    if where is not None:
        may = may_on(Permission.FOLLOW_UP_ASSIGN, where.get("congress_id"), where.get("campaign_id"))
        return empty(where) if may else None
    form = empty(None)
    form.place.description = ""
    return form if form.place.choices else None


def _assign(form: QuickEntryForm, draft: QuickEntries, where: Where) -> list[FollowUp]:
    dues = form.dues(draft)
    for line, (_title, due_at) in dues.items():
        check_due(due_at, f"due-{line}" if f"due-{line}" in form else "text")
    assignees = {entry.line: choices.account(where, form.assignee_of(entry)) for entry in draft.entries}
    return quick_entries.assign(draft.entries, dues, assignees, by=reader(), where=where)


def _location(created: list[FollowUp], where: Where) -> str:
    if len(created) == 1:
        return url_for("follow_ups.show", follow_up_id=created[0].id)
    return url_for(choices.list_of(where), **where)


def _done(created: list[FollowUp]) -> str:
    return str(
        ngettext(
            "%(num)d action assigned. Its reminders will be sent when they are due.",
            "%(num)d actions assigned. Their reminders will be sent when they are due.",
            len(created),
        )
    )
