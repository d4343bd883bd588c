"""The campaign behind a public page."""

from flask import abort

from app.models.campaigns.campaigns import Campaign
from app.models.scoping import Scope, enter_scope
from app.queries.campaigns import campaigns


def opened(campaign_id: int | None) -> Campaign:
    """Return a public campaign and narrow the scope to it; 404 if there is none."""
    if campaign_id is None:
        abort(404)
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    return campaigns.get(campaign_id)
