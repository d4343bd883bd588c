"""The tables. Importing this package registers all of them."""

from app.models.accounts import accounts, audit, list_views, submissions, undo
from app.models.actions import follow_ups, series, templates
from app.models.campaigns import calls, campaigns, digests, subscriptions
from app.models.congress import congresses, delegations
from app.models.imports import imports
from app.models.mail import deliveries
from app.models.mobilizing import brigades
from app.models.people import (
    affiliations,
    consents,
    custom_fields,
    duplicates,
    interactions,
    mailings,
    match_keys,
    memberships,
    merges,
    organizations,
    other_names,
    people,
    records,
    relations,
    scheduled_exports,
    segments,
    tags,
)
from app.models.press import articles, feeds, intakes, links, mentions, notes, versions
from app.models.travel import check_ins, hits, journeys, places, problems

__all__ = [
    "accounts",
    "affiliations",
    "articles",
    "audit",
    "brigades",
    "calls",
    "campaigns",
    "check_ins",
    "congresses",
    "consents",
    "custom_fields",
    "delegations",
    "deliveries",
    "digests",
    "duplicates",
    "feeds",
    "follow_ups",
    "hits",
    "imports",
    "intakes",
    "interactions",
    "journeys",
    "links",
    "list_views",
    "mailings",
    "match_keys",
    "memberships",
    "mentions",
    "merges",
    "notes",
    "organizations",
    "other_names",
    "people",
    "places",
    "problems",
    "records",
    "relations",
    "scheduled_exports",
    "segments",
    "series",
    "submissions",
    "subscriptions",
    "tags",
    "templates",
    "undo",
    "versions",
]
