"""Safety check-ins: asking everyone affected by a problem, and following their answers."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.domain.congress import delegations
from app.domain.mail import deliveries
from app.domain.travel import check_ins
from app.emails.congress.personal import personal_page
from app.models.congress.delegations import Delegation
from app.policy import Permission
from app.queries.congress import congresses
from app.queries.congress import delegations as delegation_queries
from app.queries.paging import slice_of
from app.queries.travel import check_ins as check_in_queries
from app.queries.travel import hits, problems
from app.web.access import requires
from app.web.asking import ask_first
from app.web.listing import page_number
from app.web.looks import looked_at
from app.web.refreshing import refreshing
from app.web.submit import press
from app.wording.labels import delegation_name

bp = Blueprint("check_ins", __name__, url_prefix="/congresses/<int:congress_id>")
LOOK_AGAIN = 15
"""Seconds between automatic refreshes."""


@bp.get("/problems/<int:problem_id>/check-in")
@requires(Permission.CHECK_IN_VIEW)
def show(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Show who is safe, who needs help and who has not answered; the page refreshes automatically."""
    problem = problems.get(congress_id, problem_id)
    roll = check_in_queries.roll(problem)
    impact = hits.impact(congress_id, problem_id)
    asked = {one.delegate_id for one in (*roll.need_help, *roll.silent, *roll.safe)}
    seconds = LOOK_AGAIN if roll.silent else None
    looked_at("delegates", asked, "answer", "phone")
    page = render_template(
        "travel/check_ins/show.html",
        congress=congresses.get(congress_id),
        problem=problem,
        roll=roll,
        page=slice_of([*roll.need_help, *roll.silent, *roll.safe], page_number()),
        unasked=len(impact.traveler_ids - asked),
        personal_page=personal_page,
        seconds=seconds,
    )
    return refreshing(page, seconds)


@bp.post("/problems/<int:problem_id>/check-in")
@requires(Permission.CHECK_IN_EDIT)
def ask(congress_id: int, problem_id: int) -> ResponseReturnValue:
    """Ask everyone affected by the problem who has not been asked."""
    problem = problems.get(congress_id, problem_id)
    location = url_for("check_ins.show", congress_id=congress_id, problem_id=problem_id)
    return press(
        lambda: check_ins.ask(problem),
        then=location,
        done=lambda number: ngettext("%(num)d person has been asked.", "%(num)d people have been asked.", number),
    )


@bp.get("/delegations/<int:delegation_id>/links")
@requires(Permission.CHECK_IN_EDIT)
def links(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Show the personal links of a delegation, to be handed out."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    page = slice_of(delegation.delegates, page_number())
    looked_at("delegates", [one.id for one in page.rows], "contact_details", "personal_link")
    return render_template(
        "travel/check_ins/links.html",
        congress=congresses.get(congress_id),
        delegation=delegation,
        page=page,
        personal_page=personal_page,
    )


@bp.post("/delegations/<int:delegation_id>/links/send")
@requires(Permission.CHECK_IN_EDIT)
def send_links(congress_id: int, delegation_id: int) -> ResponseReturnValue:
    """Email the personal link to each delegate who has an address."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    done = gettext("The links are being sent to everyone who has an address.")
    return press(lambda: deliveries.queue_links(delegation), then=_links(delegation), done=done)


@bp.route("/delegations/<int:delegation_id>/delegates/<int:delegate_id>/renew", methods=["GET", "POST"])
@requires(Permission.CHECK_IN_EDIT)
def renew(congress_id: int, delegation_id: int, delegate_id: int) -> ResponseReturnValue:
    """Ask for confirmation and replace a personal link, for example after a phone was lost or stolen."""
    delegation = delegation_queries.get(congress_id, delegation_id)
    delegate = delegation_queries.get_delegate(congress_id, delegation_id, delegate_id)
    name = delegate.person.full_name
    return ask_first(
        lambda: delegations.renew_link(delegate),
        name=name,
        question=gettext("Replace %(name)s’s personal link?", name=name),
        consequences=[
            gettext("The current link stops working, including in emails already sent.", name=name),
            gettext("Send or give the new link to the delegate."),
        ],
        button=gettext("New link"),
        then=_links(delegation),
        trail=[(delegation_name(delegation), _links(delegation))],
        done=gettext("The previous link no longer works. This is the new one."),
    )


def _links(delegation: Delegation) -> str:
    return url_for("check_ins.links", congress_id=delegation.congress_id, delegation_id=delegation.id)
