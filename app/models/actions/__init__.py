"""Tables of follow-up actions."""
