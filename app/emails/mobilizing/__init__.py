"""Emails about brigades, and about what the public does in a campaign: sign-ups."""
