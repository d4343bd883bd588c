"""Tables for follow-up actions."""
