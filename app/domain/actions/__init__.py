"""Changes of follow-up actions."""
