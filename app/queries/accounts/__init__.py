"""Queries for accounts, grants and the audit trail."""
