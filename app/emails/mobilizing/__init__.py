"""Emails about what the public does in a campaign: sign-ups."""
