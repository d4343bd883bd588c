"""The organizations that take part in campaigns."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.campaigns.partners import Partner
from app.models.people.organizations import Organization
from app.queries.lookup import kept, one


def get(campaign_id: int, partner_id: int) -> Partner:
    """Return an organization's part in a campaign."""
    return one(Partner, Partner.id == partner_id, Partner.campaign_id == campaign_id)


def of_campaign(campaign_id: int) -> Sequence[Partner]:
    """Return the organizations that take part in a campaign, conveners first."""
    found = select(Partner).join(Partner.organization).where(Partner.campaign_id == campaign_id, kept(Organization))
    found = found.options(joinedload(Partner.organization))
    return db.session.scalars(found.order_by(Partner.role, Organization.sort_key, Partner.id)).all()


def of_organization(organization_id: int) -> Sequence[Partner]:
    """Return the parts of an organization in the campaigns in scope, latest first."""
    found = select(Partner).where(Partner.organization_id == organization_id).options(joinedload(Partner.campaign))
    return db.session.scalars(found.order_by(Partner.id.desc())).all()
