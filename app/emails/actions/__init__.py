"""Emails of follow-up actions."""
