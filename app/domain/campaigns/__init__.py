"""Changes to campaigns, subscriptions and digests."""
