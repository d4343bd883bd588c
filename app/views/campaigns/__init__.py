"""Pages of campaigns, subscriptions, and digests."""

from app.text import N_
from app.views.campaigns import archive, atom, calls, campaigns, digest_preview, digests, subscriptions
from app.web.navigation import Place, Section

BLUEPRINTS = (archive.bp, atom.bp, calls.bp, campaigns.bp, digest_preview.bp, digests.bp, subscriptions.bp)
SECTIONS = (
    Section(Place.CAMPAIGNS, "campaigns.index", N_("Campaigns"), 10, holds=("campaigns",)),
    Section(
        Place.CAMPAIGNS, "campaigns.show", N_("Overview"), 20, holds=("campaigns", "digests", "previewing", "calls")
    ),
    Section(Place.CAMPAIGNS, "campaigns.subscribers", N_("Subscribers"), 40),
)
