"""Pages that show and change which organizations belong to which."""

from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.people import affiliations
from app.domain.people.periods import check_order
from app.drawing.hierarchy import STYLE_HASH, Branch, draw_hierarchy
from app.forms.people.affiliations import AffiliationForm
from app.models.people.affiliations import Affiliation
from app.models.people.organizations import Organization
from app.policy import Permission
from app.queries.people import affiliations as affiliation_queries
from app.queries.people import organizations
from app.views.people import choices
from app.web.access import requires
from app.web.form_keys import creating
from app.web.responses import svg_file
from app.web.submit import creates, edits, press, submit

bp = Blueprint("affiliations", __name__, url_prefix="/organizations/<int:organization_id>")


@bp.get("/structure")
@requires(Permission.ORGANIZATION_VIEW)
def structure(organization_id: int) -> ResponseReturnValue:
    """Show what an organization belongs to and what belongs to it."""
    organization = organizations.get(organization_id)
    shown = affiliation_queries.structure(organization, clock.now().date())
    return render_template("people/affiliations/structure.html", organization=organization, structure=shown)


@bp.get("/structure.svg")
@requires(Permission.ORGANIZATION_VIEW)
def drawing(organization_id: int) -> ResponseReturnValue:
    """Draw the structure."""
    organization = organizations.get(organization_id)
    shown = affiliation_queries.structure(organization, clock.now().date())
    svg = draw_hierarchy(
        [Branch(one.organization.name, one.depth, one.organization is organization) for one in shown.rows],
        title=gettext("Structure of %(organization)s", organization=organization.name),
        width=min(max(request.args.get("width", 720, type=int), 320), 1000),
    )
    return svg_file(svg, STYLE_HASH)


@bp.route("/affiliations/new", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
@creating
def new(organization_id: int) -> ResponseReturnValue:
    """Record that an organization belongs to another one."""
    organization = organizations.get_kept(organization_id)
    form = AffiliationForm()
    _prepare(form, organization)
    return submit(
        form,
        creates(_editor),
        write=lambda: affiliations.add(organization, form.values()),
        then=_location(organization),
        otherwise=lambda: _page(form, organization, gettext("Add an affiliation")),
        done=gettext("Saved."),
    )


@bp.route("/affiliations/<int:affiliation_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_EDIT)
def edit(organization_id: int, affiliation_id: int) -> ResponseReturnValue:
    """Edit an affiliation."""
    affiliation = affiliation_queries.get(organization_id, affiliation_id)
    form = AffiliationForm(obj=affiliation)
    _prepare(form, affiliation.organization)
    return submit(
        form,
        edits(affiliation),
        write=lambda: affiliations.update(affiliation, form.values()),
        then=_location(affiliation.organization),
        otherwise=lambda: _page(form, affiliation.organization, gettext("Edit the affiliation")),
        done=gettext("Saved."),
    )


@bp.post("/affiliations/<int:affiliation_id>/remove")
@requires(Permission.ORGANIZATION_EDIT)
def remove(organization_id: int, affiliation_id: int) -> ResponseReturnValue:
    """Remove an affiliation that was recorded by mistake."""
    affiliation = affiliation_queries.get(organization_id, affiliation_id)
    return press(
        lambda: affiliations.remove(affiliation),
        then=_location(affiliation.organization),
        done=gettext("Removed."),
        undo=affiliation.organization.name,
    )


def _prepare(form: AffiliationForm, organization: Organization) -> None:
    choices.offer_organizations(form.parent, organization.country)
    form.check(partial(check_order, field="end_date"), "start_date", "end_date")


def _page(form: AffiliationForm, organization: Organization, title: str) -> str:
    return render_template("people/affiliations/form.html", form=form, organization=organization, heading=title)


def _location(organization: Organization) -> str:
    return url_for("organizations.show", organization_id=organization.id)


def _editor(affiliation: Affiliation) -> str:
    return url_for("affiliations.edit", organization_id=affiliation.organization_id, affiliation_id=affiliation.id)
