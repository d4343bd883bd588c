"""Segments: named questions about people or organizations."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.people import conditions, segments
from app.forms.base import Button
from app.forms.listing import ListForm
from app.forms.people.lists import RecordListForm
from app.forms.people.segments import NewSegmentForm, SegmentForm
from app.models.people.custom_fields import RecordKind
from app.models.people.segments import Segment, SegmentCondition
from app.policy import Permission
from app.queries.accounts import audit
from app.queries.lookup import REMOVED_FOR
from app.queries.people import scheduled_exports as export_queries
from app.queries.people import segments as segment_queries
from app.views.people import filters, subjects
from app.views.people.scheduled_exports import may_export
from app.web.access import may, may_on, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.removals import Removed
from app.web.submit import ACTS, creates, edits, press, submit
from app.web.templating import locale_tag
from app.wording.dependents import missed_by
from app.wording.segments import predicate, question

bp = Blueprint("segments", __name__, url_prefix="/segments")

FIRST = 10
"""The number of members on the page of a segment; its list shows all."""


@bp.get("")
@requires(Permission.PERSON_VIEW)
def index() -> ResponseReturnValue:
    """Show the segments that the user may see."""
    form = ListForm(gettext("Name"), [("", gettext("all")), *subjects.of_user(Permission.PERSON_VIEW)])
    page = segment_queries.find(form.typed, page_number(), language=locale_tag(), **subjects.ids_in(form.shown))
    return render_template("people/segments/index.html", form=form, page=page, asked=asked)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Create a segment: empty, or with what a list shows; its conditions are changed on its page."""
    form = NewSegmentForm(subject=request.args.get("show"))
    form.subject.offer(subjects.for_new_people())
    listed = _list_in_address()
    if listed:
        del form.record_kind
    return submit(
        form,
        creates(lambda segment: url_for("segments.edit", segment_id=segment.id)),
        write=lambda: _create(form, listed),
        then=location,
        otherwise=lambda: render_template("people/segments/form.html", form=form, segment=None, listed=listed),
        done=gettext("Recorded.") if listed else gettext("Recorded. Add what you want to know."),
    )


@bp.get("/<int:segment_id>")
@requires(Permission.PERSON_VIEW)
def show(segment_id: int) -> ResponseReturnValue:
    """Show the question of a segment, how many members it has, and the first ones."""
    segment = segment_queries.get(segment_id)
    first = segment_queries.first_people if segment.is_of_people else segment_queries.first_organizations
    return render_template(
        "people/segments/show.html",
        segment=segment,
        sentence=asked(segment),
        predicate=lambda condition: predicate(condition, _is_unnamed(condition)),
        is_void=segment_queries.is_void,
        address=list_of(segment),
        total=segment_queries.total(segment),
        first=first(segment, FIRST),
        editable=is_editable(segment),
        exportable=may_export(segment),
        exports=export_queries.of_user(reader(), segment),
        history=history_of(segment),
    )


@bp.route("/<int:segment_id>/edit", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def edit(segment_id: int) -> ResponseReturnValue:
    """Edit the name and the purpose of a segment."""
    segment = editable(segment_id)
    form = SegmentForm(obj=segment)
    return submit(
        form,
        edits(segment),
        write=lambda: segments.update(segment, form.values()),
        then=location(segment),
        otherwise=lambda: render_template("people/segments/form.html", form=form, segment=segment),
        done=gettext("Saved."),
    )


@bp.post("/<int:segment_id>/freeze")
@requires(Permission.PERSON_EDIT)
def freeze(segment_id: int) -> ResponseReturnValue:
    """Keep the members of this moment."""
    segment = editable(segment_id)
    return press(
        lambda: segments.freeze(segment),
        then=location(segment),
        done=lambda total: ngettext("%(num)d member is kept.", "%(num)d members are kept.", total),
        undo=segment.name,
    )


@bp.post("/<int:segment_id>/unfreeze")
@requires(Permission.PERSON_EDIT)
def unfreeze(segment_id: int) -> ResponseReturnValue:
    """Have the segment follow its question again."""
    segment = editable(segment_id)
    return press(
        lambda: segments.unfreeze(segment),
        then=location(segment),
        done=gettext("The segment follows its question again."),
        undo=segment.name,
    )


@bp.route("/<int:segment_id>/remove", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def remove(segment_id: int) -> ResponseReturnValue:
    """Ask for confirmation, naming the segments that it is part of, and remove a segment."""
    segment, form = editable(segment_id), Button()
    return submit(
        form,
        ACTS,
        write=lambda: segments.remove(segment, by=reader()),
        then=url_for("segments.index"),
        otherwise=lambda: render_template(
            "layouts/removal.html",
            form=form,
            name=segment.name,
            consequences=[
                gettext("The people and organizations stay; only the question is removed."),
                *missed_by(segment_queries.asking_for(segment)),
                *([gettext("Scheduled exports of it stop.")] if export_queries.is_scheduled(segment) else []),
            ],
            trail=[(segment.name, location(segment))],
        ),
        done=gettext(
            "%(name)s was removed. It can be restored for %(days)d days, under “Recently removed”.",
            name=segment.name,
            days=REMOVED_FOR.days,
        ),
    )


@bp.post("/<int:segment_id>/bring-back")
@requires(Permission.PERSON_EDIT)
def bring_back(segment_id: int) -> ResponseReturnValue:
    """Restore a removed segment."""
    segment = segment_queries.get_restorable(segment_id)
    if not is_editable(segment):
        abort(404)
    return press(lambda: segments.bring_back(segment), then=location(segment), done=gettext("Restored."))


def removed() -> list[Removed]:
    """Return the removed segments that the user may restore."""
    if not may(Permission.PERSON_EDIT):
        return []
    return [
        Removed(one.name, gettext("segment"), one, url_for("segments.bring_back", segment_id=one.id))
        for one in segment_queries.removed()
        if is_editable(one)
    ]


def editable(segment_id: int) -> Segment:
    """Return a segment that the user may edit; abort with 404 for any other."""
    segment = segment_queries.get(segment_id)
    if not is_editable(segment):
        abort(404)
    return segment


def is_editable(segment: Segment) -> bool:
    """Return whether the user may edit a segment: in its congress or campaign, or with access to everything."""
    return may_on(Permission.PERSON_EDIT, segment.congress_id, segment.campaign_id)


def asked(segment: Segment) -> str:
    """Return the question of a segment as the user may read it."""
    return question(segment, _is_unnamed)


def location(segment: Segment, **arguments: Any) -> str:
    """Return the address of a segment's page."""
    return url_for("segments.show", segment_id=segment.id, **arguments)


def list_of(segment: Segment) -> str:
    """Return the address of the list of a segment's members, with its columns and its order."""
    endpoint = "people.index" if segment.is_of_people else "organizations.index"
    return url_for(endpoint, segment=segment.id, columns=segment.columns, sorting=segment.sorting or None)


def _list_in_address() -> RecordListForm | None:
    """Return what the address says about a list that is saved as a segment, if it does."""
    match request.args.get("record_kind"):
        case RecordKind.PERSON:
            return filters.of_people(Permission.PERSON_EDIT)
        case RecordKind.ORGANIZATION:
            return filters.of_organizations()
        case _:
            return None


def _create(form: NewSegmentForm, listed: RecordListForm | None) -> Segment:
    segment = segments.create(
        RecordKind(request.args["record_kind"]) if listed else form.record_kind.data,
        form.values(),
        by=reader(),
        columns=listed.chosen_columns if listed else (),
        sorting=(listed.sound(listed.sorting) or "") if listed else "",
        **subjects.ids_in(form.subject.data or ""),
    )
    for kind, values in filters.asked(listed) if listed else ():
        conditions.add(segment, kind, values)
    return segment


def _is_unnamed(condition: SegmentCondition) -> bool:
    """Return whether the user must not read what a condition is about: it is gone, out of scope, or a stranger."""
    return segment_queries.is_void(condition) or bool(audit.strangers([condition.user_id]))
