"""Pages of campaigns, subscriptions, and digests."""

from app.text import N_
from app.views.campaigns import (
    address_changes,
    archive,
    atom,
    calls,
    campaigns,
    digest_preview,
    digest_sending,
    digests,
    partners,
    subscriptions,
    texts,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    address_changes.bp,
    archive.bp,
    texts.bp,
    atom.bp,
    calls.bp,
    campaigns.bp,
    digest_preview.bp,
    digest_sending.bp,
    digests.bp,
    partners.bp,
    subscriptions.bp,
)
SECTIONS = (
    Section(Place.CAMPAIGNS, "campaigns.index", N_("Campaigns"), 10, holds=("campaigns",)),
    Section(
        Place.CAMPAIGNS,
        "campaigns.show",
        N_("Overview"),
        10,
        holds=("campaigns", "partners", "campaign_reports", "campaign_timelines"),
    ),
    Section(Place.CAMPAIGNS, "digests.index", N_("Digests"), 20, holds=("digests", "digest_sending", "previewing")),
    Section(Place.CAMPAIGNS, "campaigns.cited", N_("Articles"), 30, holds=("campaigns.cite",)),
    Section(Place.CAMPAIGNS, "calls.index", N_("Calls to action"), 40, holds=("calls",)),
    Section(
        Place.CAMPAIGNS,
        "campaigns.subscribers",
        N_("Subscribers"),
        50,
        holds=("suppressions.write_again_to_subscriber",),
    ),
)
