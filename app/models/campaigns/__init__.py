"""Tables of campaigns, subscriptions, and digests."""
