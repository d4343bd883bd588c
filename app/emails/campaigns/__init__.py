"""Emails of campaigns, subscriptions, and digests."""
