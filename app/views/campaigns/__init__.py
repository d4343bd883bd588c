"""Pages of campaigns, subscriptions, and digests."""

from app.views.campaigns import archive, atom, calls, campaigns, digest_preview, digests, subscriptions

BLUEPRINTS = (archive.bp, atom.bp, calls.bp, campaigns.bp, digest_preview.bp, digests.bp, subscriptions.bp)
