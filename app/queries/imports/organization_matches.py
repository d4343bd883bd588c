"""Recorded organizations that a row of an import may mean."""

import re
from collections.abc import Collection, Sequence
from itertools import product
from typing import Any

from sqlalchemy import func, or_, select

from app.extensions import db
from app.models.people.organizations import Organization, OrganizationContact, OrganizationContactType
from app.queries.lookup import kept
from app.text import sort_key

_START = re.compile(r"^(https?://)?(www\.)?", re.IGNORECASE)


def called(name: str, acronym: str | None) -> Sequence[Organization]:
    """Return the organizations with a name; if there are none, those with the acronym, or whose acronym is the name."""
    named = _found(Organization.sort_key == sort_key(name))
    acronyms = {one.lower() for one in (name, acronym) if one}
    return named or _found(func.lower(Organization.acronym).in_(acronyms))


def with_website(address: str) -> Sequence[Organization]:
    """Return the organizations with a website, whichever way the address is written."""
    bare = _START.sub("", address).rstrip("/").lower()
    written = ["".join(parts) for parts in product(("https://", "http://"), ("", "www."), (bare,), ("", "/"))]
    websites = OrganizationContact.type == OrganizationContactType.WEBSITE
    listed = select(OrganizationContact.organization_id).where(
        websites, func.lower(OrganizationContact.value).in_(written)
    )
    return _found(or_(func.lower(Organization.website).in_(written), Organization.id.in_(listed)))


def with_contacts(kind: OrganizationContactType, values: Collection[str]) -> Sequence[Organization]:
    """Return the organizations with one of these contact details."""
    listed = select(OrganizationContact.organization_id).where(
        OrganizationContact.type == kind, OrganizationContact.value.in_(values)
    )
    return _found(Organization.id.in_(listed))


def _found(condition: Any) -> Sequence[Organization]:
    return db.session.scalars(select(Organization).where(kept(Organization), condition).order_by(Organization.id)).all()
