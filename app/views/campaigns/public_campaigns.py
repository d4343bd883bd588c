"""What the public may see of a campaign: that campaign and nothing else."""

from flask import abort

from app.models.campaigns.campaigns import Campaign
from app.models.scoping import Scope, enter_scope
from app.queries.campaigns import campaigns


def opened(campaign_id: int | None) -> Campaign:
    """Return a campaign that the public may see, and open it alone; 404 where there is none."""
    if campaign_id is None:
        abort(404)
    enter_scope(Scope(campaign_ids=frozenset({campaign_id})))
    return campaigns.get(campaign_id)
