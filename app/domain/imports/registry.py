"""The kinds of imports."""

from collections.abc import Mapping

from app.domain.imports.delegation_rows import DelegationsKind
from app.domain.imports.kinds import Kind
from app.domain.imports.leg_rows import LegsKind
from app.domain.imports.membership_rows import MembershipsKind
from app.domain.imports.organization_rows import OrganizationsKind
from app.domain.imports.people import PeopleKind
from app.models.imports.imports import Import, ImportKind

KINDS: Mapping[ImportKind, Kind] = {
    ImportKind.PEOPLE: PeopleKind(),
    ImportKind.ORGANIZATIONS: OrganizationsKind(),
    ImportKind.MEMBERSHIPS: MembershipsKind(),
    ImportKind.DELEGATIONS: DelegationsKind(),
    ImportKind.LEGS: LegsKind(),
}


def kind_of(work: Import) -> Kind:
    """Return the kind of an import."""
    return KINDS[work.kind]
