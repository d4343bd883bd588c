"""The key figures of a congress for a digest."""

from typing import Any

from app import clock
from app.models.congress.congresses import Congress
from app.models.congress.delegations import DelegationStatus
from app.queries.congress import delegations


def of_congress(congress: Congress) -> dict[str, Any]:
    """Return the numbers of delegations in total, arrived and unable to attend, and the current time."""
    counts = delegations.counts(congress.id)
    return {
        "congress": congress.title,
        "delegations": sum(counts.values()),
        "arrived": counts.get(DelegationStatus.ARRIVED, 0),
        "unable": counts.get(DelegationStatus.UNABLE_TO_ATTEND, 0),
        "at": clock.now().isoformat(),
    }
