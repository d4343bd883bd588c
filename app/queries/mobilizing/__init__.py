"""Queries for brigades and sign-ups."""
