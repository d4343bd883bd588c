"""Calls for help: who needs it, the answers so far, and closing a call."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.travel import check_ins, help_calls
from app.forms.listing import ListForm
from app.forms.travel.check_ins import CloseForm, PhoneReportForm
from app.policy import Permission
from app.queries.congress import congresses
from app.queries.congress import delegations as delegation_queries
from app.queries.travel import help_calls as help_call_queries
from app.web.access import requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.looks import looked_at
from app.web.submit import ACTS, submit
from app.web.undoing import undoable

bp = Blueprint("help_calls", __name__, url_prefix="/congresses/<int:congress_id>")


@bp.get("/help")
@requires(Permission.CHECK_IN_VIEW)
def index(congress_id: int) -> ResponseReturnValue:
    """Show the open and closed calls for help."""
    shows = [
        ("", gettext("all")),
        (help_call_queries.Show.OPEN.value, gettext("open")),
        (help_call_queries.Show.CLOSED.value, gettext("closed")),
    ]
    form = ListForm(gettext("Name"), shows)
    page = help_call_queries.find(congress_id, form.typed, form.shown, page_number())
    looked_at("delegates", [one.delegate_id for one in page.rows], "help_calls", "phone")
    return render_template(
        "travel/help_calls/index.html",
        congress=congresses.get(congress_id),
        form=form,
        page=page,
        opened=help_call_queries.count_open(congress_id),
        answers=help_call_queries.answers({one.delegate_id for one in page.rows}),
    )


@bp.route("/help/<int:help_call_id>/close", methods=["GET", "POST"])
@requires(Permission.CHECK_IN_EDIT)
def close(congress_id: int, help_call_id: int) -> ResponseReturnValue:
    """Close a call for help with a note on how it ended."""
    call = help_call_queries.get(congress_id, help_call_id)
    looked_at("delegates", [call.delegate_id], "help_calls")
    form = CloseForm()
    return submit(
        form,
        ACTS,
        write=undoable(
            lambda: help_calls.close(call, by=reader(), note=str(form.note.data)), call.delegate.person.full_name
        ),
        then=url_for("help_calls.index", congress_id=congress_id),
        otherwise=lambda: render_template(
            "travel/help_calls/close.html",
            form=form,
            call=call,
            congress=congresses.get(congress_id),
            answers=help_call_queries.answers([call.delegate_id]),
        ),
        done=gettext("The request is closed."),
    )


@bp.route("/delegations/<int:delegation_id>/delegates/<int:delegate_id>/heard", methods=["GET", "POST"])
@requires(Permission.CHECK_IN_EDIT)
def record(congress_id: int, delegation_id: int, delegate_id: int) -> ResponseReturnValue:
    """Record what a delegate reported by phone."""
    delegate = delegation_queries.get_delegate(congress_id, delegation_id, delegate_id)
    form = PhoneReportForm()
    return submit(
        form,
        ACTS,
        write=lambda: check_ins.record_report(delegate, form.answer.data, form.note.data or None, heard_by=reader()),
        then=url_for("delegations.show", congress_id=congress_id, delegation_id=delegation_id),
        otherwise=lambda: render_template(
            "travel/help_calls/record.html",
            form=form,
            delegate=delegate,
            congress=congresses.get(congress_id),
            answers=help_call_queries.answers([delegate.id]),
        ),
        done=gettext("Recorded."),
    )
