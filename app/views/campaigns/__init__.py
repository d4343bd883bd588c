"""Pages of campaigns, subscriptions, and digests."""

from app.views.campaigns import address_changes, archive, atom, calls, campaigns, digest_preview, digests, subscriptions

BLUEPRINTS = (
    address_changes.bp,
    archive.bp,
    atom.bp,
    calls.bp,
    campaigns.bp,
    digest_preview.bp,
    digests.bp,
    subscriptions.bp,
)
