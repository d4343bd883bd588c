"""Congresses, and the board of each: the status of its delegations."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.congress import congresses
from app.forms.congress.congresses import CongressForm
from app.forms.listing import ListForm
from app.models.congress.congresses import Congress
from app.policy import Permission
from app.queries.actions import follow_ups
from app.queries.congress import congresses as congress_queries
from app.queries.congress import delegations
from app.queries.congress.delegations import Standing
from app.queries.travel import chains, help_calls, hits, legs, problems
from app.web import choices
from app.web.access import may, requires
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.listing import page_number
from app.web.submit import creates, edits, submit
from app.web.templating import locale_tag
from app.wording.template_uses import saved_with

ROWS = 10
"""Delegations on the board; the list shows all."""
NEEDY = (Standing.HIT, Standing.NO_JOURNEY)
"""The standings of delegations that need attention."""

bp = Blueprint("congresses", __name__, url_prefix="/congresses")


@bp.get("")
@requires(Permission.CONGRESS_LIST)
def index() -> ResponseReturnValue:
    """Show the congresses that the user works on."""
    form = ListForm(gettext("Title or town"))
    page = congress_queries.find(form.typed, page_number())
    return render_template("congress/congresses/index.html", form=form, page=page, now=clock.now())


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CONGRESS_CREATE)
@creating
def new() -> ResponseReturnValue:
    """Create a congress."""
    form = CongressForm()
    form.country.offer(choices.countries())
    return submit(
        form,
        creates(_editor),
        write=lambda: congresses.create(form.values()),
        then=lambda congress: url_for("congresses.board", congress_id=congress.id),
        otherwise=lambda: render_template("congress/congresses/form.html", form=form, congress=None),
        done=gettext("Recorded. Next: its delegations."),
    )


@bp.get("/<int:congress_id>")
@requires(Permission.CONGRESS_VIEW)
def board(congress_id: int) -> ResponseReturnValue:
    """Show the status of all delegations."""
    congress = congress_queries.get(congress_id)
    recorded = problems.expected(congress_id)
    together, surveyed = hits.survey(congress_id)
    impacts = hits.of_current(recorded, surveyed)
    alerts = [one for one in recorded if one.id in impacts and impacts[one.id].affects_anyone]
    board = delegations.board(congress_id, together)
    needy = [one for one in NEEDY if board.among(one)]
    shown = delegations.find(congress_id, board, *needy, language=locale_tag(), size=ROWS).rows
    first = [hit.leg_id for one in shown for hit in board.rows[one.id].hits[:1]]
    broken = {} if congress.is_over(clock.now()) else chains.of_congress(congress_id)
    return render_template(
        "congress/congresses/board.html",
        congress=congress,
        board=board,
        shown=shown,
        needy=needy,
        legs=legs.by_id(congress_id, first),
        impacts=impacts,
        problems=recorded,
        alerts=alerts,
        broken=broken,
        broken_shown=delegations.page_among(congress_id, broken, locale_tag(), 1, size=ROWS).rows,
        follow_ups=follow_ups.open_of_congress(congress_id),
        help_calls=help_calls.open_in([congress_id]) if may(Permission.CHECK_IN_VIEW, congress_id) else (),
        Standing=Standing,
        ARRIVING=delegations.ARRIVING,
        history=history_of(congress) if may(Permission.CONGRESS_EDIT, congress_id) else None,
        now=clock.now(),
    )


@bp.route("/<int:congress_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONGRESS_EDIT)
def edit(congress_id: int) -> ResponseReturnValue:
    """Edit a congress."""
    congress = congress_queries.get(congress_id)
    form = CongressForm(obj=congress)
    form.country.offer(choices.countries())
    return submit(
        form,
        edits(congress),
        write=lambda: congresses.update(congress, form.values()),
        then=url_for("congresses.board", congress_id=congress_id),
        otherwise=lambda: render_template("congress/congresses/form.html", form=form, congress=congress),
        done=saved_with,
    )


def _editor(congress: Congress) -> str:
    return url_for("congresses.edit", congress_id=congress.id)
