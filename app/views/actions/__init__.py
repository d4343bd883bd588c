"""Pages of follow-up actions."""
