"""A congress in figures, as a digest tells them."""

from typing import Any

from app import clock
from app.models.congress.congresses import Congress
from app.models.congress.delegations import DelegationStatus
from app.queries.congress import delegations


def of_congress(congress: Congress) -> dict[str, Any]:
    """Return how many delegations there are, have arrived and cannot come, and as of when."""
    status = [one.status for one in delegations.listing(congress.id)]
    return {
        "congress": congress.title,
        "delegations": len(status),
        "arrived": status.count(DelegationStatus.ARRIVED),
        "unable": status.count(DelegationStatus.UNABLE_TO_ATTEND),
        "at": clock.now().isoformat(),
    }
