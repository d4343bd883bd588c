"""Pages and buttons for the organizations that take part in a campaign."""

from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.campaigns import partners
from app.forms.campaigns.partners import PartnerForm
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.campaigns import partners as partner_queries
from app.views.people import choices
from app.web.access import requires
from app.web.form_keys import creating
from app.web.submit import creates, press, submit

bp = Blueprint("partners", __name__, url_prefix="/campaigns/<int:campaign_id>/partners")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT)
@creating
def new(campaign_id: int) -> ResponseReturnValue:
    """Add an organization to a campaign."""
    campaign = campaigns.get(campaign_id)
    form = PartnerForm(**choices.prefilled_organization())
    choices.offer_organizations(form.organization, None)
    form.check(partial(partners.check_new, campaign), "organization")
    return submit(
        form,
        creates(),
        write=lambda: partners.add(campaign, form.organization.picked(), form.role.data),
        then=_location(campaign_id),
        otherwise=lambda: render_template("campaigns/partners/form.html", form=form, campaign=campaign),
        done=gettext("Saved."),
        another=lambda _: url_for("partners.new", campaign_id=campaign_id),
    )


@bp.post("/<int:partner_id>/remove")
@requires(Permission.CAMPAIGN_EDIT)
def remove(campaign_id: int, partner_id: int) -> ResponseReturnValue:
    """Remove an organization from a campaign."""
    partner = partner_queries.get(campaign_id, partner_id)
    return press(
        lambda: partners.remove(partner),
        then=_location(campaign_id),
        done=gettext("Removed."),
        undo=partner.organization.name,
    )


def _location(campaign_id: int) -> str:
    return url_for("campaigns.show", campaign_id=campaign_id, _anchor="partners")
