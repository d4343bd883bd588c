"""Queries for what the public does in a campaign: sign-ups."""
