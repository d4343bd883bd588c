"""Changes to follow-up actions."""
