"""Possible duplicates of people and of organizations, and the buttons that say that they are not."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.people import duplicates
from app.models.people.duplicates import PersonPair
from app.policy import Permission
from app.queries.people import duplicates as duplicate_queries
from app.views.people import subjects
from app.views.people.twins import known_of
from app.web.access import requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.looks import looked_at
from app.web.submit import press

bp = Blueprint("duplicates", __name__)


@bp.get("/people/duplicates")
@requires(Permission.PERSON_VIEW)
def people() -> ResponseReturnValue:
    """Show pairs of people who may be the same, or those that someone said are not."""
    page = duplicate_queries.person_pairs(page_number(), dismissed=_dismissed())
    looked_at("people", [one for pair in page.rows for one in (pair.first_id, pair.second_id)], "contact_details")
    editable = {pair.id for pair in page.rows if _is_editable(pair)}
    return render_template(
        "people/duplicates/people.html", page=page, dismissed=_dismissed(), editable=editable, known_of=known_of
    )


@bp.post("/people/duplicates/<int:pair_id>/dismiss")
@requires(Permission.PERSON_EDIT)
def dismiss_people(pair_id: int) -> ResponseReturnValue:
    """Record that two people are not the same."""
    pair = _editable(pair_id)
    return press(
        lambda: duplicates.dismiss(pair, by=reader()),
        then=url_for("duplicates.people"),
        done=gettext("These are two people. They are not suggested again."),
    )


@bp.post("/people/duplicates/<int:pair_id>/restore")
@requires(Permission.PERSON_EDIT)
def restore_people(pair_id: int) -> ResponseReturnValue:
    """Take back that two people are not the same."""
    pair = _editable(pair_id)
    return press(
        lambda: duplicates.restore(pair),
        then=url_for("duplicates.people"),
        done=gettext("They are listed as possible duplicates again."),
    )


@bp.get("/organizations/duplicates")
@requires(Permission.ORGANIZATION_VIEW)
def organizations() -> ResponseReturnValue:
    """Show pairs of organizations that may be the same, or those that someone said are not."""
    page = duplicate_queries.organization_pairs(page_number(), dismissed=_dismissed())
    return render_template("people/duplicates/organizations.html", page=page, dismissed=_dismissed())


@bp.post("/organizations/duplicates/<int:organization_pair_id>/dismiss")
@requires(Permission.ORGANIZATION_EDIT)
def dismiss_organizations(organization_pair_id: int) -> ResponseReturnValue:
    """Record that two organizations are not the same."""
    pair = duplicate_queries.get_organization_pair(organization_pair_id)
    return press(
        lambda: duplicates.dismiss(pair, by=reader()),
        then=url_for("duplicates.organizations"),
        done=gettext("These are two organizations. They are not suggested again."),
    )


@bp.post("/organizations/duplicates/<int:organization_pair_id>/restore")
@requires(Permission.ORGANIZATION_EDIT)
def restore_organizations(organization_pair_id: int) -> ResponseReturnValue:
    """Take back that two organizations are not the same."""
    pair = duplicate_queries.get_organization_pair(organization_pair_id)
    return press(
        lambda: duplicates.restore(pair),
        then=url_for("duplicates.organizations"),
        done=gettext("They are listed as possible duplicates again."),
    )


def _dismissed() -> bool:
    return request.args.get("show") == "dismissed"


def _is_editable(pair: PersonPair) -> bool:
    return subjects.is_editable(pair.first) and subjects.is_editable(pair.second)


def _editable(pair_id: int) -> PersonPair:
    pair = duplicate_queries.get_person_pair(pair_id)
    if not _is_editable(pair):
        abort(404)
    return pair
