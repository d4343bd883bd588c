"""Where the records are that name a person."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from app.queries.privacy.hits import Hit

_PAGES: dict[str, Callable[[Any], str]] = {
    "follow_ups": lambda row: url_for("follow_ups.show", follow_up_id=row["id"]),
    "follow_up_comments": lambda row: url_for("follow_ups.show", follow_up_id=row["follow_up_id"]),
    "checklist_items": lambda row: url_for("follow_ups.show", follow_up_id=row["follow_up_id"]),
    "interactions": lambda row: url_for("interactions.show", interaction_id=row["id"]),
    "articles": lambda row: url_for("articles.show", article_id=row["id"]),
    "notes": lambda row: url_for("articles.show", article_id=row["article_id"]),
    "delegations": lambda row: url_for("delegations.show", congress_id=row["congress_id"], delegation_id=row["id"]),
    "organizations": lambda row: url_for("organizations.show", organization_id=row["id"]),
    "targets": lambda row: url_for("targets.show", campaign_id=row["campaign_id"], target_id=row["id"]),
    "target_entries": lambda row: url_for("targets.show", campaign_id=row["campaign_id"], target_id=row["target_id"]),
    "mobilizations": lambda row: url_for(
        "mobilizations.show", campaign_id=row["campaign_id"], mobilization_id=row["id"]
    ),
    "people": lambda row: url_for("people.show", person_id=row["id"]),
    "campaigns": lambda row: url_for("campaigns.show", campaign_id=row["id"]),
    "congresses": lambda row: url_for("congresses.show", congress_id=row["id"]),
    "route_problems": lambda row: url_for("problems.show", congress_id=row["congress_id"], problem_id=row["id"]),
    "mailings": lambda row: url_for("mailings.show", mailing_id=row["id"]),
    "segments": lambda row: url_for("segments.show", segment_id=row["id"]),
}


def page_of(hit: Hit) -> str | None:
    """Return the address of the page where a text can be edited, if there is one."""
    page = _PAGES.get(hit.table)
    return page(hit.row) if page else None
