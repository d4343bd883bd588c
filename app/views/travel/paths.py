"""Addresses of a delegation's pages."""

from typing import Any

from flask import url_for

from app.models.congress.delegations import Delegation


def of_delegation(endpoint: str, delegation: Delegation, **rest: Any) -> str:
    """Return the address of a page that belongs to a delegation."""
    return url_for(endpoint, congress_id=delegation.congress_id, delegation_id=delegation.id, **rest)


def itinerary(delegation: Delegation) -> str:
    """Return the address of the journeys on a delegation's page."""
    return of_delegation("delegations.show", delegation, _anchor="way")
