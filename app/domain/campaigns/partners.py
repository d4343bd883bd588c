"""The organizations that take part in campaigns."""

from sqlalchemy import select

from app import clock
from app.domain.accounts import audit
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.partners import Partner, PartnerRole
from app.models.people.organizations import Organization
from app.queries.campaigns import partners as partner_queries
from app.text import N_


def add(campaign: Campaign, organization: Organization, role: PartnerRole) -> Partner:
    """Record that an organization takes part; raises DomainError on `organization` if it is recorded already."""
    check_new(campaign, organization)
    partner = Partner(campaign=campaign, organization=organization, role=role, created_at=clock.now())
    with audit.changing(campaign, _facts):
        db.session.add(partner)
    return partner


def remove(partner: Partner) -> None:
    """Remove an organization from a campaign."""
    with audit.changing(partner.campaign, _facts):
        db.session.delete(partner)


def check_new(campaign: Campaign, organization: Organization | None) -> None:
    """Raise DomainError on `organization` if it takes part already."""
    if organization is None:
        return
    known = select(Partner.id).where(Partner.campaign_id == campaign.id, Partner.organization_id == organization.id)
    if db.session.scalar(known) is not None:
        raise DomainError("organization", N_("This organization already takes part."))


def _facts(campaign: Campaign) -> audit.Facts:
    return {"partners": [one.organization.name for one in partner_queries.of_campaign(campaign.id)]}
