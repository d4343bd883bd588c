"""The tables. Importing this package registers all of them."""

from app.models import (
    accounts,
    articles,
    campaigns,
    congresses,
    delegations,
    deliveries,
    digests,
    follow_ups,
    organizations,
    people,
    problems,
    submissions,
    travel,
)

__all__ = [
    "accounts",
    "articles",
    "campaigns",
    "congresses",
    "delegations",
    "deliveries",
    "digests",
    "follow_ups",
    "organizations",
    "people",
    "problems",
    "submissions",
    "travel",
]
