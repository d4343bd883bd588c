"""Queries for congresses and delegations."""
