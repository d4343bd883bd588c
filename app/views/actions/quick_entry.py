"""Quick entry: actions typed as lines of words, shown as they were understood before they are assigned."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext

from app.domain.actions import quick_entries
from app.domain.actions.follow_ups import Where, check_due
from app.domain.actions.quick_entries import MOST_LINES, Entry, QuickEntries
from app.domain.actions.telling import Assignee
from app.forms.actions.quick_entry import QuickEntryForm
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.policy import Permission
from app.queries.people import people
from app.recurring import patterns
from app.recurring.writing import parse
from app.times import to_local
from app.views.actions import choices
from app.web.access import may, may_on, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.web.submit import CONFIRM
from app.web.templating import locale_tag
from app.wording.repeating import repeated

_OFFERED = 5
"""The number of people without an account whom a handle may mean."""

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
    team = choices.by_choice(where)
    form.prepare(reader().timezone, {str(choice): choices.called(one, where) for choice, one in team.items()})
    read_at = form.moment(confirmed=CONFIRM in request.form)

    def page(preview: Preview[QuickEntries] | None) -> str:
        return render_template(
            "actions/quick_entry/new.html",
            form=form,
            preview=preview,
            place=choices.named(asked),
            most=MOST_LINES,
            repeats=_repeats(preview.draft) if preview else {},
            zones=_zones(preview.draft, choices.assignees(where)) if preview else {},
        )

    return submit_with_preview(
        form,
        draft=lambda: quick_entries.understand(
            str(form.text.data), reader(), [*team.values()], read_at, str(get_locale()), _people
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
    assignees = {entry.line: _assignee(form, entry, where) for entry in draft.entries}
    return quick_entries.assign(draft.entries, dues, assignees, by=reader(), where=where)


def _assignee(form: QuickEntryForm, entry: Entry, where: Where) -> Assignee:
    person_id, choice = form.assignee_of(entry)
    return choices.chosen(where, choice) if person_id is None else people.get(person_id)


def _people(words: str) -> list[tuple[int, str]]:
    """Return the first people whose names have words that begin so, if the user may see people."""
    if not words or not may(Permission.PERSON_VIEW):
        return []
    return [(one.id, one.full_name) for one in people.search(words, language=locale_tag(), limit=_OFFERED)]


def _repeats(draft: QuickEntries) -> dict[int, str]:
    """Return how the action of each line repeats; empty as long as its day is open, from which that follows."""
    told = {}
    for entry in draft.entries:
        if entry.recurrence is not None:
            rule, due = parse(entry.recurrence), entry.meanings[0].due_at if len(entry.meanings) == 1 else None
            whole = patterns.completed(rule, to_local(due, reader().timezone).date()) if due else rule
            told[entry.line] = repeated(whole) if patterns.is_complete(whole) else ""
    return told


def _zones(draft: QuickEntries, team: Sequence[User]) -> dict[int, str]:
    """Return the time zone of the account that each line means, if it is another one than the user's."""
    theirs = {user.id: user.timezone for user in team if user.timezone != reader().timezone}
    meant = {entry.line: entry.assignee_ids[0] for entry in draft.entries if len(entry.assignee_ids) == 1}
    return {line: theirs[number] for line, number in meant.items() if number in theirs}


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
