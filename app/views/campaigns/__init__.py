"""Pages of campaigns, subscriptions, and digests."""
