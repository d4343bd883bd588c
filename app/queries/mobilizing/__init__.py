"""Queries for brigades, statements and sign-ups."""
