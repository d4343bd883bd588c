"""Forms of what the public does in a campaign: sign-ups."""
