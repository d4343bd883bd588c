"""The tables. Importing this package registers all of them."""

from app.models import (
    accounts,
    articles,
    audit,
    campaigns,
    check_ins,
    congresses,
    delegations,
    deliveries,
    digests,
    follow_ups,
    organizations,
    people,
    places,
    problems,
    submissions,
    travel,
)

__all__ = [
    "accounts",
    "articles",
    "audit",
    "campaigns",
    "check_ins",
    "congresses",
    "delegations",
    "deliveries",
    "digests",
    "follow_ups",
    "organizations",
    "people",
    "places",
    "problems",
    "submissions",
    "travel",
]
