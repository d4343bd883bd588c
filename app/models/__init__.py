"""The tables. Importing this package registers all of them."""

from app.models.accounts import accounts, audit, list_views, submissions, undo
from app.models.actions import follow_ups, series, templates
from app.models.actions import parts as action_parts
from app.models.campaigns import calls, campaigns, digests, origins, partners, subscriptions
from app.models.congress import congresses, delegations, resolutions
from app.models.imports import imports
from app.models.mail import deliveries
from app.models.mobilizing import brigades, days_of_action, mobilizations, shifts
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
    "action_parts",
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
    "days_of_action",
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
    "mobilizations",
    "notes",
    "organizations",
    "origins",
    "other_names",
    "partners",
    "people",
    "places",
    "problems",
    "records",
    "relations",
    "resolutions",
    "scheduled_exports",
    "segments",
    "series",
    "shifts",
    "submissions",
    "subscriptions",
    "tags",
    "templates",
    "undo",
    "versions",
]
