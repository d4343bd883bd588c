"""Queries for campaigns, subscriptions and digests."""
