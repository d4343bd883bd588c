"""Queries for follow-up actions."""
