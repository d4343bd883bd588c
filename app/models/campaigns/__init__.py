"""Tables for campaigns, subscriptions and digests."""
