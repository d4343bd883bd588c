"""Questions of campaigns, subscriptions, and digests."""
