"""Emails of congresses and delegations."""
