"""Changes of campaigns, subscriptions, and digests."""
