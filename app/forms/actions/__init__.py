"""Forms of follow-up actions."""
