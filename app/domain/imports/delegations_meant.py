"""Which delegation of a congress a row of an import means."""

from collections.abc import Sequence

from sqlalchemy import select

from app.domain.imports.reasons import Code, reason
from app.domain.imports.rows import RefusedError
from app.extensions import db
from app.models.congress.delegations import Delegation
from app.models.imports.imports import Import
from app.models.people.organizations import Organization


def delegations_of(work: Import, organization: Organization, country: str | None) -> Sequence[Delegation]:
    """Return the delegations of an organization, from a country if the row names one."""
    listed = select(Delegation).where(
        Delegation.congress_id == work.congress_id, Delegation.organization_id == organization.id
    )
    if country:
        listed = listed.where(Delegation.country == country)
    return db.session.scalars(listed.order_by(Delegation.id)).all()


def only(found: Sequence[Delegation], organization: Organization) -> Delegation | None:
    """Return the only delegation. Raises RefusedError if there are several."""
    if len(found) > 1:
        raise RefusedError(reason(Code.SEVERAL_DELEGATIONS, "", organization.name))
    return found[0] if found else None
