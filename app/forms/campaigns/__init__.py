"""Forms of campaigns, subscriptions, and digests."""
