"""Route problems from messages of others, and the problems of a congress as such a message."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import notices
from app.domain.travel.notices import NoticeDraft
from app.forms.travel.notices import NoticeForm
from app.policy import Permission
from app.queries.congress import congresses
from app.queries.travel import alert_feeds
from app.queries.travel import problems as problem_queries
from app.reading.alerts import wire
from app.web.access import requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.previews import Preview, submit_with_preview
from app.web.templating import locale_tag
from app.wording.notices import drafted_groups
from app.wording.problems import problem_title

bp = Blueprint("notices", __name__, url_prefix="/congresses/<int:congress_id>/problems")


@bp.route("/paste", methods=["GET", "POST"])
@requires(Permission.PROBLEM_EDIT)
@creating
def paste(congress_id: int) -> ResponseReturnValue:
    """Record a problem from a pasted message, after a preview."""
    congress = congresses.get(congress_id)
    form = NoticeForm()
    if form.is_submitted():
        form.take_file()

    def draft() -> NoticeDraft:
        if form.unread is not None:
            raise form.unread
        return notices.understand(str(form.notice.data), int(form.number.data or 1), (locale_tag(),))

    def page(preview: Preview[NoticeDraft] | None) -> str:
        return render_template(
            "travel/notices/paste.html",
            form=form,
            congress=congress,
            preview=preview,
            groups=drafted_groups(preview.draft) if preview else (),
        )

    return submit_with_preview(
        form,
        draft=draft,
        write=lambda drafted: notices.record(congress, drafted, by=reader()),
        then=lambda problem: url_for("problems.show", congress_id=congress_id, problem_id=problem.id),
        page=page,
        done=gettext("Recorded. Everyone affected is listed below."),
    )


@bp.get("/alerts.pb")
@requires(Permission.PROBLEM_VIEW)
def binary(congress_id: int) -> ResponseReturnValue:
    """Return the current problems as a feed of GTFS-Realtime."""
    answer = Response(wire.encode(_feed(congress_id)), mimetype="application/x-protobuf")
    answer.headers["Content-Disposition"] = "attachment; filename=alerts.pb"
    return answer


@bp.get("/alerts.json")
@requires(Permission.PROBLEM_VIEW)
def readable(congress_id: int) -> ResponseReturnValue:
    """Return the same feed as JSON."""
    return _feed(congress_id)


def _feed(congress_id: int) -> dict[str, object]:
    congresses.get(congress_id)
    return alert_feeds.feed(problem_queries.expected(congress_id), locale_tag(), problem_title)
