"""Queries of accounts and grants, and of the audit."""
