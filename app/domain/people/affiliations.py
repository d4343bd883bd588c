"""Which organizations belong to which."""

from datetime import date
from typing import TypedDict

from app.dialects import lock_against_writes
from app.domain.accounts import audit
from app.domain.people.periods import check_order, overlap
from app.domain_errors import DomainError
from app.extensions import db
from app.models.people.affiliations import Affiliation, AffiliationKind
from app.models.people.organizations import Organization
from app.queries.people import affiliations as affiliation_queries
from app.text import N_


class AffiliationValues(TypedDict):
    """What is recorded about an affiliation."""

    parent: Organization
    kind: AffiliationKind
    start_date: date | None
    end_date: date | None


def add(organization: Organization, values: AffiliationValues) -> Affiliation:
    """Record that an organization belongs to another one.

    Raises DomainError on `parent` if that one belongs to it or the affiliation is already recorded, and on `end_date` if
    it is before the start.
    """
    _check(organization, None, values)
    affiliation = Affiliation(organization=organization)
    with audit.changing(organization, _facts):
        _write(affiliation, values)
        db.session.add(affiliation)
    return affiliation


def update(affiliation: Affiliation, values: AffiliationValues) -> None:
    """Change an affiliation; raises DomainError as `add` does."""
    _check(affiliation.organization, affiliation, values)
    with audit.changing(affiliation.organization, _facts):
        _write(affiliation, values)


def remove(affiliation: Affiliation) -> None:
    """Remove an affiliation that was recorded by mistake; one that has ended gets an end date."""
    with audit.changing(affiliation.organization, _facts):
        db.session.delete(affiliation)


def _facts(organization: Organization) -> audit.Facts:
    listed = affiliation_queries.of_organization(organization.id)
    return {"affiliations": [_as_listed(one) for one in listed if one.organization is organization]}


def _as_listed(affiliation: Affiliation) -> str:
    dates = (affiliation.start_date, affiliation.end_date)
    return ", ".join([affiliation.parent.name, *(str(one) for one in dates if one)])


def _check(organization: Organization, own: Affiliation | None, values: AffiliationValues) -> None:
    parent = values["parent"]
    lock_against_writes(db.session, Affiliation.__tablename__)  # else two people could close a circle at the same time
    check_order(values["start_date"], values["end_date"], "end_date")
    if affiliation_queries.belongs_to(parent.id, organization.id):
        if parent is organization:
            raise DomainError("parent", N_("An organization cannot belong to itself."))
        raise DomainError(
            "parent",
            N_(
                "%(parent)s belongs to %(organization)s, directly or through others. It cannot be the other way around."
            ),
            parent=parent.name,
            organization=organization.name,
        )
    dates = (values["start_date"], values["end_date"])
    for one in affiliation_queries.of_organization(organization.id):
        if one is not own and one.parent is parent and overlap((one.start_date, one.end_date), dates):
            raise DomainError("parent", N_("This affiliation is already recorded for these dates."))


def _write(affiliation: Affiliation, values: AffiliationValues) -> None:
    affiliation.parent = values["parent"]
    affiliation.kind = values["kind"]
    affiliation.start_date = values["start_date"]
    affiliation.end_date = values["end_date"]
