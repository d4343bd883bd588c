"""Scheduled exports: a segment as a file for one's own account, made regularly."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import scheduled_exports
from app.forms.people.scheduled_exports import ScheduledExportForm
from app.models.people.scheduled_exports import ScheduledExport, StopReason
from app.models.people.segments import Segment
from app.policy import Permission
from app.queries.people import scheduled_exports as export_queries
from app.queries.people import segments as segment_queries
from app.web.access import Access, may_on, requires
from app.web.current_user import reader
from app.web.downloads import file_answer
from app.web.form_keys import creating
from app.web.submit import creates, edits, press, submit

bp = Blueprint("scheduled_exports", __name__)


@bp.get("/account/exports")
@requires(Access.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Show the scheduled exports and the files of the account."""
    files = [one for one in export_queries.files_of(reader()) if may_export(one.scheduled_export.segment)]
    return render_template(
        "people/scheduled_exports/mine.html",
        schedules=export_queries.of_user(reader()),
        files=files,
        may_export=may_export,
        kept_for=scheduled_exports.KEPT_FOR,
    )


@bp.route("/segments/<int:segment_id>/exports/schedule", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_VIEW, fresh=True)
@creating
def new(segment_id: int) -> ResponseReturnValue:
    """Schedule an export of a segment to the own account."""
    segment = segment_queries.get(segment_id)
    if not may_export(segment):
        abort(404)
    form = ScheduledExportForm(of_people=segment.is_of_people)
    return submit(
        form,
        creates(lambda schedule: url_for("scheduled_exports.edit", schedule_id=schedule.id)),
        write=lambda: scheduled_exports.create(segment, form.values(), by=reader()),
        then=url_for("scheduled_exports.mine"),
        otherwise=lambda: _form_page(form, segment, is_new=True),
        done=gettext("Scheduled. You will get an email when the file is ready."),
    )


@bp.route("/account/exports/<int:schedule_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_VIEW, fresh=True)
def edit(schedule_id: int) -> ResponseReturnValue:
    """Change when files are made, and what they contain."""
    schedule = export_queries.get(schedule_id, reader())
    segment = _segment(schedule)
    form = ScheduledExportForm(of_people=segment.is_of_people, obj=schedule)
    return submit(
        form,
        edits(schedule),
        write=lambda: scheduled_exports.update(schedule, form.values()),
        then=url_for("scheduled_exports.mine"),
        otherwise=lambda: _form_page(form, segment),
        done=gettext("Saved."),
    )


@bp.post("/account/exports/<int:schedule_id>/stop")
@requires(Access.SIGNED_IN)
def stop(schedule_id: int) -> ResponseReturnValue:
    """Have no more files made."""
    schedule = export_queries.get(schedule_id, reader())
    return press(
        lambda: scheduled_exports.stop(schedule, StopReason.BY_OWNER),
        then=url_for("scheduled_exports.mine"),
        done=gettext("Stopped. You can start it again."),
    )


@bp.post("/account/exports/<int:schedule_id>/start")
@requires(Permission.ORGANIZATION_VIEW, fresh=True)
def start(schedule_id: int) -> ResponseReturnValue:
    """Have files made again."""
    schedule = export_queries.get(schedule_id, reader())
    _segment(schedule)
    return press(
        lambda: scheduled_exports.start(schedule),
        then=url_for("scheduled_exports.mine"),
        done=gettext("Files are made again."),
    )


@bp.get("/account/exports/files/<int:file_id>")
@requires(Permission.ORGANIZATION_VIEW, fresh=True)
def file(file_id: int) -> ResponseReturnValue:
    """Send a file, as long as the account may export its segment."""
    found = export_queries.get_file(file_id, reader())
    segment = _segment(found.scheduled_export)
    name = "people" if segment.is_of_people else "organizations"
    return file_answer(lambda: export_queries.pieces(file_id), name, found.file_format, found.due_at)


@bp.post("/account/exports/files/<int:file_id>/delete")
@requires(Access.SIGNED_IN)
def delete_file(file_id: int) -> ResponseReturnValue:
    """Delete a file before its time."""
    found = export_queries.get_file(file_id, reader())
    return press(
        lambda: scheduled_exports.delete_file(found),
        then=url_for("scheduled_exports.mine"),
        done=gettext("The file was deleted."),
    )


def may_export(segment: Segment | None) -> bool:
    """Return whether the user may take the members of a segment out of the house; None is one out of scope."""
    if segment is None or segment.removed_at is not None:
        return False
    return may_on(scheduled_exports.permission_for(segment), segment.congress_id, segment.campaign_id)


def _segment(schedule: ScheduledExport) -> Segment:
    """Return the segment of a schedule if the user may export it; abort with 404 otherwise."""
    if schedule.segment is None or not may_export(schedule.segment):
        abort(404)
    return schedule.segment


def _form_page(form: ScheduledExportForm, segment: Segment, *, is_new: bool = False) -> str:
    return render_template("people/scheduled_exports/form.html", form=form, segment=segment, is_new=is_new)
